package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.engine.NodeHandle.logs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.io.config.TopologyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mailbox server of two nodes under load, its active node killed at random moments: every acknowledged message is in
 * the surviving mailboxes exactly once, or on the list of lost ones when the dumpster was too small (BEHAVIOUR 4, 5).
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
                maxMissingLogs: 20
                logSize: 8KB
                storageGroups: { SG1: [DB1], SG2: [DB2] }
            directory:
              recipients:
            %s    all: { type: group, addresses: [all@x.test], members: [u0, u1, u2, u3] }
            """.formatted(dumpster, people);
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

    private static void print(String title, List<Outcome> outcomes) {
        System.out.printf(
                "%s: %d deliveries, lost without dumpster %d, redelivered %d, duplicates dropped %d, lost with dumpster %d%n",
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

        /** How many are missing; a second copy, or one with other words, fails. */
        int missing(String where) {
            int missing = 0;
            for (String address : expected.keySet()) {
                List<String> found = org.mailbox(address).messages().stream()
                        .map(mail -> new String(mail.octets(), StandardCharsets.UTF_8))
                        .toList();
                for (String text : expected.get(address)) {
                    long copies =
                            found.stream().filter(mail -> mail.contains(text)).count();
                    assertThat(copies).as("%s, %s: %.20s", where, address, text).isLessThanOrEqualTo(1);
                    missing += copies == 0 ? 1 : 0;
                }
                assertThat(found)
                        .as("%s, %s", where, address)
                        .hasSizeLessThanOrEqualTo(expected.get(address).size());
            }
            return missing;
        }
    }
}
