package org.bridgehead.io.ldap.forest;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.DynamicDistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Group;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.topology.Guesses;

/** Gives recipients and those they refer to the names of a topology, in place of distinguished names. One thread. */
final class References {
    private final AddressBook book;
    private final Guesses<String> guesses;

    References(AddressBook book, Guesses<String> guesses) {
        this.book = book;
        this.guesses = guesses;
    }

    /** The recipient under a new name, with these attributes. */
    RecipientDefinition named(RecipientDefinition recipient, String name, SortedMap<String, List<String>> attributes) {
        DirectoryEntry entry = recipient.entry();
        List<String> members = all(recipient.members(), "members that are no recipients are left out", name);
        return new RecipientDefinition(entry(entry, name), members, Optional.empty(), attributes);
    }

    private DirectoryEntry entry(DirectoryEntry entry, String name) {
        Restrictions restrictions = restrictions(entry.restrictions(), name);
        if (entry instanceof Mailbox its) {
            return new Mailbox(
                    name,
                    its.addresses(),
                    its.database(),
                    its.forwardTo(),
                    its.deliverAndForward(),
                    its.maxReceiveSize(),
                    its.maxSendSize(),
                    its.maxRecipients(),
                    restrictions);
        }
        if (entry instanceof Contact its) {
            return new Contact(name, its.addresses(), its.target(), restrictions);
        }
        Group group = (Group) entry;
        Optional<String> manager = group.manager().flatMap(book::reference);
        ReportTo reportTo = reportTo(group.reportTo(), manager, name);
        return entry instanceof DynamicDistributionGroup its
                ? new DynamicDistributionGroup(
                        name, its.addresses(), its.filter(), its.expansionServer(), reportTo, manager, restrictions)
                : new DistributionGroup(
                        name, entry.addresses(), group.expansionServer(), reportTo, manager, restrictions);
    }

    private ReportTo reportTo(ReportTo wanted, Optional<String> manager, String name) {
        if (wanted == ReportTo.MANAGER && manager.isEmpty()) {
            guesses.add("groups that report to a manager who is not there report to the sender", name, name);
            return ReportTo.ORIGINATOR;
        }
        return wanted;
    }

    /** Where nobody is left who may write, nobody may: an empty list would let everybody in. */
    private Restrictions restrictions(Restrictions written, String name) {
        List<String> accept = all(written.acceptFrom(), "senders that are no recipients are left out", name);
        List<String> reject = all(written.rejectFrom(), "senders that are no recipients are left out", name);
        if (accept.isEmpty() && !written.acceptFrom().isEmpty()) {
            guesses.add("where nobody is left of those who may write, only the recipient itself may", name, name);
            accept = List.of(name);
        }
        Restrictions restrictions = new Restrictions(accept, reject, written.authenticatedOnly());
        return restrictions.equals(Restrictions.NONE) ? Restrictions.NONE : restrictions;
    }

    private List<String> all(List<String> dns, String otherwise, String name) {
        return dns.stream()
                .flatMap(dn -> {
                    Optional<String> reference = book.reference(dn);
                    if (reference.isEmpty()) {
                        guesses.add(otherwise, name, dn + " of " + name);
                    }
                    return reference.stream();
                })
                .toList();
    }
}
