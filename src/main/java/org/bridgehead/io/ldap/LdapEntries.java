package org.bridgehead.io.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import java.util.List;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.DynamicDistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Group;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.RecipientDefinition;

/** Recipients as LDAP entries, so that filters meet what Active Directory would show them. */
final class LdapEntries {
    private LdapEntries() {}

    /** Standard attributes, unless the recipient writes them itself, and the written ones. */
    static Entry entry(RecipientDefinition recipient) {
        DirectoryEntry object = recipient.entry();
        Entry entry = new Entry(new RDN("CN", object.name()).toString());
        recipient.attributes().forEach(entry::addAttribute);
        classes(object).forEach(name -> entry.addAttribute("objectClass", name));
        standard(entry, "objectCategory", category(object));
        standard(entry, "cn", object.name());
        standard(entry, "name", object.name());
        standard(entry, "displayName", object.name());
        standard(entry, "mailNickname", object.name());
        standard(entry, "mail", object.primaryAddress().toString());
        for (int i = 0; i < object.addresses().size(); i++) {
            entry.addAttribute(
                    "proxyAddresses",
                    (i == 0 ? "SMTP:" : "smtp:") + object.addresses().get(i));
        }
        if (object.restrictions().authenticatedOnly()) {
            standard(entry, "msExchRequireAuthToSendTo", "TRUE");
        }
        if (object instanceof Group group) {
            group.manager().ifPresent(manager -> standard(entry, "managedBy", manager));
        }
        if (object instanceof Mailbox mailbox) {
            var database = mailbox.database();
            standard(entry, "sAMAccountName", object.name());
            standard(
                    entry,
                    "homeMDB",
                    "CN=" + database.database() + ",CN=" + database.storageGroup() + ",CN=InformationStore,CN="
                            + database.server());
        } else if (object instanceof Contact contact) {
            standard(entry, "targetAddress", "SMTP:" + contact.target());
        }
        return entry;
    }

    private static void standard(Entry entry, String attribute, String value) {
        if (!entry.hasAttribute(attribute)) {
            entry.addAttribute(attribute, value);
        }
    }

    private static String category(DirectoryEntry object) {
        if (object instanceof DistributionGroup) {
            return "group";
        }
        return object instanceof DynamicDistributionGroup ? "msExchDynamicDistributionList" : "person";
    }

    private static List<String> classes(DirectoryEntry object) {
        if (object instanceof Mailbox) {
            return List.of("top", "person", "organizationalPerson", "user");
        }
        if (object instanceof Contact) {
            return List.of("top", "person", "organizationalPerson", "contact");
        }
        return object instanceof DynamicDistributionGroup
                ? List.of("top", "msExchDynamicDistributionList")
                : List.of("top", "group");
    }
}
