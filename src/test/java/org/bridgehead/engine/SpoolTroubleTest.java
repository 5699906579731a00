package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.io.net.SmtpConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A damaged spool, and one that grows without end. */
class SpoolTroubleTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void aDamagedRecordIsMovedAsideAndReportedWhileTheRestFlows() throws Exception {
        Path data = folder.resolve("data");
        List<String> tokens = queue(data, 40);
        damage(data.resolve("spool/store"), "X-Token: q17\r");
        try (Sink outside = Sink.smtp()) {
            Path topology = topology(outside.port());
            try (EngineProcess engine = EngineProcess.run(folder, topology, "--data", data)) {
                List<String> others = new ArrayList<>(tokens);
                others.remove("q17 a@outside.test");
                assertThat(outside.missing(others, Duration.ofSeconds(30))).isEmpty();
                assertThat(engine.terminate()).isZero();
                assertThat(engine.errors()).contains("damaged").doesNotContain("this is a bug");
            }
            try (Stream<Path> aside = Files.walk(data.resolve("spool/torn"))) {
                assertThat(aside.filter(Files::isRegularFile)).isNotEmpty();
            }
        }
    }

    @Test
    @Tag("soak")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aLongQueueToADeadHopNeedsLittleMemory() throws Exception {
        Path data = folder.resolve("data");
        long begin = System.nanoTime();
        List<String> tokens = queue(data, 30_000);
        long queued = System.nanoTime();
        try (Sink outside = Sink.smtp();
                EngineProcess engine = EngineProcess.run(folder, topology(outside.port()), "--data", data)) {
            assertThat(outside.missing(tokens, Duration.ofMinutes(5))).isEmpty();
            System.out.printf(
                    "30,000 messages with a heap of 256 MB: queued in %.1f s, sent after a restart in %.1f s, %d"
                            + " duplicates%n",
                    (queued - begin) / 1e9, (System.nanoTime() - queued) / 1e9, outside.duplicates());
            assertThat(engine.terminate()).isZero();
        }
    }

    private Path topology(int smartHost) throws IOException {
        return Files.writeString(folder.resolve("topology.yaml"), Topologies.twoHubs(smartHost, 1));
    }

    /** Messages that wait in the spool because nobody takes them. */
    private List<String> queue(Path data, int count) throws Exception {
        int dead;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = probe.getLocalPort();
        }
        List<String> tokens = new ArrayList<>();
        try (EngineProcess engine = EngineProcess.run(folder, topology(dead), "--data", data)) {
            List<Thread> clients = new ArrayList<>();
            int share = Math.max(1, count / 2_000);
            for (int first = 0; first < share; first++) {
                int from = first;
                Thread client = new Thread(() -> send(engine, from, share, count), "client-" + first);
                client.start();
                clients.add(client);
            }
            for (int i = 0; i < count; i++) {
                tokens.add("q" + i + " a@outside.test");
            }
            for (Thread client : clients) {
                client.join();
            }
            assertThat(engine.terminate()).isZero();
            assertThat(engine.errors()).doesNotContain("OutOfMemory").doesNotContain("this is a bug");
        }
        return tokens;
    }

    private static void send(EngineProcess engine, int from, int step, int count) {
        try (SmtpConnection connection =
                Letter.connect(engine.connector("Load"), Protocol.SMTP).orElseThrow()) {
            for (int i = from; i < count; i += step) {
                List<RecipientOutcome> outcomes =
                        Letter.of("q" + i, 2000, "a@outside.test").over(connection);
                assertThat(outcomes).allMatch(RecipientOutcome.Delivered.class::isInstance);
            }
        }
    }

    /** Changes an octet in the middle of the first place that holds {@code text}. */
    private static void damage(Path store, String text) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(store)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            int at = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).indexOf(text);
            if (at >= 0) {
                try (RandomAccessFile octets = new RandomAccessFile(file.toFile(), "rw")) {
                    octets.seek(at + text.length() / 2);
                    octets.write('#');
                }
                return;
            }
        }
        throw new AssertionError(text + " is nowhere in " + files);
    }
}
