package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.engine.NodeHandle.logs;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mailbox.NodeState;
import org.bridgehead.io.config.TopologyFile;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mailbox server of two nodes under load, its active node killed at random moments: every acknowledged message is in
 * the surviving mailboxes exactly once, or on the list of lost ones when the dumpster was too small (BEHAVIOUR 4, 5). Longer
 * than most files: every case counts its mail by the same books.
 */
class FailoverTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final int KILLS = Integer.getInteger("failover.kills", 50);
    private static final int BOXES = 6;

    @TempDir
    Path folder;

    /** What one kill did. */
    private record Outcome(int sent, int lostWithout, int redelivered, long dropped, int lostWith, int reported) {}

    private MailOrganization start(String dumpster) throws Exception {
        return start(dumpster, "maxMissingLogs: 20");
    }

    private MailOrganization start(String dumpster, String mailboxSettings) throws Exception {
        StringBuilder people = new StringBuilder();
        for (int i = 0; i < BOXES; i++) {
            people.append("    u%d: { type: mailbox, addresses: [u%d@x.test], database: M1/SG%d/DB%d }%n"
                    .formatted(i, i, 1 + i % 2, 1 + i % 2));
        }
        String text = """
            bridgehead: 1
            organization:
              name: X
              acceptedDomains: { x.test: authoritative }
              dumpster: %s
            sites: { S: {} }
            servers:
              H1: { site: S, roles: [hubTransport] }
              H2: { site: S, roles: [hubTransport] }
              M1:
                site: S
                roles: [mailbox]
                replication: ccr
                nodes: { M1A: {}, M1B: {} }
                witness: H1
                %s
                logSize: 8KB
                storageGroups: { SG1: [DB1], SG2: [DB2] }
            directory:
              recipients:
            %s    all: { type: group, addresses: [all@x.test], members: [u0, u1, u2, u3] }
            """.formatted(dumpster, mailboxSettings, people);
        return MailOrganization.start(OrganizationConfig.inMemory(
                        TopologyFile.parse("failover.yaml", text, folder).organization(), folder)
                .virtualFrom(START));
    }

    @Test
    void whateverTheDeadNodeHadAloneComesBackOnce() throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (int seed = 1; seed <= KILLS; seed++) {
            outcomes.add(play(seed, "{ maxSizePerStorageGroup: 18MB, maxTime: 7d }", seed % 11));
        }
        print("failovers with 0 to 10 logs lost, seeds 1 to " + KILLS, outcomes);
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.lostWith).isZero());
        assertThat(outcomes.stream().mapToInt(Outcome::lostWithout).sum()).isPositive();
        assertThat(outcomes.stream().mapToLong(Outcome::dropped).sum()).isPositive();
    }

    @Test
    void whatASmallDumpsterNoLongerHasIsOnTheList() throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (int seed = 1; seed <= 10; seed++) {
            outcomes.add(play(seed, "{ maxSizePerStorageGroup: 12KB, maxTime: 7d }", 10));
        }
        print("the same with dumpsters of 12 KB, seeds 1 to 10", outcomes);
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.reported).isEqualTo(outcome.lostWith));
        assertThat(outcomes.stream().mapToInt(Outcome::lostWith).sum()).isPositive();
    }

    private static final String DUMPSTER = "{ maxSizePerStorageGroup: 18MB, maxTime: 7d }";

    /** Mail for one mailbox until the active node's log of its group has so many closed generations, and a bit more. */
    private static Letters fill(MailOrganization org, int letters) throws Exception {
        Letters sent = new Letters(org, new Random(1));
        for (int i = 0; i < letters; i++) {
            sent.send(i);
        }
        org.awaitIdle(Duration.ofSeconds(30));
        return sent;
    }

    @Test
    void moreThanTheDialAllowsWaitsForTheOldNodeWhichLosesNothing() throws Exception {
        try (MailOrganization org = start(DUMPSTER, "mountDial: goodAvailability")) {
            Letters letters = fill(org, 60);
            org.node("M1A").lose(logs(5));
            letters.send(60);
            org.clock().advance(Duration.ofMinutes(10));
            ClusterStatus status = org.cluster("M1");
            assertThat(status.active()).contains("M1B");
            assertThat(status.groups())
                    .allSatisfy(group -> assertThat(group.mounted()).isFalse())
                    .extracting(GroupStatus::why)
                    .allMatch(why -> why.contains("5 logs missing, 3 allowed"));
            assertThat(org.server("H1").queues().get(0).messages()
                            + org.server("H2").queues().get(0).messages())
                    .isPositive();
            org.node("M1A").start();
            org.clock().advance(Duration.ofMinutes(30));
            assertThat(org.cluster("M1").active()).contains("M1B");
            assertThat(letters.missing("old node back")).isZero();
            assertThat(org.redeliveries()).isEmpty();
            assertThat(org.failovers("M1"))
                    .last()
                    .satisfies(report -> assertThat(report.losses()).isEmpty());
        }
    }

    @Test
    void theTimeForcesAMountAndWhatItLosesIsRedelivered() throws Exception {
        try (MailOrganization org = start(DUMPSTER, "forcedMountAfter: 4h")) {
            Letters letters = fill(org, 80);
            org.node("M1A").lose(logs(8));
            org.clock().advance(Duration.ofHours(3));
            assertThat(org.cluster("M1").groups()).noneMatch(GroupStatus::mounted);
            org.clock().advance(Duration.ofHours(2));
            assertThat(org.cluster("M1").groups()).allMatch(GroupStatus::mounted);
            assertThat(org.failovers("M1")).last().satisfies(report -> {
                assertThat(report.lostMessages()).isPositive();
                assertThat(report.interruption()).isEqualTo(Duration.ofHours(4));
            });
            assertThat(letters.missing("forced by the time")).isZero();
        }
    }

    /** The first node fails over to the second, comes back, takes over again without loss, and fails once more. */
    @Test
    void nodesFailOverAndBackAndOver() throws Exception {
        try (MailOrganization org = start(DUMPSTER)) {
            Letters letters = fill(org, 50);
            org.node("M1A").lose(logs(2));
            org.clock().advance(Duration.ofMinutes(20));
            for (int i = 50; i < 90; i++) {
                letters.send(i);
            }
            org.node("M1A").start();
            org.clock().advance(Duration.ofMinutes(20));
            assertThat(org.cluster("M1").groups())
                    .allSatisfy(group -> assertThat(group.copy().orElseThrow().closed()
                                    - group.copy().orElseThrow().inspected())
                            .isZero());
            assertThat(org.plant().mailboxServer("M1").cluster().orders().handoff("M1A", ""))
                    .isEmpty();
            assertThat(org.failovers("M1").get(2).losses()).isEmpty();
            for (int i = 90; i < 120; i++) {
                letters.send(i);
            }
            org.awaitIdle(Duration.ofSeconds(30));
            org.node("M1A").lose(logs(3));
            org.clock().advance(Duration.ofMinutes(20));
            assertThat(org.cluster("M1").active()).contains("M1B");
            assertThat(org.failovers("M1")).hasSize(4);
            assertThat(org.failovers("M1").get(3).lostMessages()).isPositive();
            assertThat(letters.missing("over, back and over")).isZero();
        }
    }

    @Test
    void aHandoffLosesNothingAndIsRefusedWhereItWould() throws Exception {
        try (MailOrganization org = start(DUMPSTER)) {
            Letters letters = fill(org, 30);
            MailboxCluster cluster = org.plant().mailboxServer("M1").cluster();
            assertThat(cluster.orders().handoff("M1A", "")).contains("M1A hosts the mailboxes already");
            org.node("M1B").fail();
            assertThat(cluster.orders().handoff("M1B", "").orElseThrow()).contains("M1B is down");
            assertThat(org.cluster("M1").active()).contains("M1A");
            org.node("M1B").start();
            assertThat(cluster.orders().handoff("M1B", "")).isEmpty();
            org.clock().advance(Duration.ofMinutes(20));
            assertThat(letters.missing("handed over")).isZero();
            assertThat(org.redeliveries()).isEmpty();
            assertThat(org.failovers("M1").get(1).losses()).isEmpty();
        }
    }

    /** Its share arrives when it is back; nobody gets a report (BEHAVIOUR 4.2). */
    @Test
    void aHubThatIsDownForTwoDaysIsAskedAgain() throws Exception {
        try (MailOrganization org = start(DUMPSTER)) {
            Letters letters = fill(org, 60);
            org.server("H2").kill();
            org.node("M1A").lose(logs(4));
            org.clock().advance(Duration.ofMinutes(30));
            int before = letters.missing("without H2");
            assertThat(before).isPositive();
            assertThat(org.stillLost("M1")).hasSize(before);
            org.clock().advance(Duration.ofDays(2));
            assertThat(letters.missing("after two days")).isEqualTo(before);
            org.server("H2").start();
            org.clock().advance(Duration.ofHours(2));
            assertThat(letters.missing("H2 is back")).isZero();
            assertThat(org.stillLost("M1")).isEmpty();
            assertThat(reports(org)).isZero();
        }
    }

    /** A witness, and a network that breaks: the side without it stops, and never two nodes are active. */
    @Test
    void theSideWithoutTheWitnessStops() throws Exception {
        try (MailOrganization org = start(DUMPSTER)) {
            MailboxCluster cluster = org.plant().mailboxServer("M1").cluster();
            cluster.network("M1A", "M1B", false);
            org.clock().advance(Duration.ofMinutes(1));
            assertThat(org.cluster("M1").active()).contains("M1A");
            assertThat(org.node("M1B").state()).isEqualTo(NodeState.STOPPED);
            org.server("H1").kill();
            org.clock().advance(Duration.ofMinutes(1));
            assertThat(org.cluster("M1").active()).isEmpty();
            org.server("H1").start();
            org.clock().advance(Duration.ofMinutes(1));
            assertThat(org.cluster("M1").active()).contains("M1A");
        }
    }

    /**
     * The first node is back, its logs differ from those of the second, and before they are replaced the second dies. Log
     * numbers alone would say that nothing is missing.
     */
    @Test
    void aCopyThatDiffersIsNotTakenForTheNewest() throws Exception {
        // Small dumpsters, so that the second node's logs stay shorter than those that the first one had alone.
        try (MailOrganization org = start("{ maxSizePerStorageGroup: 12KB, maxTime: 7d }")) {
            Letters letters = fill(org, 100);
            org.node("M1A").lose(logs(10));
            org.clock().advance(Duration.ofMinutes(20));
            for (int i = 100; i < 106; i++) {
                letters.send(i);
            }
            org.awaitIdle(Duration.ofSeconds(30));
            MailboxCluster cluster = org.plant().mailboxServer("M1").cluster();
            cluster.network("M1A", "M1B", false);
            org.node("M1A").start();
            cluster.network("M1A", "M1B", true);
            org.node("M1B").fail();
            org.clock().advance(Duration.ofMinutes(20));
            assertThat(org.cluster("M1").active()).contains("M1A");
            assertThat(org.failovers("M1"))
                    .last()
                    .satisfies(report -> assertThat(report.lostMessages()).isPositive());
            assertThat(letters.missing("a copy that differs"))
                    .isEqualTo(org.stillLost("M1").size());
        }
    }

    private static void print(String title, List<Outcome> outcomes) {
        System.out.printf(
                "%s%n  deliveries  lost without dumpster  redelivered  duplicates dropped  lost with dumpster%n"
                        + "  %10d  %21d  %11d  %18d  %18d%n",
                title,
                outcomes.stream().mapToInt(Outcome::sent).sum(),
                outcomes.stream().mapToInt(Outcome::lostWithout).sum(),
                outcomes.stream().mapToInt(Outcome::redelivered).sum(),
                outcomes.stream().mapToLong(Outcome::dropped).sum(),
                outcomes.stream().mapToInt(Outcome::lostWith).sum());
    }

    private Outcome play(int seed, String dumpster, int lost) throws Exception {
        Random random = new Random(seed);
        try (MailOrganization org = start(dumpster)) {
            Letters letters = new Letters(org, random);
            int kill = 20 + random.nextInt(60);
            for (int i = 0; i < 100; i++) {
                letters.send(i);
                if (random.nextInt(4) == 0) {
                    org.awaitIdle(Duration.ofSeconds(30));
                }
                if (i == kill) {
                    org.node("M1A").lose(logs(lost));
                }
            }
            org.clock().advance(Duration.ofHours(1));
            assertThat(org.cluster("M1").active()).as("seed %s", seed).contains("M1B");
            FailoverReport report = org.failovers("M1").get(1);
            assertThat(report.interruption()).isEqualTo(MailboxCluster.DETECTION);
            assertThat(reports(org)).isZero();
            int missing = letters.missing("seed " + seed);
            int redelivered = org.redeliveries().stream()
                    .mapToInt(request -> request.messages().orElseThrow())
                    .sum();
            return new Outcome(
                    letters.expected.values().stream().mapToInt(List::size).sum(),
                    report.lostMessages(),
                    redelivered,
                    org.duplicatesDropped("M1"),
                    missing,
                    org.stillLost("M1").size());
        }
    }

    private static long reports(MailOrganization org) {
        return org.tracking().events().stream()
                .filter(event -> event.event() == TrackingEvent.Kind.DSN)
                .count();
    }

    /** What was acknowledged, and who should have it. */
    private static final class Letters {
        private final MailOrganization org;
        private final Random random;
        private final TreeMap<String, List<String>> expected = new TreeMap<>();

        Letters(MailOrganization org, Random random) {
            this.org = org;
            this.random = random;
        }

        void send(int number) {
            boolean group = random.nextInt(5) == 0;
            String to = group ? "all@x.test" : "u" + random.nextInt(BOXES) + "@x.test";
            String words = number + " " + "x".repeat(200 + random.nextInt(2500));
            String text = words.replaceAll("(.{70})", "$1\r\n");
            SendResult sent = org.send(mail -> mail.from("u0@x.test")
                    .to(to)
                    .subject("letter " + number)
                    .text(text)
                    .via("H" + (1 + number % 2)));
            assertThat(sent.accepted()).isTrue();
            List<String> who = group ? List.of("u0@x.test", "u1@x.test", "u2@x.test", "u3@x.test") : List.of(to);
            who.forEach(address ->
                    expected.computeIfAbsent(address, box -> new ArrayList<>()).add(text));
        }

        /** How many are missing over IMAP; a second copy, or one with other words, fails. */
        int missing(String where) throws Exception {
            int missing = 0;
            InetSocketAddress imap = org.imap("M1");
            for (String address : expected.keySet()) {
                List<Found> found = read(imap, address);
                for (String text : expected.get(address)) {
                    long copies = found.stream()
                            .filter(mail -> mail.text.contains(text))
                            .count();
                    assertThat(copies).as("%s, %s: %.20s", where, address, text).isLessThanOrEqualTo(1);
                    missing += copies == 0 ? 1 : 0;
                }
                assertThat(found)
                        .as("%s, %s", where, address)
                        .hasSizeLessThanOrEqualTo(expected.get(address).size());
                assertThat(found)
                        .extracting(Found::messageId)
                        .as("%s, %s", where, address)
                        .doesNotHaveDuplicates();
            }
            return missing;
        }

        private static List<Found> read(InetSocketAddress imap, String address) throws Exception {
            Properties settings = new Properties();
            settings.setProperty("mail.imap.timeout", "20000");
            List<Found> found = new ArrayList<>();
            try (Store store = Session.getInstance(settings).getStore("imap")) {
                store.connect(imap.getHostString(), imap.getPort(), address, address);
                try (Folder inbox = store.getFolder("INBOX")) {
                    inbox.open(Folder.READ_ONLY);
                    for (Message message : inbox.getMessages()) {
                        found.add(new Found(
                                message.getHeader("Message-ID")[0],
                                new String(
                                        ((IMAPMessage) message).getMimeStream().readAllBytes(),
                                        StandardCharsets.UTF_8)));
                    }
                }
            }
            return found;
        }
    }

    /** A letter in a mailbox. */
    private record Found(String messageId, String text) {}
}
