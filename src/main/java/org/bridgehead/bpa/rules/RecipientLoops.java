package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.Names;

/**
 * Rule 29: forwards in a circle, forwards to nobody, contacts that lead back inside, groups that contain themselves
 * (BEHAVIOUR 2.4). Each circle is found once. The walks keep their own stacks: nesting may be deep.
 */
final class RecipientLoops extends ServiceRule {
    /** A chain is followed no further than this. */
    private static final int LONGEST_CHAIN = 100;

    RecipientLoops() {
        super(
                29,
                "recipient-loops",
                Severity.WARNING,
                "forwards in a circle or to nobody, contact chains, group cycles");
    }

    @Override
    public List<Finding> check(Subject subject) {
        People people = People.of(subject.directory());
        List<Finding> findings = new ArrayList<>();
        forwards(subject, people, findings);
        new Groups(people, findings).search();
        return findings;
    }

    private void forwards(Subject subject, People people, List<Finding> findings) {
        NavigableSet<String> done = Names.set();
        NavigableSet<String> targets = targets(people);
        for (DirectoryEntry entry : people.all()) {
            Map<String, DirectoryEntry> way = new LinkedHashMap<>();
            Optional<DirectoryEntry> next = Optional.of(entry);
            while (next.isPresent() && !done.contains(next.get().name())) {
                DirectoryEntry here = next.get();
                if (way.putIfAbsent(here.name(), here) != null) {
                    findings.add(circle(List.copyOf(way.values()), here));
                    break;
                }
                next = People.forward(here).flatMap(people::at);
            }
            done.addAll(way.keySet());
            if (entry instanceof Contact && !targets.contains(entry.name())) {
                chain(people, entry, findings);
            }
            dead(subject, people, entry).ifPresent(findings::add);
        }
    }

    private Finding circle(List<DirectoryEntry> way, DirectoryEntry again) {
        List<DirectoryEntry> circle = way.subList(way.indexOf(again), way.size());
        List<String> path = new ArrayList<>();
        circle.forEach(entry -> path.add(entry.primaryAddress().toString()));
        path.add(again.primaryAddress().toString());
        boolean kept = circle.stream().anyMatch(People::keepsCopy);
        return kept
                ? finding(
                        "recipient:" + again.name(),
                        "forwards in a circle: " + Listed.path(path) + "; each keeps at most one copy",
                        "take one of the forwards away")
                : finding(
                        Severity.ERROR,
                        "recipient:" + again.name(),
                        "forwards in a circle and nobody keeps a copy: " + Listed.path(path)
                                + "; mail to any of them comes back (5.4.6)",
                        "take one of the forwards away, or write deliverAndForward: true");
    }

    /** Who is the target of a contact: chains are shown from their beginning only. */
    private static NavigableSet<String> targets(People people) {
        NavigableSet<String> targets = Names.set();
        for (DirectoryEntry entry : people.all()) {
            if (entry instanceof Contact contact) {
                people.at(contact.target()).ifPresent(target -> targets.add(target.name()));
            }
        }
        return targets;
    }

    /** A contact whose target is a recipient here, shown with the whole way; circles are reported elsewhere. */
    private void chain(People people, DirectoryEntry entry, List<Finding> findings) {
        List<String> path = new ArrayList<>();
        NavigableSet<String> seen = Names.set();
        Optional<DirectoryEntry> next = Optional.of(entry);
        while (next.isPresent() && path.size() < LONGEST_CHAIN) {
            if (!seen.add(next.get().name())) {
                return;
            }
            path.add(next.get().primaryAddress().toString());
            next = People.forward(next.get()).flatMap(people::at);
        }
        if (path.size() > 1) {
            findings.add(finding(
                    "recipient:" + entry.name(),
                    "a contact that leads back inside: " + Listed.path(path),
                    "give its address to the last of them, and remove the contact"));
        }
    }

    /** A forward into a domain of ours where nobody has the address. */
    private Optional<Finding> dead(Subject subject, People people, DirectoryEntry entry) {
        Optional<EmailAddress> target = People.forward(entry);
        boolean lost = people.areComplete()
                && target.filter(address -> people.at(address).isEmpty())
                        .flatMap(address -> subject.topology().settings().acceptedDomain(address.domain()))
                        .filter(domain -> domain.type() == AcceptedDomain.Type.AUTHORITATIVE)
                        .isPresent();
        if (!lost) {
            return Optional.empty();
        }
        return Optional.of(finding(
                Severity.ERROR,
                "recipient:" + entry.name(),
                "forwards to " + target.map(EmailAddress::toString).orElse("") + ", whom nobody knows (5.1.1)",
                "correct the address, or take the forward away"));
    }

    /** Depth-first through member lists; a member that is on the way already closes a circle. */
    private final class Groups {
        private final People people;
        private final List<Finding> findings;
        private final NavigableSet<String> finished = Names.set();
        private final Map<String, Level> way = new LinkedHashMap<>();

        private record Level(DirectoryEntry group, Iterator<DirectoryEntry> rest) {}

        Groups(People people, List<Finding> findings) {
            this.people = people;
            this.findings = findings;
        }

        void search() {
            for (DirectoryEntry entry : people.all()) {
                if (entry instanceof DistributionGroup && !finished.contains(entry.name())) {
                    walk(entry);
                }
            }
        }

        private void walk(DirectoryEntry root) {
            List<Level> stack = new ArrayList<>();
            stack.add(enter(root));
            while (!stack.isEmpty()) {
                Level level = stack.get(stack.size() - 1);
                if (!level.rest().hasNext()) {
                    finished.add(level.group().name());
                    way.remove(level.group().name());
                    stack.remove(stack.size() - 1);
                    continue;
                }
                DirectoryEntry member = level.rest().next();
                if (way.containsKey(member.name())) {
                    findings.add(cycle(stack, member));
                } else if (!finished.contains(member.name())) {
                    stack.add(enter(member));
                }
            }
        }

        private Level enter(DirectoryEntry group) {
            Level level = new Level(
                    group,
                    people.members(group).stream()
                            .filter(DistributionGroup.class::isInstance)
                            .iterator());
            way.put(group.name(), level);
            return level;
        }

        private Finding cycle(List<Level> stack, DirectoryEntry again) {
            List<String> path = new ArrayList<>();
            boolean inside = false;
            for (Level level : stack) {
                inside |= Names.same(level.group().name(), again.name());
                if (inside) {
                    path.add(level.group().primaryAddress().toString());
                }
            }
            path.add(again.primaryAddress().toString());
            return finding(
                    "recipient:" + again.name(),
                    "the group contains itself: " + Listed.path(path) + "; everybody gets one copy all the same",
                    "take one of the groups out of the other");
        }
    }
}
