package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.DynamicDistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Names;

/** The recipients of an organisation by name and by address. Members of dynamic groups are unknown here. */
final class People {
    private final SortedMap<String, RecipientDefinition> byName = Names.map();
    private final SortedMap<String, List<DirectoryEntry>> byAddress = new TreeMap<>();
    private final boolean complete;

    private People(DirectoryDefinition directory) {
        complete = directory.ldif().isEmpty() && directory.ldap().isEmpty();
        for (RecipientDefinition recipient : directory.recipients()) {
            byName.putIfAbsent(recipient.entry().name(), recipient);
            for (EmailAddress address : recipient.entry().addresses()) {
                List<DirectoryEntry> owners = byAddress.computeIfAbsent(address.key(), key -> new ArrayList<>(1));
                if (!owners.contains(recipient.entry())) {
                    owners.add(recipient.entry());
                }
            }
        }
    }

    static People of(DirectoryDefinition directory) {
        return new People(directory);
    }

    /** All of them in name order. */
    List<DirectoryEntry> all() {
        return byName.values().stream().map(RecipientDefinition::entry).toList();
    }

    /** Whether nobody can be in a place that was not read. */
    boolean areComplete() {
        return complete;
    }

    /** Who claims each address, in the order of addresses. */
    SortedMap<String, List<DirectoryEntry>> owners() {
        return byAddress;
    }

    /** The recipient with an address; the first one when several claim it. */
    Optional<DirectoryEntry> at(EmailAddress address) {
        return Optional.ofNullable(byAddress.get(address.key())).map(owners -> owners.get(0));
    }

    /** The recipient that a member list means, by name or address. */
    Optional<DirectoryEntry> named(String member) {
        return Optional.ofNullable(byName.get(member))
                .map(RecipientDefinition::entry)
                .or(() -> EmailAddress.tryParse(member).flatMap(this::at));
    }

    /** What a group's member list says; nothing for all others. */
    List<String> memberNames(DirectoryEntry group) {
        return group instanceof DistributionGroup
                ? Optional.ofNullable(byName.get(group.name()))
                        .map(RecipientDefinition::members)
                        .orElse(List.of())
                : List.of();
    }

    /** The members of a group with a written list that are recipients here. */
    List<DirectoryEntry> members(DirectoryEntry group) {
        return memberNames(group).stream()
                .flatMap(member -> named(member).stream())
                .toList();
    }

    /** Where an entry's mail goes on to: a mailbox' forward or a contact's target. */
    static Optional<EmailAddress> forward(DirectoryEntry entry) {
        if (entry instanceof Contact contact) {
            return Optional.of(contact.target());
        }
        return entry instanceof Mailbox mailbox ? mailbox.forwardTo() : Optional.empty();
    }

    /** Whether a copy of what goes on stays with it. */
    static boolean keepsCopy(DirectoryEntry entry) {
        return entry instanceof Mailbox mailbox && mailbox.deliverAndForward();
    }

    static boolean isGroup(DirectoryEntry entry) {
        return entry instanceof DistributionGroup || entry instanceof DynamicDistributionGroup;
    }
}
