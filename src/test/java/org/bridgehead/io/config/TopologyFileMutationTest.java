package org.bridgehead.io.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is written in a file: it is read, or refused with problems whose places exist. */
class TopologyFileMutationTest {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9@.:;*/-]+");
    private static final List<String> WORDS = List.of(
            "",
            "~",
            "null",
            "true",
            "-1",
            "0",
            "99999999999999999999",
            "[]",
            "{}",
            "[[]]",
            "{a: b}",
            "&a [*a]",
            "*a",
            "!!int x",
            "\"\"",
            "' '",
            "\u0000",
            "\uD83D\uDE00",
            "a b",
            "Berlin",
            "BER-HT1",
            "SMTP:*;1",
            "10MB",
            "7d",
            "|",
            ">",
            "? :",
            "- x",
            "%",
            "\t",
            "\n",
            "#",
            "{",
            "]",
            ",",
            "...",
            "---",
            "<<: *x");

    private static String text(String file) throws Exception {
        return Files.readString(Path.of(file));
    }

    /** Changes single words of a file, ten thousand times at most, as long as there is time. */
    private static void mutate(String name, String text, Duration time) {
        long seed = Long.getLong("bridgehead.seed", System.nanoTime());
        Random random = new Random(seed);
        int lines = text.split("\n", -1).length + 2;
        int good = 0;
        int bad = 0;
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end && good + bad < 10_000) {
            String changed = change(text, random);
            try {
                TopologyFile.parse(name, changed, Path.of(""));
                good++;
            } catch (TopologyFileException e) {
                bad++;
                assertThat(e.problems()).as("seed " + seed).isNotEmpty().isSorted();
                assertThat(e.problems()).as("seed " + seed).allMatch(p -> p.line() >= 1 && p.line() <= lines);
                assertThat(e.illustrated()).as("seed " + seed).isNotBlank();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + " on\n" + changed, e);
            }
        }
        System.out.println(name + ": " + good + " mutants read, " + bad + " refused, seed " + seed);
        assertThat(good + bad).isPositive();
    }

    private static String change(String text, Random random) {
        Matcher word = WORD.matcher(text);
        int from = random.nextInt(text.length());
        if (!word.find(from) && !word.find(0)) {
            throw new IllegalStateException("no word in the file");
        }
        String replacement = switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> word.group() + word.group();
            case 2 -> word.group().substring(word.group().length() / 2) + (char) random.nextInt(0x250);
            default -> WORDS.get(random.nextInt(WORDS.size()));
        };
        return text.substring(0, word.start()) + replacement + text.substring(word.end());
    }

    @Test
    @Timeout(60)
    void mutantsOfTheContractExampleAreReadOrRefused() throws Exception {
        String text = text("src/test/resources/topologies/contract.yaml").replace("ldif:", "# ldif:");
        mutate("contract.yaml", text.replaceAll("#.*", ""), Duration.ofSeconds(5));
    }

    @Test
    @Timeout(60)
    void mutantsOfContosoAreReadOrRefused() throws Exception {
        mutate("contoso.yaml", text("topologies/contoso.yaml").replaceAll("(?m)^\\s*#.*", ""), Duration.ofSeconds(8));
    }
}
