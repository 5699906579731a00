package org.bridgehead.whatif;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bridgehead.core.categorizer.Categorization;
import org.bridgehead.core.categorizer.CategorizerRequest;
import org.bridgehead.core.categorizer.Destination;
import org.bridgehead.core.categorizer.Finding;
import org.bridgehead.core.categorizer.Step;
import org.bridgehead.core.categorizer.Submission;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.whatif.DryExpansion.Dropped;
import org.bridgehead.whatif.DryExpansion.Duplicate;
import org.bridgehead.whatif.DryExpansion.ExpansionServer;
import org.bridgehead.whatif.DryExpansion.Journaled;
import org.bridgehead.whatif.DryExpansion.Lost;
import org.bridgehead.whatif.DryExpansion.Member;
import org.bridgehead.whatif.DryExpansion.Redirected;
import org.bridgehead.whatif.DryExpansion.Refused;
import org.bridgehead.whatif.DryExpansion.Reports;
import org.bridgehead.whatif.DryExpansion.Restricted;
import org.bridgehead.whatif.DryExpansion.Ruled;

/** One {@link DryExpansion} at work; used once. */
final class DryRun {
    /** No server is called so: without a server of its own, a group may be expanded anywhere. */
    private static final String ANY_HUB = "";

    /** A recipient on its way to the server that expands it. */
    private record Hop(Recipient recipient, String server, List<String> expandedBefore, boolean first) {}

    private final Settings settings;
    private final Directory directory;
    private final Submission submission;
    private final ArrayDeque<Hop> hops = new ArrayDeque<>();
    private final List<Member> recipients = new ArrayList<>();
    private final TreeSet<String> seen = new TreeSet<>();
    private final List<Duplicate> duplicates = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private final List<Redirected> redirected = new ArrayList<>();
    private final List<Dropped> dropped = new ArrayList<>();
    private final List<Reports> reports = new ArrayList<>();
    private final SortedMap<String, Restricted> restricted = Names.map();
    private final List<Ruled> ruledBy = new ArrayList<>();
    private final List<Lost> lost = new ArrayList<>();
    private final List<EmailAddress> groups = new ArrayList<>();
    private final List<Journaled> journaled = new ArrayList<>();
    private final List<ExpansionServer> servers = new ArrayList<>();
    private Optional<String> unavailable = Optional.empty();

    DryRun(Settings settings, Directory directory, Submission submission) {
        this.settings = settings;
        this.directory = directory;
        this.submission = submission;
    }

    DryExpansion of(EmailAddress address) {
        if (submission.size() > settings.limits().maxMessageSize()) {
            refused.add(new Refused(
                    address,
                    NextHop.Rejected.TOO_BIG.toString(),
                    "the organisation takes no message of this size (limits.maxMessageSize)"));
        } else {
            hops.add(new Hop(Recipient.of(address), ANY_HUB, List.of(), submission.first()));
        }
        while (!hops.isEmpty() && unavailable.isEmpty()) {
            categorize(hops.removeFirst());
        }
        return result(address);
    }

    private void categorize(Hop hop) {
        Categorization work = new Categorization(new CategorizerRequest(
                List.of(hop.recipient()),
                List.of(0),
                false,
                List.of(),
                hop.expandedBefore(),
                hop.first() ? submission : submission.passedOn(),
                hop.server(),
                settings,
                settings.limits().expansionChunk()));
        while (!work.isDone() && unavailable.isEmpty()) {
            take(hop, work, work.next());
        }
    }

    private void take(Hop hop, Categorization work, Step step) {
        if (step instanceof Step.Ask ask) {
            Page page = directory.ask(ask.questions(), ask.cursor());
            page.answers().forEach(this::restriction);
            work.answered(page);
        } else if (step instanceof Step.Pause) {
            work.resumed();
        } else if (step instanceof Step.Unavailable trouble) {
            unavailable = Optional.of(trouble.why());
        } else if (step instanceof Step.Direct direct) {
            direct.findings().forEach(finding -> note(finding, hop.expandedBefore()));
        } else if (step instanceof Step.Chunk chunk) {
            chunk.findings().forEach(finding -> note(finding, chunk.expanded()));
            chunk.members().forEach(member -> {
                leaf(member.recipient(), member.destination(), chunk.expanded());
                EmailAddress address = member.recipient().address();
                member.treatment().journals().forEach(rule -> journaled.add(new Journaled(address, rule)));
            });
        }
    }

    private void restriction(Answer answer) {
        if (answer instanceof Answer.Found found && found.entry().restrictions().haveLists()) {
            DirectoryEntry entry = found.entry();
            restricted.put(entry.name(), new Restricted(entry.primaryAddress(), entry.restrictions()));
        }
    }

    private void leaf(Recipient recipient, Destination destination, List<String> expanded) {
        EmailAddress address = recipient.address();
        if (destination instanceof Destination.ExpandedAt at) {
            servers.add(new ExpansionServer(address, at.server()));
            hops.addLast(new Hop(recipient, at.server(), expanded, false));
        } else if (destination instanceof Destination.Nowhere nowhere) {
            refused.add(new Refused(address, nowhere.status().toString(), nowhere.reason()));
        } else if (seen.add(address.key())) {
            recipients.add(new Member(address, destination));
        } else {
            duplicates.add(new Duplicate(address, "also reached by way of another expansion server"));
        }
    }

    private void note(Finding finding, List<String> expanded) {
        if (finding instanceof Finding.Leaf leaf) {
            leaf(leaf.recipient(), leaf.destination(), expanded);
        } else if (finding instanceof Finding.Refused no) {
            refused.add(new Refused(no.recipient().address(), no.status().toString(), no.reason()));
        } else if (finding instanceof Finding.Redirected forward
                && !forward.from().equals(forward.to())) {
            redirected.add(new Redirected(forward.from(), forward.to()));
        } else if (finding instanceof Finding.Expanding group) {
            groups.add(group.group());
        } else if (finding instanceof Finding.Duplicate again) {
            duplicates.add(new Duplicate(again.member(), again.why()));
        } else {
            rare(finding);
        }
    }

    private void rare(Finding finding) {
        if (finding instanceof Finding.Lost member) {
            lost.add(new Lost(member.group(), member.member()));
        } else if (finding instanceof Finding.Empty group) {
            dropped.add(new Dropped(group.group(), "the group has no members"));
        } else if (finding instanceof Finding.Dropped none) {
            dropped.add(new Dropped(none.recipient(), none.why()));
        } else if (finding instanceof Finding.Ruled ruled) {
            ruledBy.add(new Ruled(
                    ruled.recipient(),
                    ruled.rule().name(),
                    ruled.rule().action().words()));
        } else if (finding instanceof Finding.Reports to) {
            reports.add(new Reports(to.group(), to.manager()));
        }
    }

    private DryExpansion result(EmailAddress address) {
        return new DryExpansion(
                address,
                recipients,
                duplicates,
                loops(address),
                forwardLoops(),
                refused,
                redirected,
                dropped,
                reports,
                restricted(),
                ruledBy,
                journaled,
                lost,
                groups,
                servers,
                unavailable);
    }

    /** Entries on the way of the message, not those that were only looked at to find the sender. */
    private List<Restricted> restricted() {
        TreeSet<String> met = new TreeSet<>(seen);
        refused.forEach(no -> met.add(no.address().key()));
        redirected.forEach(one -> met.add(one.from().key()));
        groups.forEach(group -> met.add(group.key()));
        return restricted.values().stream()
                .filter(entry -> met.contains(entry.address().key()))
                .toList();
    }

    private List<List<String>> loops(EmailAddress address) {
        Answer answer = directory
                .ask(List.of(new Question.ByAddress(address)), Optional.empty())
                .answers()
                .get(0);
        return answer instanceof Answer.Found found && GroupCycles.isGroup(found.entry())
                ? GroupCycles.from(directory, found.entry())
                : List.of();
    }

    /** The ways of forwarding that lead back to one who was refused for it. */
    private List<List<String>> forwardLoops() {
        SortedMap<String, EmailAddress> next = new TreeMap<>();
        redirected.forEach(one -> next.putIfAbsent(one.from().key(), one.to()));
        List<List<String>> loops = new ArrayList<>();
        refused.forEach(no -> circle(no.address(), next).ifPresent(loops::add));
        return loops;
    }

    private static Optional<List<String>> circle(EmailAddress start, SortedMap<String, EmailAddress> next) {
        List<String> path = new ArrayList<>();
        EmailAddress at = start;
        do {
            path.add(at.toString());
            EmailAddress then = next.get(at.key());
            if (then == null || path.size() > next.size()) {
                return Optional.empty();
            }
            at = then;
        } while (!at.equals(start));
        path.add(at.toString());
        return Optional.of(path);
    }
}
