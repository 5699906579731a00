package org.bridgehead.core.categorizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.Group;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Recipient;

/**
 * Looks addresses up, in batches (BEHAVIOUR 2.2): those of the direct recipients, which it follows through contacts and
 * forwarding to where they end, and those that members of groups forward to, which it hands to the {@link Expansion}.
 * Owned by a {@link Categorization}.
 */
final class Resolution implements Asker {
    private final CategorizerRequest request;
    private final ResolverRules rules;
    private final TransportRules policy;
    private final Journals journals;
    private final Visited visited;
    private final Doorkeeper door;
    private final Supplier<Expansion> expansion;
    private final List<Finding> findings;
    private final AddressQueue pending;
    private final List<Pending> forwardRoots = new ArrayList<>(0);
    private final List<Integer> dropped = new ArrayList<>(0);
    private final List<Integer> expandedIndices = new ArrayList<>(0);
    private boolean senderDue;

    /** All recipients of the request are to be resolved; {@code findings} takes what is found out. */
    Resolution(Commons commons, Doorkeeper door, Supplier<Expansion> expansion, List<Finding> findings) {
        this.request = commons.request();
        this.rules = commons.rules();
        this.policy = commons.policy();
        this.journals = commons.journals();
        this.visited = commons.visited();
        this.door = door;
        this.expansion = expansion;
        this.findings = findings;
        this.pending = new AddressQueue(request);
        this.senderDue = door.firstQuestion().isPresent();
    }

    /** An address that a member forwards to. */
    void add(Pending asking) {
        pending.add(asking);
    }

    int size() {
        return pending.size();
    }

    @Override
    public Optional<Step.Ask> ask() {
        for (Pending local : pending.takeUnless(rules::isAskedFor)) {
            leaf(local, local.recipient(), new Destination.Outside());
        }
        return pending.ask(senderDue ? door.firstQuestion() : Optional.empty());
    }

    @Override
    public void answered(Page page) {
        int first = senderDue ? 1 : 0;
        if (page.answers().size() != Math.min(first + pending.size(), Directory.BATCH)) {
            throw new IllegalStateException(page.answers().size() + " answers to another number of questions");
        }
        if (senderDue) {
            senderDue = false;
            door.sender(page.answers().get(0));
        }
        List<Pending> asked = pending.take(page.answers().size() - first);
        Optional<Refusal> limit = first == 0 ? Optional.empty() : door.limit();
        if (limit.isPresent()) {
            refuseAll(limit.get());
            return;
        }
        for (int i = 0; i < asked.size(); i++) {
            resolve(asked.get(i), page.answers().get(first + i));
        }
    }

    /** The whole message is refused. */
    private void refuseAll(Refusal why) {
        pending.clear();
        findings.clear();
        dropped.clear();
        for (int index : request.open()) {
            Recipient recipient = request.recipients().get(index);
            findings.add(new Finding.Refused(index, recipient, why.status(), why.reason()));
        }
    }

    /** Nobody is left to look up: what becomes of each direct recipient is known. */
    Step direct() {
        Step direct = new Step.Direct(List.copyOf(findings), List.copyOf(dropped));
        findings.clear();
        forwardRoots.forEach(pending::add);
        return direct;
    }

    /** Direct recipients that stand for groups. */
    List<Integer> expandedIndices() {
        return List.copyOf(expandedIndices);
    }

    private void resolve(Pending asking, Answer answer) {
        if (answer instanceof Answer.Found found) {
            found(asking, found.entry());
        } else if (answer instanceof Answer.Ambiguous) {
            refuse(asking, Refusal.AMBIGUOUS);
        } else if (answer instanceof Answer.Malformed malformed) {
            refuse(asking, Refusal.malformed(malformed.what()));
        } else if (rules.isRelayed(asking.address()) || !rules.isAskedFor(asking.address())) {
            leaf(asking, asking.recipient(), new Destination.Outside());
        } else {
            refuse(asking, Refusal.UNKNOWN);
        }
    }

    private void found(Pending asking, DirectoryEntry entry) {
        if (!asking.isMember() && asking.open() && !asking.address().equals(entry.primaryAddress())) {
            findings.add(new Finding.Resolved(asking.address(), entry.primaryAddress()));
        }
        door.decide(asking, entry);
    }

    /** A direct recipient may have the message. */
    void admitted(Pending asking, DirectoryEntry entry) {
        Recipient primary = asking.recipient().rewrittenTo(entry.primaryAddress());
        if (entry instanceof Mailbox mailbox) {
            mailbox(asking, mailbox, primary);
        } else if (entry instanceof Contact contact) {
            follow(asking, primary, contact.name(), contact.target());
        } else {
            group(asking, (Group) entry, primary);
        }
    }

    private void mailbox(Pending asking, Mailbox mailbox, Recipient primary) {
        if (rules.isTooBigFor(mailbox)) {
            refuse(asking, mailbox, Refusal.TOO_BIG);
        } else if (mailbox.forwardTo().isEmpty() || request.resolved()) {
            leaf(asking, primary, new Destination.InMailbox(mailbox.database()));
        } else if (!mailbox.deliverAndForward()) {
            follow(asking, primary, mailbox.name(), mailbox.forwardTo().get());
        } else if (asking.open()) {
            expandedIndices.add(asking.index());
            forwardRoots.add(Pending.member(new Heritage(primary, Optional.empty()), List.of()));
        }
    }

    private void follow(Pending asking, Recipient from, String name, EmailAddress target) {
        if (Pending.isIn(asking.chain(), name)) {
            refuse(asking, Refusal.loop(Pending.path(asking.chain(), name)));
            return;
        }
        if (asking.open()) {
            findings.add(new Finding.Redirected(from.address(), target));
        }
        pending.add(asking.forwarded(from, target, name));
    }

    private void group(Pending asking, Group group, Recipient primary) {
        if (!asking.open()) {
            return;
        }
        Optional<String> elsewhere = rules.expansionServer(group);
        if (elsewhere.isPresent()) {
            leaf(asking, primary, new Destination.ExpandedAt(elsewhere.get()));
            return;
        }
        expandedIndices.add(asking.index());
        expansion.get().groups().enter(group, new Heritage(primary, Optional.empty()));
    }

    private void leaf(Pending asking, Recipient recipient, Destination destination) {
        if (asking.isMember()) {
            expansion.get().add(asking, recipient.address(), destination);
            return;
        }
        if (asking.open() && isRuled(recipient, destination)) {
            expandedIndices.add(asking.index());
            expansion.get().add(asking.asMember(recipient), recipient.address(), destination);
            return;
        }
        boolean fresh = visited.add(recipient.address().key());
        if (!asking.open()) {
            return;
        }
        if (fresh) {
            findings.add(new Finding.Leaf(asking.index(), recipient, destination));
        } else {
            boolean redirected = !asking.chain().isEmpty();
            findings.add(new Finding.Duplicate(recipient.address(), redirected, "already a recipient"));
            dropped.add(asking.index());
        }
    }

    /** Whoever a rule holds for is done with only when what the rule does is durable. */
    private boolean isRuled(Recipient recipient, Destination destination) {
        EmailAddress address = recipient.address();
        return !(destination instanceof Destination.ExpandedAt)
                && !(policy.of(address).isEmpty()
                        && journals.of(address, destination).isEmpty());
    }

    /** Refuses a recipient, or a member by the address it was asked for. */
    void refuse(Pending asking, Refusal why) {
        if (asking.isMember()) {
            expansion.get().add(asking, why);
            return;
        }
        // A group that leads here again must not have it bounce again.
        visited.add(asking.address().key());
        if (asking.open()) {
            findings.add(new Finding.Refused(asking.index(), asking.recipient(), why.status(), why.reason()));
        }
    }

    /** Refuses an entry: a direct recipient as it was written, a member by its primary address. */
    void refuse(Pending asking, DirectoryEntry entry, Refusal why) {
        if (asking.isMember()) {
            expansion.get().add(asking, entry.primaryAddress(), why.nowhere());
        } else {
            visited.add(entry.primaryAddress().key());
            refuse(asking, why);
        }
    }
}
