package org.bridgehead.io.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.hub.SpoolRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at any moment: everything acknowledged and not released is there, octet for octet. */
class KillTest {
    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedSurvivesKill() throws Exception {
        kill(5);
    }

    @Test
    @Tag("soak")
    void whatWasAcknowledgedSurvivesKillAtLength() throws Exception {
        kill(20);
    }

    private void kill(int times) throws Exception {
        long seed = Long.getLong("spool.seed", System.nanoTime());
        Random random = new Random(seed);
        Path data = folder.resolve("data");
        TreeMap<Long, Integer> owed = new TreeMap<>();
        long acknowledged = 0;
        long torn = 0;
        for (int round = 0; round < times; round++) {
            acknowledged += runAndKill(data, random.nextInt(2500), owed);
            torn += check(data, owed, "seed " + seed + ", kill " + round);
        }
        System.out.printf(
                "spool.seed=%d: %d kills, %d acknowledged, %d owed at the end, 0 lost, %d unfinished writes reported%n",
                seed, times, acknowledged, owed.size(), torn);
        assertThat(acknowledged).isGreaterThan(times);
    }

    /** Reads what the child says until it is dead; answers how many it acknowledged. */
    private static long runAndKill(Path data, int after, Map<Long, Integer> owed)
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(SpoolChild.command(data, 6, Integer.MAX_VALUE, "synced"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
                if (said.size() == after + 2) {
                    child.toHandle().destroyForcibly();
                }
            }
        } finally {
            child.toHandle().destroyForcibly();
        }
        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(said).noneMatch(line -> line.startsWith("E"));
        for (String line : said) {
            String[] words = line.split(" ");
            if (words[0].equals("A")) {
                owed.put(Long.valueOf(words[1]), Integer.valueOf(words[2]));
            } else if (words[0].equals("R")) {
                owed.remove(Long.valueOf(words[1]));
            }
        }
        return said.stream().filter(line -> line.startsWith("A")).count();
    }

    private static long check(Path data, Map<Long, Integer> owed, String when) throws IOException {
        try (Spool spool = RocksSpool.open(data)) {
            List<Recovered> all = SpoolContract.recovered(spool, SpoolContract.HUB);
            assertThat(SpoolContract.ids(all)).as(when).containsAll(owed.keySet());
            for (Recovered each : all) {
                if (each instanceof Recovered.Message message) {
                    SpoolRecord.Accepted accepted =
                            (SpoolRecord.Accepted) message.records().get(0);
                    long id = accepted.id().value();
                    assertThat(SpoolContract.octets(spool, accepted.body()))
                            .as(when)
                            .isEqualTo(SpoolChild.mail(id, (int) accepted.body().size()));
                }
            }
            spool.sweepOrphans();
            return spool.status().torn();
        }
    }
}
