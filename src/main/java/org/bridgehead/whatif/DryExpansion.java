package org.bridgehead.whatif;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.bridgehead.core.categorizer.Categorization;
import org.bridgehead.core.categorizer.CategorizerRequest;
import org.bridgehead.core.categorizer.Destination;
import org.bridgehead.core.categorizer.Finding;
import org.bridgehead.core.categorizer.Step;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.topology.Settings;

/**
 * Who would get a message: the hub's own categorizer run dry, from expansion server to expansion server (BEHAVIOUR 2.4).
 *
 * @param address asked for
 * @param recipients mailboxes and outside addresses that get a copy, in the order of expansion
 * @param duplicates members met again, with why; they get one copy all the same
 * @param loops cycles of groups: primary addresses, the last equal to the first
 * @param refused who gets a non-delivery report
 * @param redirected forwards followed
 * @param lost members that lead nowhere, without a report to anyone (BEHAVIOUR 11, wish 16)
 * @param groups primary addresses of the groups walked
 * @param expansionServers where parts of it have to be expanded
 * @param unavailable why the directory could not be asked; empty = the answer is whole
 */
public record DryExpansion(
        EmailAddress address,
        List<Member> recipients,
        List<Duplicate> duplicates,
        List<List<String>> loops,
        List<Refused> refused,
        List<Redirected> redirected,
        List<Lost> lost,
        List<EmailAddress> groups,
        List<ExpansionServer> expansionServers,
        Optional<String> unavailable) {
    /**
     * One who gets a copy.
     *
     * @param address final address
     * @param destination a mailbox, or outside
     */
    public record Member(EmailAddress address, Destination destination) {}

    /**
     * One met again.
     *
     * @param address of a recipient or group
     * @param why one line
     */
    public record Duplicate(EmailAddress address, String why) {}

    /**
     * One who cannot get it.
     *
     * @param address as it was reached
     * @param status enhanced status
     * @param reason one line
     */
    public record Refused(EmailAddress address, String status, String reason) {}

    /**
     * A forward.
     *
     * @param from whose mail
     * @param to who gets it
     */
    public record Redirected(EmailAddress from, EmailAddress to) {}

    /**
     * A member that does not exist.
     *
     * @param group where it stands
     * @param member as written
     */
    public record Lost(EmailAddress group, String member) {}

    /**
     * A group that one server alone may expand.
     *
     * @param group its address
     * @param server the only one
     */
    public record ExpansionServer(EmailAddress group, String server) {}

    /** Copies the lists. */
    public DryExpansion {
        recipients = List.copyOf(recipients);
        duplicates = List.copyOf(duplicates);
        loops = List.copyOf(loops);
        refused = List.copyOf(refused);
        redirected = List.copyOf(redirected);
        lost = List.copyOf(lost);
        groups = List.copyOf(groups);
        expansionServers = List.copyOf(expansionServers);
    }

    /**
     * Expands an address.
     *
     * @param settings of the organisation
     * @param directory asked page by page, as a hub does
     * @param address any address
     * @param authenticated whether the sender is known
     * @param size octets of the message
     */
    public static DryExpansion of(
            Settings settings, Directory directory, EmailAddress address, boolean authenticated, long size) {
        Run run = new Run(settings, directory, authenticated, size);
        if (size > settings.limits().maxMessageSize()) {
            run.refused.add(new Refused(
                    address,
                    NextHop.Rejected.TOO_BIG.toString(),
                    "the organisation takes no message of this size (limits.maxMessageSize)"));
        } else {
            run.start(address);
        }
        return run.result(address);
    }

    /** A recipient on its way to the server that expands it. */
    private record Hop(Recipient recipient, String server, List<String> expandedBefore, boolean resolved) {}

    private static final class Run {
        /** No server is called so: without a server of its own, a group may be expanded anywhere. */
        private static final String ANY_HUB = "";

        private final Settings settings;
        private final Directory directory;
        private final boolean authenticated;
        private final long size;
        private final ArrayDeque<Hop> hops = new ArrayDeque<>();
        private final List<Member> recipients = new ArrayList<>();
        private final TreeSet<String> seen = new TreeSet<>();
        private final List<Duplicate> duplicates = new ArrayList<>();
        private final List<Refused> refused = new ArrayList<>();
        private final List<Redirected> redirected = new ArrayList<>();
        private final List<Lost> lost = new ArrayList<>();
        private final List<EmailAddress> groups = new ArrayList<>();
        private final List<ExpansionServer> servers = new ArrayList<>();
        private Optional<String> unavailable = Optional.empty();

        Run(Settings settings, Directory directory, boolean authenticated, long size) {
            this.settings = settings;
            this.directory = directory;
            this.authenticated = authenticated;
            this.size = size;
        }

        void start(EmailAddress address) {
            hops.add(new Hop(Recipient.of(address), ANY_HUB, List.of(), false));
            while (!hops.isEmpty() && unavailable.isEmpty()) {
                categorize(hops.removeFirst());
            }
        }

        private void categorize(Hop hop) {
            Categorization work = new Categorization(new CategorizerRequest(
                    List.of(hop.recipient()),
                    List.of(0),
                    hop.resolved(),
                    List.of(),
                    hop.expandedBefore(),
                    authenticated,
                    size,
                    hop.server(),
                    settings,
                    settings.limits().expansionChunk()));
            while (!work.isDone() && unavailable.isEmpty()) {
                Step step = work.next();
                if (step instanceof Step.Ask ask) {
                    work.answered(directory.ask(ask.questions(), ask.cursor()));
                } else if (step instanceof Step.Unavailable trouble) {
                    unavailable = Optional.of(trouble.why());
                } else if (step instanceof Step.Direct direct) {
                    direct.findings().forEach(finding -> note(finding, hop.expandedBefore()));
                } else if (step instanceof Step.Chunk chunk) {
                    chunk.findings().forEach(finding -> note(finding, chunk.expanded()));
                    chunk.members().forEach(member -> leaf(member.recipient(), member.destination(), chunk.expanded()));
                }
            }
        }

        private void leaf(Recipient recipient, Destination destination, List<String> expanded) {
            EmailAddress address = recipient.address();
            if (destination instanceof Destination.ExpandedAt at) {
                servers.add(new ExpansionServer(address, at.server()));
                hops.addLast(new Hop(recipient, at.server(), expanded, true));
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
            } else if (finding instanceof Finding.Lost member) {
                lost.add(new Lost(member.group(), member.member()));
            }
        }

        DryExpansion result(EmailAddress address) {
            return new DryExpansion(
                    address,
                    recipients,
                    duplicates,
                    loops(address),
                    refused,
                    redirected,
                    lost,
                    groups,
                    servers,
                    unavailable);
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
    }
}
