package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.TransportRule;

/**
 * Whom a recipient of a letter stands for, worked out from the directory alone and not by the categorizer: the naive
 * model that simulations are held against. One thread; the directory must not change without {@link #forget}.
 */
final class Obligations {
    /** What is known of one recipient of one message. */
    interface Known {
        /** A mailbox, or somebody outside, has it. */
        boolean arrived(EmailAddress address);

        /** It was refused for good, and its sender has been told where that is due. */
        boolean refused(EmailAddress address);

        /** Some server is responsible for it. */
        boolean held(EmailAddress address);
    }

    /**
     * An address with what it stands for.
     *
     * @param parts who is to have it, too
     * @param instead who may have it instead, as a transport rule has it
     * @param also who may have it, too, as a transport rule has it
     * @param silent whether nobody hears what becomes of the parts
     */
    private record Node(
            List<EmailAddress> addresses,
            boolean ends,
            List<EmailAddress> parts,
            List<EmailAddress> instead,
            List<EmailAddress> also,
            boolean silent) {}

    private final Directory directory;
    private final List<TransportRule> rules;
    private final Map<EmailAddress, Node> nodes = new LinkedHashMap<>();
    private final Map<EmailAddress, Set<EmailAddress>> closures = new LinkedHashMap<>();

    Obligations(Directory directory, List<TransportRule> rules) {
        this.directory = directory;
        this.rules = rules;
    }

    /** The directory has changed. */
    void forget() {
        nodes.clear();
        closures.clear();
    }

    /** The first address for which nothing is known; empty = everybody is cared for. */
    Optional<EmailAddress> neglected(EmailAddress recipient, Known known) {
        Node node = node(recipient);
        // Nearly everybody stands for himself alone, and nearly always it is there.
        if (node.parts().isEmpty()) {
            return hasArrived(node, known) || isCaredFor(node, known)
                    ? Optional.empty()
                    : itself(recipient, node, known);
        }
        return neglected(recipient, known, new LinkedHashSet<>());
    }

    /** Whether some server is responsible for it, by any of its names, or it was refused for good. */
    private static boolean isCaredFor(Node node, Known known) {
        for (EmailAddress name : node.addresses()) {
            if (known.held(name) || known.refused(name)) {
                return true;
            }
        }
        return false;
    }

    private Optional<EmailAddress> itself(EmailAddress recipient, Node node, Known known) {
        boolean done = !node.ends()
                || hasArrived(node, known)
                || node.instead().stream().anyMatch(other -> isServed(other, known, new LinkedHashSet<>()));
        return done ? Optional.empty() : Optional.of(recipient);
    }

    /** Whether the one who has it instead has it, or those do to whom he forwards. */
    private boolean isServed(EmailAddress other, Known known, Set<EmailAddress> seen) {
        Node node = node(other);
        if (hasArrived(node, known) || isCaredFor(node, known)) {
            return true;
        }
        return !node.ends()
                && seen.add(node.addresses().get(0))
                && node.parts().stream().allMatch(part -> isServed(part, known, seen));
    }

    private static boolean hasArrived(Node node, Known known) {
        for (EmailAddress name : node.addresses()) {
            if (known.arrived(name)) {
                return true;
            }
        }
        return false;
    }

    private Optional<EmailAddress> neglected(EmailAddress recipient, Known known, Set<EmailAddress> seen) {
        Node node = node(recipient);
        if (node.parts().isEmpty() && hasArrived(node, known)
                || isCaredFor(node, known)
                || !seen.add(node.addresses().get(0))) {
            return Optional.empty();
        }
        Optional<EmailAddress> missed = itself(recipient, node, known);
        if (missed.isPresent()) {
            return missed;
        }
        for (EmailAddress part : node.silent() ? List.<EmailAddress>of() : node.parts()) {
            Optional<EmailAddress> missing = neglected(part, known, seen);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    /** Whether whoever is responsible for {@code from} is responsible for {@code address}, too. */
    boolean covers(EmailAddress from, EmailAddress address) {
        return closure(from).contains(node(address).addresses().get(0));
    }

    /** Everybody that an address stands for, by their first addresses. */
    private Set<EmailAddress> closure(EmailAddress address) {
        Set<EmailAddress> known = closures.get(address);
        if (known == null) {
            known = new LinkedHashSet<>();
            close(address, known);
            closures.put(address, known);
        }
        return known;
    }

    private void close(EmailAddress address, Set<EmailAddress> all) {
        Node node = node(address);
        if (all.add(node.addresses().get(0))) {
            node.parts().forEach(part -> close(part, all));
            node.instead().forEach(other -> close(other, all));
            node.also().forEach(other -> close(other, all));
        }
    }

    /** Whether the directory has it. */
    boolean isKnown(EmailAddress address) {
        return answer(address) instanceof Answer.Found;
    }

    /** Whether a letter for it is one letter for one mailbox or host. */
    boolean isSingle(EmailAddress recipient) {
        Node node = node(recipient);
        return node.parts().isEmpty() && node.instead().isEmpty() && node.also().isEmpty();
    }

    private Node node(EmailAddress address) {
        Node known = nodes.get(address);
        if (known == null) {
            known = read(address);
            nodes.put(address, known);
        }
        return known;
    }

    private Answer answer(EmailAddress address) {
        return directory
                .ask(List.of(new Question.ByAddress(address)), Optional.empty())
                .answers()
                .get(0);
    }

    private Node read(EmailAddress address) {
        if (!(answer(address) instanceof Answer.Found found)) {
            return new Node(List.of(address), true, List.of(), instead(address), also(address), false);
        }
        DirectoryEntry entry = found.entry();
        if (entry instanceof DirectoryEntry.Mailbox mailbox) {
            boolean keeps = mailbox.forwardTo().isEmpty() || mailbox.deliverAndForward();
            return new Node(
                    mailbox.addresses(),
                    keeps,
                    mailbox.forwardTo().map(List::of).orElse(List.of()),
                    instead(mailbox.primaryAddress()),
                    also(mailbox.primaryAddress()),
                    false);
        }
        if (entry instanceof DirectoryEntry.Contact contact) {
            return new Node(contact.addresses(), false, List.of(contact.target()), List.of(), List.of(), false);
        }
        DirectoryEntry.Group group = (DirectoryEntry.Group) entry;
        boolean silent = group.reportTo() == ReportTo.NOBODY
                || group.reportTo() == ReportTo.MANAGER && group.manager().isEmpty();
        return new Node(entry.addresses(), false, members(entry.name()), List.of(), List.of(), silent);
    }

    /** Which rules apply depends on more than the address: any of them may. */
    private List<EmailAddress> instead(EmailAddress address) {
        return rules.stream()
                .filter(rule -> mayConcern(rule, address))
                .map(TransportRule::action)
                .filter(TransportRule.Redirect.class::isInstance)
                .map(action -> ((TransportRule.Redirect) action).to())
                .filter(other -> !other.equals(address))
                .toList();
    }

    private List<EmailAddress> also(EmailAddress address) {
        return rules.stream()
                .filter(rule -> mayConcern(rule, address))
                .map(TransportRule::action)
                .filter(TransportRule.AddRecipient.class::isInstance)
                .map(action -> ((TransportRule.AddRecipient) action).recipient())
                .filter(other -> !other.equals(address))
                .toList();
    }

    private static boolean mayConcern(TransportRule rule, EmailAddress address) {
        List<String> to = rule.when().to();
        return to.isEmpty() || to.stream().anyMatch(one -> one.startsWith("*") || one.equals(address.key()));
    }

    private List<EmailAddress> members(String group) {
        List<EmailAddress> members = new ArrayList<>();
        Optional<Cursor> cursor = Optional.empty();
        do {
            Page page = directory.ask(List.of(new Question.MembersOf(group)), cursor);
            for (Answer answer : page.answers()) {
                if (answer instanceof Answer.Found found) {
                    members.add(found.entry().primaryAddress());
                }
            }
            cursor = page.next();
        } while (cursor.isPresent());
        return members;
    }
}
