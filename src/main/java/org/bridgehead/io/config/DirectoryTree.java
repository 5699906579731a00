package org.bridgehead.io.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.DirectoryDefinition.Ldap;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.DynamicDistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Group;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.mail.EmailAddress;

/** Recipients as maps of a topology file: the inverse of {@link DirectoryReader} and {@link RecipientReader}. */
final class DirectoryTree {
    private DirectoryTree() {}

    /** The whole section. */
    static Map<String, Object> of(DirectoryDefinition directory) {
        Map<String, Object> recipients = new LinkedHashMap<>();
        directory
                .recipients()
                .forEach(recipient -> recipients.put(recipient.entry().name(), recipient(recipient)));
        return new Entries()
                .filled("recipients", recipients)
                .filled("ldif", directory.ldif())
                .put("ldap", directory.ldap().map(DirectoryTree::ldap))
                .map();
    }

    private static Map<String, Object> ldap(Ldap ldap) {
        return new Entries()
                .put("baseDn", ldap.baseDn())
                .put("bindDn", ldap.bindDn())
                .put("passwordFile", ldap.passwordFile())
                .map();
    }

    private static Map<String, Object> recipient(RecipientDefinition recipient) {
        DirectoryEntry entry = recipient.entry();
        Entries entries = new Entries()
                .put("type", type(entry).keyword())
                .put("addresses", TopologyTree.texts(entry.addresses()));
        if (entry instanceof Mailbox mailbox) {
            mailbox(entries, mailbox);
        } else if (entry instanceof DistributionGroup group) {
            entries.put("members", recipient.members());
            group(entries, group);
        } else if (entry instanceof DynamicDistributionGroup group) {
            entries.put("filter", group.filter());
            group(entries, group);
        } else if (entry instanceof Contact contact) {
            entries.put("target", contact.target().toString());
        }
        restricted(entries, entry.restrictions());
        return entries.put("password", recipient.password())
                .filled("attributes", attributes(recipient))
                .map();
    }

    private static RecipientType type(DirectoryEntry entry) {
        if (entry instanceof Mailbox) {
            return RecipientType.MAILBOX;
        }
        if (entry instanceof Contact) {
            return RecipientType.CONTACT;
        }
        return entry instanceof DistributionGroup ? RecipientType.GROUP : RecipientType.DYNAMIC_GROUP;
    }

    private static void mailbox(Entries entries, Mailbox mailbox) {
        entries.put("database", mailbox.database().toString())
                .put("forwardTo", mailbox.forwardTo().map(EmailAddress::toString))
                .unless(false, "deliverAndForward", mailbox.deliverAndForward())
                .put("maxReceiveSize", TopologyTree.size(mailbox.maxReceiveSize()))
                .put("maxSendSize", TopologyTree.size(mailbox.maxSendSize()));
        mailbox.maxRecipients().ifPresent(most -> entries.put("maxRecipients", most));
    }

    private static void group(Entries entries, Group group) {
        entries.put("expansionServer", group.expansionServer())
                .unless(
                        RecipientReader.keyword(ReportTo.ORIGINATOR),
                        "reportTo",
                        RecipientReader.keyword(group.reportTo()))
                .put("manager", group.manager());
    }

    private static void restricted(Entries entries, Restrictions restrictions) {
        entries.filled("acceptFrom", restrictions.acceptFrom())
                .filled("rejectFrom", restrictions.rejectFrom())
                .unless(false, "authenticatedOnly", restrictions.authenticatedOnly());
    }

    /** One value stands by itself, several in a list. */
    private static Map<String, Object> attributes(RecipientDefinition recipient) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        recipient
                .attributes()
                .forEach((name, values) -> attributes.put(name, values.size() == 1 ? values.get(0) : values));
        return attributes;
    }
}
