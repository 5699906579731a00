package org.bridgehead.core.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Names;

/**
 * The {@code directory:} part of a topology file.
 *
 * @param recipients written in the file itself, in file order
 * @param ldif further files, relative to the topology file
 * @param ldap where domain controllers are asked instead
 */
public record DirectoryDefinition(List<RecipientDefinition> recipients, List<String> ldif, Optional<Ldap> ldap) {
    /** Nobody at all. */
    public static final DirectoryDefinition EMPTY = new DirectoryDefinition(List.of(), List.of(), Optional.empty());

    /**
     * How domain controllers are asked.
     *
     * @param baseDn search base
     * @param bindDn who asks
     * @param passwordFile the password's file, relative to the topology file
     * @param access time limits, protection, cache
     */
    public record Ldap(String baseDn, Optional<String> bindDn, Optional<String> passwordFile, LdapAccess access) {
        /** Asked as usual. */
        public Ldap(String baseDn, Optional<String> bindDn, Optional<String> passwordFile) {
            this(baseDn, bindDn, passwordFile, LdapAccess.DEFAULT);
        }
    }

    /** Copies the lists. */
    public DirectoryDefinition {
        recipients = List.copyOf(recipients);
        ldif = List.copyOf(ldif);
    }

    /**
     * The same people, one of whom joins or leaves a static group.
     *
     * @param group any of its addresses
     * @param member any of the member's addresses; may be somebody outside who joins
     * @throws IllegalArgumentException when no static group has that address
     */
    public DirectoryDefinition withMember(EmailAddress group, EmailAddress member, boolean joins) {
        RecipientDefinition of = owner(group)
                .filter(owner -> owner.entry() instanceof DirectoryEntry.DistributionGroup)
                .orElseThrow(() -> new IllegalArgumentException("no group with a member list has " + group));
        List<String> members = new ArrayList<>(of.members());
        if (!joins) {
            members.removeIf(text -> means(text, member));
        } else if (members.stream().noneMatch(text -> means(text, member))) {
            members.add(member.toString());
        }
        RecipientDefinition changed = new RecipientDefinition(of.entry(), members, of.password(), of.attributes());
        return new DirectoryDefinition(
                recipients.stream().map(one -> one == of ? changed : one).toList(), ldif, ldap);
    }

    private Optional<RecipientDefinition> owner(EmailAddress address) {
        return recipients.stream()
                .filter(recipient -> recipient.entry().addresses().contains(address))
                .findFirst();
    }

    /** Whether a member list's text, a name or an address, is about whoever has {@code address}. */
    private boolean means(String text, EmailAddress address) {
        Optional<DirectoryEntry> entry = owner(address).map(RecipientDefinition::entry);
        return entry.filter(known -> Names.same(known.name(), text)).isPresent()
                || EmailAddress.tryParse(text)
                        .filter(other -> other.equals(address)
                                || entry.filter(known -> known.addresses().contains(other))
                                        .isPresent())
                        .isPresent();
    }
}
