package org.bridgehead.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Through {@code bridgehead:submit}, the engine and {@code bridgehead:deliver} to a route that fails every tenth time,
 * in a process of its own: nothing is lost, nothing comes twice but what was finished and not acknowledged when the
 * process was killed, and that is marked.
 */
class EveryTenthFailsTest {
    @TempDir
    Path folder;

    private Process process;

    @AfterEach
    void end() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    private List<String> lines(String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    private void run(int messages) throws Exception {
        process = FaxProcess.start(folder, messages);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(() -> output(messages)).isZero();
    }

    private String output(int messages) {
        try {
            return Files.readString(folder.resolve("out-" + messages));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The marks of each message that the route has finished with, in the order of its ends. */
    private Map<String, List<Boolean>> finished() throws IOException {
        return lines(FaxProcess.FINISHED).stream()
                .map(line -> line.split(" "))
                .collect(Collectors.groupingBy(
                        parts -> parts[0],
                        TreeMap::new,
                        Collectors.mapping(parts -> Boolean.valueOf(parts[1]), Collectors.toList())));
    }

    private void eachComesOnce(int messages) throws Exception {
        run(messages);

        assertThat(lines(FaxProcess.ACCEPTED)).hasSize(messages);
        assertThat(finished())
                .hasSize(messages)
                .allSatisfy((number, marks) -> assertThat(marks).containsExactly(false));
    }

    private void nothingIsLostWhenTheProcessIsKilled(int messages) throws Exception {
        process = FaxProcess.start(folder, messages);
        await().atMost(Duration.ofMinutes(5))
                .until(() -> lines(FaxProcess.FINISHED).size() >= messages / 2 || !process.isAlive());
        process.destroyForcibly().waitFor();
        List<String> accepted = lines(FaxProcess.ACCEPTED);
        int before = lines(FaxProcess.FINISHED).size();
        run(0);

        Map<String, List<Boolean>> finished = finished();
        assertThat(finished.keySet()).containsAll(accepted);
        List<List<Boolean>> twice =
                finished.values().stream().filter(marks -> marks.size() > 1).toList();
        System.out.printf(
                "%d accepted, %d finished before the kill, %d finished, %d of them twice%n",
                accepted.size(), before, finished.size(), twice.size());
        assertThat(twice).allSatisfy(marks -> assertThat(marks).containsExactly(false, true));
        assertThat(twice.size())
                .as("in the route or just behind it when the process was killed")
                .isLessThan(before / 4);
    }

    @Test
    void eachMessageComesOnceWhileTheContextRuns() throws Exception {
        eachComesOnce(200);
    }

    @Test
    void aKillLosesNothingAndWhatComesTwiceIsMarked() throws Exception {
        nothingIsLostWhenTheProcessIsKilled(300);
    }

    @Test
    @Tag("soak")
    void tenThousandMessagesComeOnce() throws Exception {
        eachComesOnce(10_000);
    }

    @Test
    @Tag("soak")
    void aKillInTheMiddleOfTenThousandLosesNothing() throws Exception {
        nothingIsLostWhenTheProcessIsKilled(10_000);
    }
}
