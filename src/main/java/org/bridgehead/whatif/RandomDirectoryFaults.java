package org.bridgehead.whatif;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.scenario.Conditions;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Fault.Action;
import org.bridgehead.core.scenario.Membership;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Slow;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.whatif.RandomScenario.Timed;

/**
 * Draws how groups change while mail to them is under way, most of it while they are being expanded, and how domain
 * controllers fail and lag. From a seed of its
 * own, so that the other faults of a seed stay what they are. One thread; one scenario.
 */
final class RandomDirectoryFaults {
    private final Random random;
    private final Conditions conditions;
    private final List<Timed> toGroups = new ArrayList<>();
    private final List<EmailAddress> groups = new ArrayList<>();
    private final List<EmailAddress> people = new ArrayList<>();
    private final List<String> controllers;
    private final Moments moments;
    private final List<Timed> timed = new ArrayList<>();
    private final Map<String, Step> mended = new LinkedHashMap<>();

    RandomDirectoryFaults(Conditions conditions, Organization organization, List<Timed> letters, Duration hours) {
        this.random = new Random(Dice.of(conditions.seed(), "directory faults").next());
        this.moments = new Moments(random, letters, hours);
        this.controllers = organization.topology().servers().values().stream()
                .filter(server -> server.is(Role.DOMAIN_CONTROLLER))
                .map(Server::name)
                .toList();
        this.conditions = conditions;
        for (RecipientDefinition recipient : organization.directory().recipients()) {
            DirectoryEntry entry = recipient.entry();
            if (entry instanceof DirectoryEntry.DistributionGroup) {
                groups.addAll(entry.addresses());
            } else if (entry instanceof DirectoryEntry.Mailbox || entry instanceof DirectoryEntry.Contact) {
                people.add(entry.primaryAddress());
            }
        }
        letters.stream().filter(this::isToGroup).forEach(toGroups::add);
    }

    private boolean isToGroup(Timed letter) {
        return letter.step() instanceof Send send && send.to().stream().anyMatch(groups::contains);
    }

    /** Changes in no order; {@code faults}: how many others there are. */
    List<Timed> draw(int faults) {
        if (!controllers.isEmpty()) {
            for (int i = random.nextInt(2 + faults / 4); i > 0; i--) {
                trouble();
            }
        }
        if (!toGroups.isEmpty() && !people.isEmpty()) {
            for (int i = random.nextInt(2 + faults / 4); i > 0; i--) {
                timed.add(change());
            }
        }
        return timed;
    }

    /** What makes all controllers answer. */
    Stream<Step> mended() {
        return mended.values().stream();
    }

    /** One of them is down or slow for a while, or all of them at once. */
    private void trouble() {
        Duration at = moments.moment();
        Duration over = at.plus(moments.aWhile());
        List<String> which =
                random.nextInt(4) == 0 ? controllers : List.of(controllers.get(random.nextInt(controllers.size())));
        boolean dead = random.nextInt(3) > 0;
        Duration delay = Duration.ofMillis(random.nextInt(15_000));
        for (String name : which) {
            Item item = new Item(Item.SERVER, name);
            Step cure = dead ? Fault.of(Action.START, item) : new Slow(name, Duration.ZERO);
            timed.add(new Timed(at, dead ? Fault.of(Action.KILL, item) : new Slow(name, delay)));
            timed.add(new Timed(over, cure));
            mended.put(dead + name, cure);
        }
    }

    /** Soon after a letter to some group, which is then perhaps asked for its members; the change is to any group. */
    private Timed change() {
        Timed letter = toGroups.get(random.nextInt(toGroups.size()));
        long nanos = 2 * (conditions.latency().toNanos() + conditions.disk().toNanos())
                + 12 * conditions.directory().toNanos();
        Duration at = letter.at().plusNanos((long) (random.nextDouble() * nanos));
        EmailAddress group = groups.get(random.nextInt(groups.size()));
        EmailAddress member = people.get(random.nextInt(people.size()));
        return new Timed(at, new Membership(group, member, random.nextBoolean()));
    }
}
