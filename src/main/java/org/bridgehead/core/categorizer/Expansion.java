package org.bridgehead.core.categorizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.Group;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.TransportRule;

/**
 * Walks groups, one directory page at a time, and gathers their members (BEHAVIOUR 2.4). A group is entered once, and
 * every address becomes a member once: harmless loops end there. Not thread-safe; owned by a {@link Categorization},
 * which takes the members in chunks.
 */
final class Expansion implements Asker {
    /** A group being walked; its members are asked for once its manager is known, where reports go to one. */
    private record Walk(Group group, Heritage heritage, boolean managerDue, Optional<Cursor> cursor) {
        Walk at(Cursor next) {
            return new Walk(group, heritage, managerDue, Optional.of(next));
        }

        Walk inheriting(Heritage other) {
            return new Walk(group, other, false, Optional.empty());
        }
    }

    /** What an expansion hands on to the rest of the categorization. */
    interface Outlets {
        /** What tracking is to know. */
        void found(Finding finding);

        /** A member whose entry is known. */
        void meet(Pending asking, DirectoryEntry entry);

        /** An address that a member forwards to. */
        void lookUp(Pending asking);
    }

    private final ResolverRules rules;
    private final TransportRules policy;
    private final Visited visited;
    private final Outlets outlets;
    private final ArrayDeque<Walk> walks = new ArrayDeque<>(1);
    private final List<Member> members = new ArrayList<>();
    private final List<String> entered = new ArrayList<>();
    private final TreeSet<String> groupsSeen = Names.set();
    /** Members that are durable from before a crash: met again, but made no second time. */
    private final Visited durable = new Visited();

    /** Nothing to walk yet; {@code visited} are the addresses seen, shared with the direct recipients. */
    Expansion(
            CategorizerRequest request, ResolverRules rules, TransportRules policy, Visited visited, Outlets outlets) {
        this.rules = rules;
        this.policy = policy;
        this.visited = visited;
        this.outlets = outlets;
        request.expandedBefore().forEach(groupsSeen::add);
        request.already().forEach(address -> durable.add(address.key()));
    }

    /** Puts a group behind those that are walked, unless it was entered before. */
    void enter(Group group, Heritage heritage) {
        EmailAddress address = group.primaryAddress();
        boolean managed =
                group.reportTo() == ReportTo.MANAGER && group.manager().isPresent();
        if (!groupsSeen.add(group.name())) {
            outlets.found(new Finding.Duplicate(address, false, "group already expanded"));
        } else if (rules.isReport() && !managed) {
            outlets.found(new Finding.Dropped(address, "reports to a group are deleted"));
        } else {
            entered.add(group.name());
            if (!rules.isReport()) {
                outlets.found(new Finding.Expanding(address, group.name()));
            }
            boolean silent = group.reportTo() != ReportTo.ORIGINATOR && !managed;
            walks.addLast(new Walk(group, silent ? silent(group, heritage) : heritage, managed, Optional.empty()));
        }
    }

    private Heritage silent(Group group, Heritage heritage) {
        outlets.found(new Finding.Reports(group.primaryAddress(), Optional.empty()));
        return heritage.silent();
    }

    @Override
    public Optional<Step.Ask> ask() {
        Walk walk = walks.peekFirst();
        if (walk == null) {
            return Optional.empty();
        }
        Question question = walk.managerDue()
                ? new Question.ByName(walk.group().manager().orElseThrow())
                : new Question.MembersOf(walk.group().name());
        return Optional.of(new Step.Ask(List.of(question), walk.cursor()));
    }

    @Override
    public void answered(Page page) {
        Walk walk = walks.removeFirst();
        if (walk.managerDue()) {
            managed(walk, page.answers().get(0));
        } else if (isGone(walk, page)) {
            add(Pending.member(walk.heritage().with(walk.group().primaryAddress()), List.of()), Refusal.NOT_EXPANDED);
        } else {
            members(walk, page.answers());
            page.next().ifPresent(next -> walks.addFirst(walk.at(next)));
        }
    }

    /** A report goes to the manager itself; of other mail, the manager hears what becomes of the members. */
    private void managed(Walk walk, Answer answer) {
        EmailAddress group = walk.group().primaryAddress();
        Optional<EmailAddress> manager = manager(walk.group(), answer);
        if (!rules.isReport()) {
            outlets.found(new Finding.Reports(group, manager));
            walks.addFirst(walk.inheriting(manager.map(walk.heritage()::toldTo).orElseGet(walk.heritage()::silent)));
        } else if (manager.isPresent()) {
            outlets.found(new Finding.Redirected(group, manager.get()));
            outlets.lookUp(Pending.member(
                    walk.heritage().with(manager.get()), List.of(walk.group().name())));
        } else {
            outlets.found(new Finding.Dropped(group, "reports to a group are deleted, and its manager is unknown"));
        }
    }

    /** The manager's address; one that is nobody's entry may be that of somebody outside. */
    private Optional<EmailAddress> manager(Group group, Answer answer) {
        return answer instanceof Answer.Found found
                ? Optional.of(found.entry().primaryAddress())
                : group.manager().flatMap(EmailAddress::tryParse).filter(address -> !rules.isAskedFor(address));
    }

    /** Whether the group was deleted while its mail was under way. */
    private static boolean isGone(Walk walk, Page page) {
        return walk.cursor().isEmpty()
                && page.answers().size() == 1
                && page.answers().get(0) instanceof Answer.NotFound missing
                && Objects.equals(missing.what(), walk.group().name());
    }

    private void members(Walk walk, List<Answer> answers) {
        EmailAddress group = walk.group().primaryAddress();
        if (answers.isEmpty() && walk.cursor().isEmpty()) {
            outlets.found(new Finding.Empty(group));
        }
        for (Answer answer : answers) {
            if (answer instanceof Answer.Found found) {
                outlets.meet(Pending.member(walk.heritage(), List.of()), found.entry());
            } else {
                outlets.found(new Finding.Lost(group, lost(answer)));
            }
        }
    }

    private static String lost(Answer answer) {
        if (answer instanceof Answer.Malformed malformed) {
            return malformed.what() + ": " + malformed.why();
        }
        return answer instanceof Answer.NotFound missing ? missing.what() : ((Answer.Ambiguous) answer).what();
    }

    /** A member of a group that may have the message, or the mailbox that keeps a copy of what it forwards. */
    void admitted(Pending asking, DirectoryEntry entry) {
        EmailAddress address = entry.primaryAddress();
        if (entry instanceof Mailbox mailbox) {
            mailbox(asking, mailbox);
        } else if (entry instanceof Contact contact) {
            follow(asking, contact, contact.target());
        } else {
            Group group = (Group) entry;
            Optional<String> elsewhere = rules.expansionServer(group);
            if (elsewhere.isPresent()) {
                add(asking, address, new Destination.ExpandedAt(elsewhere.get()));
            } else {
                enter(group, asking.heritage());
            }
        }
    }

    private void mailbox(Pending asking, Mailbox mailbox) {
        EmailAddress address = mailbox.primaryAddress();
        if (rules.isTooBigFor(mailbox)) {
            add(asking, address, Refusal.TOO_BIG.nowhere());
            return;
        }
        boolean keeps = mailbox.forwardTo().isEmpty() || mailbox.deliverAndForward();
        boolean fresh = !keeps || add(asking, address, new Destination.InMailbox(mailbox.database()));
        if (fresh && mailbox.forwardTo().isPresent()) {
            follow(asking, mailbox, mailbox.forwardTo().get());
        }
    }

    private void follow(Pending asking, DirectoryEntry from, EmailAddress target) {
        EmailAddress address = from.primaryAddress();
        if (Pending.isIn(asking.chain(), from.name())) {
            String path = Pending.path(asking.chain(), from.name());
            add(asking, address, Refusal.loop(path).nowhere());
            return;
        }
        outlets.found(new Finding.Redirected(address, target));
        send(asking.forwardedTo(target, from.name()));
    }

    private void send(Pending member) {
        if (rules.isAskedFor(member.address())) {
            outlets.lookUp(member);
        } else {
            add(member, member.address(), new Destination.Outside());
        }
    }

    /** A member that is refused. */
    void add(Pending asking, Refusal why) {
        add(asking, asking.address(), why.nowhere());
    }

    /** Adds a member; false when somebody of that address was met before. */
    boolean add(Pending asking, EmailAddress address, Destination destination) {
        if (!visited.add(address.key())) {
            boolean redirected = asking.byRule() || !asking.chain().isEmpty();
            outlets.found(new Finding.Duplicate(address, redirected, "already a recipient"));
            return false;
        }
        boolean ruled = !asking.byRule()
                && (destination instanceof Destination.InMailbox || destination instanceof Destination.Outside);
        Optional<Destination> end = ruled ? ruled(asking, address, destination) : Optional.of(destination);
        if (end.isPresent() && !durable.has(address.key())) {
            members.add(new Member(asking.heritage().to(address), asking.sender(), end.get()));
        }
        return true;
    }

    /** What the rules make of a destination; empty = another one gets the message instead. */
    private Optional<Destination> ruled(Pending asking, EmailAddress address, Destination destination) {
        for (TransportRule rule : policy.of(address)) {
            if (rule.action() instanceof TransportRule.AddRecipient add) {
                if (policy.isFirst(rule)) {
                    outlets.found(new Finding.Ruled(address, rule));
                    send(Pending.byRule(asking.heritage().with(add.recipient())));
                }
                continue;
            }
            outlets.found(new Finding.Ruled(address, rule));
            if (rule.action() instanceof TransportRule.Redirect redirect) {
                send(Pending.byRule(asking.heritage().with(redirect.to())));
                return Optional.empty();
            }
            return Optional.of(
                    Refusal.byRule((TransportRule.Reject) rule.action()).nowhere());
        }
        return Optional.of(destination);
    }

    /** Members found and not taken yet. */
    int size() {
        return members.size();
    }

    /** Takes the first members that share a sender, at most {@code max}. */
    List<Member> take(int max) {
        int count = 0;
        while (count < Math.min(members.size(), max)
                && members.get(count).sender().equals(members.get(0).sender())) {
            count++;
        }
        List<Member> first = members.subList(0, count);
        List<Member> taken = List.copyOf(first);
        first.clear();
        return taken;
    }

    /** Names of the groups entered, in this order. */
    List<String> entered() {
        return List.copyOf(entered);
    }
}
