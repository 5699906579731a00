package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.whatif.Scene.leftOvers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.scenario.Mishap;
import org.junit.jupiter.api.Test;

/** Crashes at any moment lose nothing, and mailboxes get everything once (DECISIONS 1.3, 1.4, 5.2). */
class CrashTest {
    private static final int SEEDS = 300;
    private static final Duration LIMIT = Duration.ofSeconds(8);

    /** What a mailbox got: how often each message. */
    private static TreeMap<TransportId, Integer> counts(VirtualOrganization org, EmailAddress address) {
        TreeMap<TransportId, Integer> counts = new TreeMap<>();
        for (Delivery delivery : org.mailbox(address)) {
            if (delivery.sender().isPresent()) {
                counts.merge(delivery.id(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** The same mail without trouble: who gets what. */
    private static List<TreeMap<EmailAddress, Integer>> expected(long seed) {
        RandomWorld world = new RandomWorld(seed);
        VirtualOrganization org = world.scene.start();
        List<TransportId> ids = submitAll(world, org);
        org.advance(Duration.ofHours(1));
        List<TreeMap<EmailAddress, Integer>> who = new ArrayList<>();
        for (TransportId id : ids) {
            TreeMap<EmailAddress, Integer> got = new TreeMap<>();
            everybody(world).forEach(a -> got.put(a, counts(org, a).getOrDefault(id, 0)));
            who.add(got);
        }
        return who;
    }

    private static Stream<EmailAddress> everybody(RandomWorld world) {
        List<EmailAddress> all = new ArrayList<>(List.of(People.address("both"), People.address("only")));
        for (String site : world.sites) {
            for (int i = 1; i <= 9; i++) {
                all.add(People.address(site.toLowerCase(Locale.ROOT) + i));
            }
        }
        return all.stream();
    }

    private static List<TransportId> submitAll(RandomWorld world, VirtualOrganization org) {
        List<TransportId> ids = new ArrayList<>();
        for (int i = 1 + world.random.nextInt(4); i > 0; i--) {
            String server = world.server(org);
            String sender = world.user();
            String[] recipients = new String[1 + world.random.nextInt(3)];
            for (int r = 0; r < recipients.length; r++) {
                recipients[r] = world.recipient();
            }
            ids.add(Scene.send(org, server, sender, recipients));
        }
        return ids;
    }

    private static void trouble(RandomWorld world, VirtualOrganization org) {
        for (int faults = 1 + world.random.nextInt(4); faults > 0; faults--) {
            for (int steps = world.random.nextInt(60); steps > 0 && org.step(); steps--) {
                // moves on to the moment of the crash
            }
            String server = world.server(org);
            fault(world, org, server);
            if (world.random.nextBoolean()) {
                org.advance(Duration.ofSeconds(world.random.nextInt(600)));
            }
            if (!org.isRunning(server)) {
                org.restart(server);
            }
            org.refuseWrites(server, false);
            if (world.random.nextBoolean()) {
                world.links.forEach(link -> org.up("link:" + link));
            }
        }
        world.links.forEach(link -> org.up("link:" + link));
    }

    private static void fault(RandomWorld world, VirtualOrganization org, String server) {
        String mailboxes = world.site() + "-MBX";
        switch (world.random.nextInt(12)) {
            case 0, 1, 2 -> org.losePower(server);
            case 3, 4 -> org.crash(server);
            case 5 -> org.script(server, new Mishap.LoseReply());
            case 6 -> org.script(mailboxes, new Mishap.LoseReply());
            case 7 -> org.script(server, new Mishap.LoseConnection());
            case 8 -> org.script(mailboxes, new Mishap.Defer(EnhancedStatus.of("4.2.2"), "busy"));
            case 9 -> org.down("link:" + world.links.get(world.random.nextInt(world.links.size())));
            case 10 -> org.refuseWrites(server, true);
            default -> org.change(world.scene.topology());
        }
    }

    static void check(long seed) {
        List<TreeMap<EmailAddress, Integer>> expected = expected(seed);
        RandomWorld world = new RandomWorld(seed);
        VirtualOrganization org = world.scene.start();
        List<TransportId> ids = submitAll(world, org);
        trouble(world, org);
        org.advance(Duration.ofHours(3));
        for (int i = 0; i < ids.size(); i++) {
            TransportId id = ids.get(i);
            TreeMap<EmailAddress, Integer> once = expected.get(i);
            everybody(world)
                    .forEach(address -> assertThat(counts(org, address).getOrDefault(id, 0))
                            .as("seed %d, message %s to %s", seed, id, address)
                            .isEqualTo(Math.min(1, once.get(address))));
        }
        assertThat(leftOvers(org)).as("left over, seed %d", seed).isEmpty();
        org.servers().forEach(server -> {
            assertThat(org.messages(server)).as("%s, seed %d", server, seed).isZero();
            assertThat(org.queues(server)).allMatch(queue -> queue.messages() == 0);
        });
    }

    @Test
    void everyMessageArrivesOnceWhateverCrashesWhen() {
        long end = System.nanoTime() + LIMIT.toNanos();
        int seeds = 0;
        for (long seed = 1; seed <= SEEDS && System.nanoTime() < end; seed++) {
            check(seed);
            seeds++;
        }
        System.out.println("crash test: seeds 1 to " + seeds);
        assertThat(seeds).isPositive();
    }

    /** A crash after each single step of one expansion, so that no moment is left to chance. */
    @Test
    void aCrashAfterAnyStepOfAnExpansionLosesNobody() {
        for (boolean power : new boolean[] {false, true}) {
            boolean more = true;
            for (int at = 0; more; at++) {
                VirtualOrganization org = expansion();
                Scene.send(org, "A1", "a", "all", "a3");
                int steps = at;
                while (steps > 0 && org.step()) {
                    steps--;
                }
                more = steps == 0;
                if (power) {
                    org.losePower("A1");
                } else {
                    org.crash("A1");
                }
                org.restart("A1");
                org.advance(Duration.ofHours(1));
                for (String member : List.of("a1", "a2", "a3", "b1", "b2", "both", "b9", "b8")) {
                    assertThat(Scene.received(org, member))
                            .as("%s, crash after step %d", member, at)
                            .isEqualTo(1);
                }
                assertThat(leftOvers(org)).isEmpty();
            }
        }
    }

    private static VirtualOrganization expansion() {
        return Scene.of("A-B 10")
                .chunk(2)
                .people(p -> p.pages(2)
                        .group("all", "a1", "both", "b1", "nested", "a3", "b2")
                        .group("nested", "a2", "all", "via")
                        .contact("via", "b8")
                        .forwarding("both", "A-MBX", "b9", true))
                .start();
    }
}
