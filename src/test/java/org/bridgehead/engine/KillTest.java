package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.io.net.SmtpConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of a running engine under load, again and again on the same data: nothing it acknowledged is lost.
 * Two hubs in one process pass mail on to a smart host (SMTP) and to a real mailbox node (LMTP), both outside.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KillTest {
    private static final int CLIENTS = 6;
    /** The engine is killed so many milliseconds, at most, after its first acknowledgement. */
    private static final int LIFE = Integer.getInteger("engine.life", 1500);

    private static final String[][] RECIPIENTS = {
        {"a@outside.test"},
        {"real@contoso.test"},
        {"b@outside.test", "real@contoso.test", "c@outside.test"},
        {"team@contoso.test"}
    };

    @TempDir
    Path folder;

    private final Set<String> owed = ConcurrentHashMap.newKeySet();
    /** The life of the engine that acknowledged each message. */
    private final Map<String, Integer> takenIn = new ConcurrentHashMap<>();

    /** When the engine of each life was killed. */
    private final Map<Integer, Long> killed = new ConcurrentHashMap<>();

    private volatile int life;
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();

    @Test
    void nothingAcceptedIsLost() throws Exception {
        kill(3);
    }

    @Test
    @Tag("soak")
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void nothingAcceptedIsLostInAHundredKills() throws Exception {
        kill(Integer.getInteger("engine.kills", 100));
    }

    private void kill(int times) throws Exception {
        long seed = Long.getLong("engine.seed", System.nanoTime());
        Random random = new Random(seed);
        try (Sink outside = Sink.smtp();
                Sink mailboxes = Sink.lmtp()) {
            Path topology = folder.resolve("topology.yaml");
            Files.writeString(topology, Topologies.twoHubs(outside.port(), mailboxes.port()));
            for (int round = 0; round < times; round++) {
                nextLife(outside, mailboxes);
                try (EngineProcess engine = engine(topology)) {
                    loadAndKill(engine, random.nextInt(LIFE));
                }
            }
            nextLife(outside, mailboxes);
            try (EngineProcess engine = engine(topology)) {
                List<String> lost = new ArrayList<>(mailboxes.missing(to("contoso.test"), Duration.ofSeconds(60)));
                lost.addAll(outside.missing(to("outside.test"), Duration.ofSeconds(60)));
                System.out.printf(
                        "engine.seed=%d: %d kills, %d accepted for %d recipients, %d lost, %d duplicates%n%s%n%s%n",
                        seed,
                        times,
                        accepted.get(),
                        owed.size(),
                        lost.size(),
                        outside.duplicates() + mailboxes.duplicates(),
                        Repeats.of(outside.repeated(), killed).told("outside (SMTP)"),
                        Repeats.of(mailboxes.repeated(), killed).told("mailboxes (LMTP)"));
                assertThat(lost).as("seed " + seed + "\n" + engine.errors()).isEmpty();
                // An acknowledgement is lost only when the engine dies: no second copy in the life that took the mail.
                assertThat(unexplained(outside) + unexplained(mailboxes))
                        .as("second copies without a death, seed " + seed)
                        .isZero();
                // Both hubs die at once, and the one that took a copy knows it again when it comes again.
                assertThat(Repeats.of(outside.repeated(), killed).transfers()
                                + Repeats.of(mailboxes.repeated(), killed).transfers())
                        .as("transfers between hubs repeated, seed " + seed)
                        .isZero();
                assertThat(accepted.get()).isGreaterThan(20 * times);
                assertThat(engine.terminate()).isZero();
            }
        }
    }

    private void nextLife(Sink... sinks) {
        life++;
        for (Sink sink : sinks) {
            sink.nextLife();
        }
    }

    private long unexplained(Sink sink) {
        return sink.repeated().entrySet().stream()
                .filter(copies -> copies.getValue().get(1).life()
                        <= takenIn.getOrDefault(
                                copies.getKey().substring(0, copies.getKey().indexOf(' ')), -1))
                .count();
    }

    private EngineProcess engine(Path topology) throws Exception {
        return EngineProcess.run(folder, topology, "--data", folder.resolve("data"));
    }

    private List<String> to(String domain) {
        return owed.stream().filter(key -> key.endsWith("@" + domain)).toList();
    }

    /** Clients send until their connections break; the engine is killed some time after the first acknowledgement. */
    private void loadAndKill(EngineProcess engine, int millis) throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> send(engine.connector("Load"), first), "client-" + i);
            client.start();
            clients.add(client);
        }
        assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
        // A moment by the dice; there is no condition to wait for.
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        killed.put(life, System.nanoTime());
        engine.kill();
        for (Thread client : clients) {
            client.join(60_000);
            assertThat(client.isAlive()).isFalse();
        }
    }

    private void send(InetSocketAddress door, CountDownLatch first) {
        Optional<SmtpConnection> connected = Letter.connect(door, Protocol.SMTP);
        if (connected.isEmpty()) {
            return;
        }
        try (SmtpConnection connection = connected.get()) {
            while (connection.usable()) {
                int number = tokens.incrementAndGet();
                Letter letter =
                        Letter.of("t" + number, 200 + number * 37 % 6000, RECIPIENTS[number % RECIPIENTS.length]);
                List<RecipientOutcome> outcomes = letter.over(connection);
                if (outcomes.stream().allMatch(RecipientOutcome.Delivered.class::isInstance)) {
                    accepted.incrementAndGet();
                    takenIn.put(letter.token(), life);
                    letter.recipients().forEach(to -> expect(letter.token(), to));
                    first.countDown();
                }
            }
        }
    }

    private void expect(String token, String recipient) {
        if (recipient.equals("team@contoso.test")) {
            owed.add(token + " real@contoso.test");
            owed.add(token + " more@outside.test");
        } else {
            owed.add(token + " " + recipient);
        }
    }
}
