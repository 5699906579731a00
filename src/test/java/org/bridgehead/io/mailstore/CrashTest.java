package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process killed while it delivers loses nothing that it acknowledged. */
class CrashTest {
    private static final int KILLS = 5;

    @TempDir
    Path folder;

    /** Delivers with four threads until it is killed, naming each message once it is stored. */
    public static final class Deliverer {
        private Deliverer() {}

        /** Arguments: folder, number of the first message. */
        public static void main(String[] arguments) throws IOException {
            MailStore store = Node.open(Path.of(arguments[0]), MailStoreSettings.DEFAULT.generationSize(20_000));
            long first = Long.parseLong(arguments[1]);
            for (int thread = 0; thread < 4; thread++) {
                long start = first + thread;
                new Thread(() -> deliver(store, start)).start();
            }
        }

        private static void deliver(MailStore store, long start) {
            try {
                for (long id = start; ; id += 4) {
                    Node.stored(Node.deliver(store, content(id), Node.state(id, false), Node.ANNA, Node.CARL)
                            .get(1));
                    System.out.println(id);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private static byte[] content(long id) {
        byte[] octets = new byte[(int) (id % 7_000)];
        new Random(id).nextBytes(octets);
        return octets;
    }

    @Test
    @Timeout(120)
    void acknowledgedDeliveriesSurviveKills() throws Exception {
        long seed = System.nanoTime();
        System.out.println("CrashTest seed " + seed);
        Quiet.expectComplaints();
        Random random = new Random(seed);
        Set<Long> acknowledged = new TreeSet<>();
        int torn = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.addAll(deliverUntilKilled(kill * 1_000_000L, 50 + random.nextInt(1000)));
            try (MailStore store = Node.open(folder, MailStoreSettings.DEFAULT)) {
                torn += store.torn().size();
                for (String mailbox : List.of("anna", "carl")) {
                    Set<Long> there = store.messages(mailbox).stream()
                            .map(m -> m.id().low())
                            .collect(Collectors.toCollection(TreeSet::new));
                    assertThat(there).as("seed %d, kill %d", seed, kill).containsAll(acknowledged);
                    assertThat(store.count(mailbox)).isEqualTo(there.size());
                }
                for (StoredMessage message : store.messages("carl")) {
                    assertThat(store.octets(message))
                            .isEqualTo(Node.withReturnPath(content(message.id().low())));
                }
            }
        }
        Quiet.complainAgain();
        System.out.println("CrashTest: " + KILLS + " kills, " + acknowledged.size() + " acknowledged, 0 lost, " + torn
                + " torn ends");
    }

    private Set<Long> deliverUntilKilled(long first, int count) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Deliverer.class.getName(),
                        folder.toString(),
                        String.valueOf(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<Long> acknowledged = new TreeSet<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = out.readLine()) != null) {
                acknowledged.add(Long.parseLong(line));
                // The handle, because killing by the process itself closes its output here.
                if (acknowledged.size() == count) child.toHandle().destroyForcibly();
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(count);
        return acknowledged;
    }
}
