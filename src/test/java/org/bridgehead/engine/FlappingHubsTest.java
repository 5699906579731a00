package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.net.SmtpConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Under load, in real time, one of the three hubs of the next site is killed and started again, over and over: nothing is
 * lost, and those that live at a time share the mail of that time.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class FlappingHubsTest {
    private static final List<String> HUBS = List.of("MUC-HT1", "MUC-HT2", "MUC-HT3");
    private static final int CLIENTS = 4;

    @TempDir
    Path folder;

    private final Set<String> owed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile boolean over;

    @Test
    void nothingIsLostAndTheLivingShareEvenly() throws Exception {
        run(3, 1500);
    }

    @Test
    @Tag("soak")
    void nothingIsLostInTwoMinutesAndTheLivingShareEvenly() throws Exception {
        run(20, 3000);
    }

    private MailOrganization start(Sink sink) throws Exception {
        Path file = Files.writeString(folder.resolve("topology.yaml"), """
            bridgehead: 1
            organization:
              name: Contoso
              acceptedDomains: { contoso.test: authoritative }
              retry: { glitchInterval: 500ms, transientInterval: 1s, interval: 1s, mailboxInterval: 500ms }
              connections: { messagesPerConnection: 5 }
            sites: { Berlin: {}, Munich: {} }
            siteLinks: { Berlin-Munich: { sites: [Berlin, Munich], cost: 10 } }
            servers:
              BER-HT1: { site: Berlin, roles: [hubTransport] }
              MUC-HT1: { site: Munich, roles: [hubTransport] }
              MUC-HT2: { site: Munich, roles: [hubTransport] }
              MUC-HT3: { site: Munich, roles: [hubTransport] }
              MUC-MBX1:
                site: Munich
                roles: [mailbox]
                nodes: { MUC-MBX1A: { lmtp: "127.0.0.1:%d" } }
            directory:
              recipients:
                real: { type: mailbox, addresses: [real@contoso.test], database: MUC-MBX1/SG1/DB1 }
            """.formatted(sink.port()));
        LoadedTopology loaded = TopologyFile.load(file);
        return MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), loaded.folder()));
    }

    private void run(int kills, int millis) throws Exception {
        long seed = Long.getLong("engine.seed", System.nanoTime());
        Random random = new Random(seed);
        Queueing taken = new Queueing();
        try (Sink sink = Sink.lmtp();
                MailOrganization org = start(sink)) {
            Runnable deaf = org.tracking().listen(taken::heard);
            List<Thread> clients = clients(org.server("BER-HT1").smtp());
            for (int kill = 0; kill < kills; kill++) {
                // Real time goes by: the hubs flap at a pace, and there is no condition to wait for.
                pause(millis);
                String victim = HUBS.get(random.nextInt(HUBS.size()));
                org.server(victim).kill();
                taken.died(victim);
                pause(millis);
                org.server(victim).start();
            }
            pause(millis);
            over = true;
            for (Thread client : clients) {
                client.join(60_000);
            }
            List<String> lost = sink.missing(owed, Duration.ofSeconds(60));
            deaf.run();
            Map<String, Double> shares = taken.shares();
            System.out.printf(
                    "engine.seed=%d: %d kills in %d s, %d messages, %d lost, %d came twice; taken, in parts of a fair share: %s%n",
                    seed, kills, (2 * kills + 1) * millis / 1000, owed.size(), lost.size(), sink.duplicates(), shares);
            assertThat(lost).as("seed " + seed).isEmpty();
            assertThat(owed).hasSizeGreaterThan(100 * kills);
            assertThat(shares).containsOnlyKeys(HUBS);
            assertThat(shares.values()).as("seed " + seed).allMatch(share -> Math.abs(share - 1) <= 0.1, "within 10 %");
        }
    }

    private static void pause(int millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    private List<Thread> clients(InetSocketAddress door) {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> send(door), "client-" + i);
            client.start();
            clients.add(client);
        }
        return clients;
    }

    private void send(InetSocketAddress door) {
        Optional<SmtpConnection> connected = Letter.connect(door, Protocol.SMTP);
        try (SmtpConnection connection = connected.orElseThrow()) {
            while (!over) {
                Letter letter = Letter.of("t" + tokens.incrementAndGet(), 1000, "real@contoso.test");
                List<RecipientOutcome> outcomes = letter.over(connection);
                if (outcomes.stream().allMatch(RecipientOutcome.Delivered.class::isInstance)) {
                    owed.add(letter.token() + " real@contoso.test");
                }
            }
        }
    }

    /** Who took what when, from the log. */
    private static final class Queueing {
        private record Moment(Instant time, String hub, boolean death) {}

        private final Collection<Moment> moments = new ConcurrentLinkedQueue<>();

        void heard(TrackingEvent event) {
            if (event.event() == TrackingEvent.Kind.RECEIVE && HUBS.contains(event.server())) {
                moments.add(new Moment(event.time(), event.server(), false));
            }
        }

        void died(String hub) {
            moments.add(new Moment(Instant.now(), hub, true));
        }

        /**
         * By hub: what it took, divided by an even share of all that came while it was living. A hub counts as living from
         * the first message that it takes after a start (the others have to notice that it is back) to its death.
         */
        Map<String, Double> shares() {
            Map<String, Double> fair = new TreeMap<>();
            Map<String, Integer> got = new TreeMap<>();
            List<String> living = new ArrayList<>(HUBS);
            List<Moment> all = new ArrayList<>(moments);
            all.sort(java.util.Comparator.comparing(Moment::time));
            for (Moment moment : all) {
                if (moment.death()) {
                    living.remove(moment.hub());
                } else {
                    if (!living.contains(moment.hub())) {
                        living.add(moment.hub());
                    }
                    got.merge(moment.hub(), 1, Integer::sum);
                    living.forEach(hub -> fair.merge(hub, 1.0 / living.size(), Double::sum));
                }
            }
            Map<String, Double> shares = new TreeMap<>();
            got.forEach((hub, count) -> shares.put(hub, Math.round(1000 * count / fair.get(hub)) / 1000.0));
            return shares;
        }
    }
}
