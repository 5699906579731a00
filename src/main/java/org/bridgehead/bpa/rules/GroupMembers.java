package org.bridgehead.bpa.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Names;

/** Rule 121: groups that expand to nobody, without a report to anyone (BEHAVIOUR 11, wish 16), and members that do not exist. */
final class GroupMembers extends ServiceRule {
    GroupMembers() {
        super(121, "group-members", Severity.WARNING, "group that reaches nobody, or has members that do not exist");
    }

    @Override
    public List<Finding> check(Subject subject) {
        People people = People.of(subject.directory());
        List<Finding> findings = new ArrayList<>();
        for (DirectoryEntry entry : people.all()) {
            if (entry instanceof DistributionGroup) {
                lost(people, entry).ifPresent(findings::add);
                if (!reachesSomebody(people, entry)) {
                    findings.add(finding(
                            "recipient:" + entry.name(),
                            "no member, in it or in its groups: mail to it vanishes without a report",
                            "give it members, or remove it"));
                }
            }
        }
        return findings;
    }

    private Optional<Finding> lost(People people, DirectoryEntry group) {
        if (!people.areComplete()) {
            return Optional.empty();
        }
        List<String> lost = people.memberNames(group).stream()
                .filter(member -> people.named(member).isEmpty())
                .filter(member -> EmailAddress.tryParse(member).isEmpty())
                .toList();
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(finding(
                        "recipient:" + group.name(),
                        "has members that are no recipients: " + Listed.names(lost),
                        "correct the names, or take them out"));
    }

    /** Anybody but groups with a written list; a dynamic group may find somebody. */
    private static boolean reachesSomebody(People people, DirectoryEntry group) {
        NavigableSet<String> seen = Names.set();
        ArrayDeque<DirectoryEntry> open = new ArrayDeque<>(List.of(group));
        while (!open.isEmpty()) {
            for (String name : people.memberNames(open.removeFirst())) {
                Optional<DirectoryEntry> member = people.named(name);
                boolean outside = member.isEmpty()
                        && (!people.areComplete() || EmailAddress.tryParse(name).isPresent());
                if (outside
                        || member.filter(its -> !(its instanceof DistributionGroup))
                                .isPresent()) {
                    return true;
                }
                member.filter(its -> seen.add(its.name())).ifPresent(open::add);
            }
        }
        return false;
    }
}
