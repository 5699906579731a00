package org.bridgehead.whatif;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.scenario.Conditions;
import org.bridgehead.core.scenario.Membership;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.whatif.RandomScenario.Timed;

/**
 * Draws how groups change while mail to them is under way, most of it while they are being expanded. From a seed of its
 * own, so that the other faults of a seed stay what they are. One thread; one scenario.
 */
final class RandomDirectoryFaults {
    private static final long OWN = 0x64697265L;

    private final Random random;
    private final Conditions conditions;
    private final List<Timed> toGroups = new ArrayList<>();
    private final List<EmailAddress> groups = new ArrayList<>();
    private final List<EmailAddress> people = new ArrayList<>();

    RandomDirectoryFaults(Conditions conditions, DirectoryDefinition directory, List<Timed> letters) {
        this.random = new Random(conditions.seed() ^ OWN);
        this.conditions = conditions;
        for (RecipientDefinition recipient : directory.recipients()) {
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
        List<Timed> timed = new ArrayList<>();
        if (!toGroups.isEmpty() && !people.isEmpty()) {
            for (int i = random.nextInt(2 + faults / 4); i > 0; i--) {
                timed.add(change());
            }
        }
        return timed;
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
