package org.bridgehead.core.categorizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.Group;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.topology.Names;

/**
 * Walks groups, one directory page at a time, and gathers their members (BEHAVIOUR 2.4). A group is entered once, and
 * every address becomes a member once: harmless loops end there. Not thread-safe; owned by a {@link Categorization},
 * which takes the members in chunks.
 */
final class Expansion {
    /** A group being walked, with the recipient whose report requests its members inherit. */
    private record Walk(Group group, Recipient root, Optional<Cursor> cursor) {}

    private final ResolverRules rules;
    private final Visited visited;
    private final Consumer<Finding> findings;
    private final Consumer<Pending> lookUps;
    private final ArrayDeque<Walk> walks = new ArrayDeque<>(1);
    private final List<Member> members = new ArrayList<>();
    private final List<String> entered = new ArrayList<>();
    private final TreeSet<String> groupsSeen = Names.set();
    /** Members that are durable from before a crash: met again, but made no second time. */
    private final Visited durable = new Visited();

    /**
     * Nothing to walk yet.
     *
     * @param visited addresses seen, shared with the direct recipients
     * @param findings takes what tracking is to know
     * @param lookUps takes addresses that members forward to
     */
    Expansion(
            CategorizerRequest request,
            ResolverRules rules,
            Visited visited,
            Consumer<Finding> findings,
            Consumer<Pending> lookUps) {
        this.rules = rules;
        this.visited = visited;
        this.findings = findings;
        this.lookUps = lookUps;
        request.expandedBefore().forEach(groupsSeen::add);
        request.already().forEach(address -> durable.add(address.key()));
    }

    /** Puts a group behind those that are walked, unless it was entered before. */
    void enter(Group group, Recipient root) {
        if (!groupsSeen.add(group.name())) {
            findings.accept(new Finding.Duplicate(group.primaryAddress(), "group already expanded"));
            return;
        }
        entered.add(group.name());
        findings.accept(new Finding.Expanding(group.primaryAddress(), group.name()));
        walks.addLast(new Walk(group, root, Optional.empty()));
    }

    /** Asks for the next page of the group in front; empty when none is walked. */
    Optional<Step> ask() {
        Walk walk = walks.peekFirst();
        return walk == null
                ? Optional.empty()
                : Optional.of(
                        new Step.Ask(List.of(new Question.MembersOf(walk.group().name())), walk.cursor()));
    }

    /** The page that {@link #ask} asked for. */
    void answered(Page page) {
        Walk walk = walks.removeFirst();
        for (Answer answer : page.answers()) {
            if (answer instanceof Answer.Found found) {
                member(found.entry(), walk.root(), List.of());
            } else {
                String what =
                        answer instanceof Answer.NotFound missing ? missing.what() : ((Answer.Ambiguous) answer).what();
                findings.accept(new Finding.Lost(walk.group().primaryAddress(), what));
            }
        }
        page.next().ifPresent(next -> walks.addFirst(new Walk(walk.group(), walk.root(), Optional.of(next))));
    }

    /** A member of a group, or the mailbox that keeps a copy of what it forwards. */
    void member(DirectoryEntry entry, Recipient root, List<String> chain) {
        Optional<String> barred = rules.barred(entry);
        if (barred.isPresent()) {
            add(entry.primaryAddress(), root, new Destination.Nowhere(ResolverRules.NOT_ALLOWED, barred.get()));
        } else if (entry instanceof Mailbox mailbox) {
            mailbox(mailbox, root, chain);
        } else if (entry instanceof Contact contact) {
            follow(contact, contact.target(), root, chain);
        } else {
            Group group = (Group) entry;
            Optional<String> elsewhere = rules.expansionServer(group);
            if (elsewhere.isPresent()) {
                add(entry.primaryAddress(), root, new Destination.ExpandedAt(elsewhere.get()));
            } else {
                enter(group, root);
            }
        }
    }

    private void mailbox(Mailbox mailbox, Recipient root, List<String> chain) {
        EmailAddress address = mailbox.primaryAddress();
        if (rules.isTooBigFor(mailbox)) {
            add(address, root, new Destination.Nowhere(ResolverRules.TOO_BIG, ResolverRules.SIZE_WORDS));
            return;
        }
        if (mailbox.forwardTo().isEmpty()) {
            add(address, root, new Destination.InMailbox(mailbox.database()));
            return;
        }
        boolean fresh =
                !mailbox.deliverAndForward() || add(address, root, new Destination.InMailbox(mailbox.database()));
        if (fresh) {
            follow(mailbox, mailbox.forwardTo().get(), root, chain);
        }
    }

    private void follow(DirectoryEntry from, EmailAddress target, Recipient root, List<String> chain) {
        if (Pending.isIn(chain, from.name())) {
            String why = ResolverRules.LOOP_WORDS + from.name();
            add(from.primaryAddress(), root, new Destination.Nowhere(ResolverRules.LOOP, why));
            return;
        }
        findings.accept(new Finding.Redirected(from.primaryAddress(), target));
        if (rules.isAskedFor(target)) {
            lookUps.accept(Pending.member(inherit(root, target), Pending.longer(chain, from.name())));
        } else {
            add(target, root, new Destination.Outside());
        }
    }

    /** Adds a member; false when somebody of that address was met before. */
    boolean add(EmailAddress address, Recipient root, Destination destination) {
        if (!visited.add(address.key())) {
            findings.accept(new Finding.Duplicate(address, "already a recipient"));
            return false;
        }
        if (!durable.has(address.key())) {
            members.add(new Member(inherit(root, address), destination));
        }
        return true;
    }

    private static Recipient inherit(Recipient root, EmailAddress address) {
        return address.equals(root.address()) ? root : new Recipient(address, Optional.empty(), root.conditions());
    }

    /** Members found and not taken yet. */
    int size() {
        return members.size();
    }

    /** Takes the first members, at most {@code max}. */
    List<Member> take(int max) {
        List<Member> first = members.subList(0, Math.min(members.size(), max));
        List<Member> taken = List.copyOf(first);
        first.clear();
        return taken;
    }

    /** Names of the groups entered, in this order. */
    List<String> entered() {
        return List.copyOf(entered);
    }
}
