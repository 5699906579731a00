package org.bridgehead.core.categorizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.Group;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Treatment;
import org.bridgehead.core.topology.TransportRule;

/**
 * Gathers the members of groups and what they forward to (BEHAVIOUR 2.4), under the transport rules. Every address
 * becomes a member once: harmless loops end there. Not thread-safe; owned by a {@link Categorization}, which takes the
 * members in chunks.
 */
final class Expansion {
    /** What an expansion hands on to the rest of the categorization. */
    interface Outlets {
        /** What tracking is to know. */
        void found(Finding finding);

        /** A member whose entry is known. */
        void meet(Pending asking, DirectoryEntry entry);

        /** An address that a member forwards to. */
        void lookUp(Pending asking);

        /** A member that cannot be reached. */
        void refuse(Pending asking, Refusal why);
    }

    private final ResolverRules rules;
    private final TransportRules policy;
    private final Journals journals;
    private final Visited visited;
    private final Outlets outlets;
    private final GroupWalks groups;
    private final List<Member> members = new ArrayList<>();
    /** Those whose mail a rule gives to another one, and those of them who are such another one. */
    private final Visited away = new Visited();

    private final Visited back = new Visited();
    /** Members that are durable from before a crash: met again, but made no second time. */
    private final Visited durable = new Visited();

    /** Nothing to walk yet. */
    Expansion(Commons commons, Outlets outlets) {
        this.rules = commons.rules();
        this.policy = commons.policy();
        this.journals = commons.journals();
        this.visited = commons.visited();
        this.outlets = outlets;
        this.groups = new GroupWalks(commons, outlets);
        commons.request().already().forEach(address -> durable.add(address.key()));
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
                groups.enter(group, asking.heritage());
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
        if (!visited.add(address.key()) && !comesBack(asking, address)) {
            boolean redirected = asking.byRule() || !asking.chain().isEmpty();
            outlets.found(new Finding.Duplicate(address, redirected, "already a recipient"));
            return false;
        }
        List<String> changes = new ArrayList<>(0);
        Optional<Destination> end = !asking.byRule() && isEnd(destination)
                ? ruled(asking, address, destination, changes)
                : Optional.of(destination);
        if (end.isPresent() && !durable.has(address.key())) {
            Treatment treatment = treatment(address, end.get(), changes);
            members.add(new Member(asking.heritage().to(address), asking.sender(), end.get(), treatment));
        }
        return true;
    }

    private Treatment treatment(EmailAddress address, Destination end, List<String> changes) {
        if (end instanceof Destination.Nowhere no) {
            return Treatment.refused(no.status(), no.reason());
        }
        List<String> kept = isEnd(end) ? journals.of(address, end) : List.of();
        return changes.isEmpty() && kept.isEmpty() ? Treatment.NONE : new Treatment(changes, kept, Optional.empty());
    }

    /** Whose own mail a rule redirects may be the one to whom it redirects all. */
    private boolean comesBack(Pending asking, EmailAddress address) {
        return asking.byRule() && away.has(address.key()) && back.add(address.key());
    }

    private static boolean isEnd(Destination destination) {
        return destination instanceof Destination.InMailbox || destination instanceof Destination.Outside;
    }

    /** What the rules make of a destination; empty = another one gets the message instead. Those that change it are told. */
    private Optional<Destination> ruled(
            Pending asking, EmailAddress address, Destination destination, List<String> changes) {
        for (TransportRule rule : policy.of(address)) {
            if (rule.action() instanceof TransportRule.AddRecipient add) {
                if (policy.isFirst(rule)) {
                    outlets.found(new Finding.Ruled(address, rule));
                    send(Pending.byRule(asking.heritage().with(add.recipient())));
                }
                continue;
            }
            outlets.found(new Finding.Ruled(address, rule));
            if (rule.action() instanceof TransportRule.Change) {
                changes.add(rule.name());
                continue;
            }
            if (rule.action() instanceof TransportRule.Redirect redirect) {
                outlets.found(new Finding.Redirected(address, redirect.to()));
                away.add(address.key());
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

    /** Takes members that share the sender and the treatment of the first one, at most {@code max}. */
    List<Member> take(int max) {
        List<Member> taken = new ArrayList<>();
        List<Member> left = new ArrayList<>();
        for (Member member : members) {
            boolean same = taken.isEmpty()
                    || member.sender().equals(taken.get(0).sender())
                            && member.treatment().equals(taken.get(0).treatment());
            (same && taken.size() < max ? taken : left).add(member);
        }
        members.clear();
        members.addAll(left);
        return taken;
    }

    /** The groups, walked as long as they ask for pages. */
    GroupWalks groups() {
        return groups;
    }
}
