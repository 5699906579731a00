package org.bridgehead.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.scenario.Advance;
import org.bridgehead.core.scenario.Conditions;
import org.bridgehead.core.scenario.Scenario;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;

/**
 * Draws what happens in an organisation: mail in bursts, faults for the most part while it flows, and in the end
 * everything mended and five days of quiet. The same seed gives the same scenario on every JVM. One thread; one
 * scenario.
 */
public final class RandomScenario {
    static final String FAULTS = "Mail and faults";

    static final String MENDED = "Everything mended";

    private static final Instant START = Instant.parse("2007-03-01T08:00:00Z");
    /** A letter that nobody can take expires after two days, the report on it after two more. */
    private static final Duration QUIET = Duration.ofDays(5);

    private static final int LEAST_OCTETS = 600;

    /** A step and when it is taken. */
    record Timed(Duration at, Step step) {}

    private static final List<Priority> PRIORITIES =
            List.of(Priority.HIGH, Priority.LOW, Priority.NORMAL, Priority.NORMAL, Priority.NORMAL, Priority.NORMAL);

    private final Random random;
    private final Dice urgency;
    private final Dice writing;
    private final Organization organization;
    private final List<Timed> timed = new ArrayList<>();
    private final List<EmailAddress> insiders = new ArrayList<>();
    private final List<EmailAddress> senders = new ArrayList<>();
    private final List<String> homes = new ArrayList<>();
    private final List<String> doors;
    private final List<String> strangersDoors;

    private RandomScenario(Organization organization, long seed) {
        this.random = new Random(seed);
        this.urgency = Dice.of(seed, "urgency");
        this.writing = Dice.of(seed, "writing");
        this.organization = organization;
        organization.directory().recipients().forEach(recipient -> {
            insiders.addAll(recipient.entry().addresses());
            if (recipient.entry() instanceof DirectoryEntry.Mailbox mailbox) {
                senders.add(mailbox.primaryAddress());
                homes.add(mailbox.database().server());
            }
        });
        this.doors = names(Role.HUB_TRANSPORT);
        this.strangersDoors = names(Role.EDGE_TRANSPORT);
    }

    private List<String> names(Role role) {
        return organization.topology().servers().values().stream()
                .filter(server -> server.is(role))
                .map(Server::name)
                .toList();
    }

    /**
     * A scenario.
     *
     * @param seed which one
     * @param hours of mail and faults
     * @param messages letters in all
     * @throws IllegalArgumentException when the organisation has no hub or no mailbox
     */
    public static Scenario of(Organization organization, long seed, int hours, int messages, FaultLevel level) {
        RandomScenario scenario = new RandomScenario(organization, seed);
        if (scenario.doors.isEmpty() || scenario.senders.isEmpty()) {
            throw new IllegalArgumentException("nobody to send mail, or no hub to take it: " + scenario.doors.size()
                    + " hubs, " + scenario.senders.size() + " mailboxes");
        }
        return scenario.draw(seed, Duration.ofHours(hours), messages, level);
    }

    private Scenario draw(long seed, Duration hours, int messages, FaultLevel level) {
        Conditions conditions = new Conditions(
                seed,
                Duration.ofMillis(2 + random.nextInt(80)),
                Duration.ofMillis(2 + random.nextInt(40)),
                Duration.ofMillis(1 + random.nextInt(10)),
                random.nextInt(3) == 0 ? 10 + random.nextInt(20) : 0,
                random.nextInt(3) == 0 ? random.nextInt(30) : 0);
        for (int left = messages; left > 0; ) {
            int burst = Math.min(left, 5 + random.nextInt(20));
            burst(moment(hours), burst);
            left -= burst;
        }
        RandomFaults faults = new RandomFaults(random, organization, timed, conditions, hours);
        timed.addAll(faults.draw(1 + random.nextInt(level.most())));
        timed.sort(Comparator.comparing(Timed::at));
        List<Step> mended = new ArrayList<>(faults.mended());
        mended.add(new Advance(QUIET));
        return new Scenario(
                "Seed " + seed,
                "",
                START,
                Optional.of(conditions),
                List.of(new Scene(FAULTS, steps(timed, hours), List.of()), new Scene(MENDED, mended, List.of())));
    }

    /** The steps in the order of their time, with the time that passes in between. */
    private static List<Step> steps(List<Timed> timed, Duration end) {
        List<Step> steps = new ArrayList<>();
        Duration now = Duration.ZERO;
        for (Timed one : timed) {
            if (one.at().compareTo(now) > 0) {
                steps.add(new Advance(one.at().minus(now)));
                now = one.at();
            }
            steps.add(one.step());
        }
        if (end.compareTo(now) > 0) {
            steps.add(new Advance(end.minus(now)));
        }
        return steps;
    }

    private Duration moment(Duration within) {
        return Duration.ofMillis((long) (random.nextDouble() * within.toMillis()));
    }

    /** Letters close to one another. */
    private void burst(Duration at, int count) {
        Duration now = at;
        for (int i = 0; i < count; i++) {
            timed.add(new Timed(now, send()));
            now = now.plusMillis(random.nextInt(60));
        }
    }

    private Send send() {
        boolean stranger = !strangersDoors.isEmpty() && random.nextInt(6) == 0;
        List<EmailAddress> to = new ArrayList<>();
        for (int i = 1 + (random.nextInt(3) == 0 ? random.nextInt(4) : 0); i > 0; i--) {
            EmailAddress recipient = recipient(stranger);
            if (!to.contains(recipient)) {
                to.add(recipient);
            }
        }
        int writer = stranger ? -1 : random.nextInt(senders.size());
        Optional<EmailAddress> from =
                Optional.of(stranger ? EmailAddress.of("visitor@outside.test") : senders.get(writer));
        String door = stranger
                ? strangersDoors.get(random.nextInt(strangersDoors.size()))
                : doors.get(random.nextInt(doors.size()));
        if (!stranger && writing.below(4) == 0 && isOnlyMailbox(homes.get(writer))) {
            door = homes.get(writer);
        }
        return new Send(
                from, to, door, stranger, "mail", "", size(), 1, PRIORITIES.get(urgency.below(6)), Optional.empty());
    }

    /** A server with both roles is a hub, too, and would take it itself. */
    private boolean isOnlyMailbox(String server) {
        return organization.topology().server(server).isPresent()
                && doors.stream().noneMatch(door -> Names.same(door, server));
    }

    private EmailAddress recipient(boolean stranger) {
        int dice = random.nextInt(20);
        if (dice == 0 && !stranger) {
            return EmailAddress.of("someone@outside.test");
        }
        if (dice == 1 && !stranger) {
            return EmailAddress.of("friend@partner.test");
        }
        return dice == 2
                ? EmailAddress.of("nobody@" + organization.topology().settings().defaultDomain())
                : insiders.get(random.nextInt(insiders.size()));
    }

    /** Most letters are small. */
    private long size() {
        return random.nextInt(25) > 0 ? LEAST_OCTETS + random.nextInt(2000) : 4_000 + random.nextInt(60_000);
    }
}
