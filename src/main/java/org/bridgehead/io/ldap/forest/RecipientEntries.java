package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.bridgehead.core.directory.DirectoryDefinition;
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
import org.bridgehead.core.topology.Names;

/**
 * Recipients as users, groups and contacts of the domain. Somebody outside whom a recipient refers to becomes a contact
 * that has no more than that address. One thread.
 */
final class RecipientEntries {
    private final LdifTree tree;
    private final DN people;
    private final DN outside;
    private final ServerEntries servers;
    private final Map<String, DN> owners = new LinkedHashMap<>();
    private final SortedMap<String, DN> dnOf = Names.map();
    private final SortedMap<String, Boolean> groups = Names.map();

    RecipientEntries(LdifTree tree, DN root, ServerEntries servers) {
        this.tree = tree;
        this.servers = servers;
        this.people = tree.unit(root, "Recipients");
        this.outside = tree.unit(root, "Outside");
    }

    /** All of them, in their order. */
    void add(DirectoryDefinition directory) {
        for (RecipientDefinition recipient : directory.recipients()) {
            DirectoryEntry entry = recipient.entry();
            DN dn = new DN(new RDN("CN", entry.name()), people);
            dnOf.put(entry.name(), dn);
            groups.put(entry.name(), entry instanceof Group);
            entry.addresses().forEach(address -> owners.putIfAbsent(address.key(), dn));
        }
        directory.recipients().forEach(this::add);
    }

    private void add(RecipientDefinition recipient) {
        DirectoryEntry entry = recipient.entry();
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new Attribute("mailNickname", entry.name()));
        attributes.add(new Attribute("mail", entry.primaryAddress().toString()));
        attributes.add(new Attribute("proxyAddresses", proxies(entry.addresses())));
        restricted(attributes, entry.restrictions());
        if (entry instanceof Mailbox mailbox) {
            mailbox(attributes, mailbox);
        } else if (entry instanceof Contact contact) {
            attributes.add(new Attribute("targetAddress", "SMTP:" + contact.target()));
        } else if (entry instanceof Group group) {
            group(attributes, group, recipient.members());
        }
        recipient.attributes().forEach((name, values) -> {
            if (!values.isEmpty() && isFree(name, attributes)) {
                attributes.add(new Attribute(name, values));
            }
        });
        tree.add(people, entry.name(), classes(entry), attributes.toArray(Attribute[]::new));
    }

    private static boolean isFree(String name, List<Attribute> attributes) {
        return KeptAttributes.NEVER.stream().noneMatch(never -> Names.same(never, name))
                && attributes.stream().noneMatch(attribute -> Names.same(attribute.getName(), name));
    }

    private static List<String> classes(DirectoryEntry entry) {
        if (entry instanceof Mailbox) {
            return List.of("top", "person", "organizationalPerson", "user");
        }
        if (entry instanceof Contact) {
            return List.of("top", "person", "organizationalPerson", "contact");
        }
        return List.of("top", entry instanceof DistributionGroup ? "group" : "msExchDynamicDistributionList");
    }

    private static List<String> proxies(List<EmailAddress> addresses) {
        return IntStream.range(0, addresses.size())
                .mapToObj(i -> (i == 0 ? "SMTP:" : "smtp:") + addresses.get(i))
                .toList();
    }

    private void mailbox(List<Attribute> attributes, Mailbox mailbox) {
        attributes.add(new Attribute("homeMDB", servers.dn(mailbox.database())));
        mailbox.forwardTo().ifPresent(to -> attributes.add(new Attribute("altRecipient", dn(to))));
        if (mailbox.deliverAndForward()) {
            attributes.add(new Attribute("deliverAndRedirect", "TRUE"));
        }
        attributes.addAll(SiteEntries.size("delivContLength", mailbox.maxReceiveSize()));
        attributes.addAll(SiteEntries.size("submissionContLength", mailbox.maxSendSize()));
        mailbox.maxRecipients()
                .ifPresent(most -> attributes.add(new Attribute("msExchRecipLimit", String.valueOf(most))));
    }

    private void group(List<Attribute> attributes, Group group, List<String> members) {
        if (group instanceof DynamicDistributionGroup dynamic) {
            attributes.add(new Attribute("msExchDynamicDLFilter", dynamic.filter()));
        }
        named(attributes, "member", members);
        group.expansionServer()
                .ifPresent(hub -> attributes.add(new Attribute("msExchExpansionServerName", servers.legacy(hub))));
        named(attributes, "managedBy", group.manager().stream().toList());
        attributes.add(truth("reportToOriginator", group.reportTo() == ReportTo.ORIGINATOR));
        attributes.add(truth("reportToOwner", group.reportTo() == ReportTo.MANAGER));
    }

    private static Attribute truth(String name, boolean value) {
        return new Attribute(name, value ? "TRUE" : "FALSE");
    }

    /** Persons and groups stand in attributes of their own. */
    private void restricted(List<Attribute> attributes, Restrictions restrictions) {
        named(attributes, "authOrig", some(restrictions.acceptFrom(), false));
        named(attributes, "dLMemSubmitPerms", some(restrictions.acceptFrom(), true));
        named(attributes, "unauthOrig", some(restrictions.rejectFrom(), false));
        named(attributes, "dLMemRejectPerms", some(restrictions.rejectFrom(), true));
        if (restrictions.authenticatedOnly()) {
            attributes.add(truth("msExchRequireAuthToSendTo", true));
        }
    }

    private List<String> some(List<String> names, boolean wanted) {
        return names.stream()
                .filter(name -> groups.getOrDefault(name, false) == wanted)
                .toList();
    }

    /** A name once, as Active Directory holds it once; who stands in other files is left to them. */
    private void named(List<Attribute> attributes, String attribute, List<String> names) {
        List<String> dns =
                names.stream().flatMap(name -> dn(name).stream()).distinct().toList();
        if (!dns.isEmpty()) {
            attributes.add(new Attribute(attribute, dns));
        }
    }

    private Optional<String> dn(String reference) {
        return Optional.ofNullable(dnOf.get(reference))
                .map(DN::toString)
                .or(() -> EmailAddress.tryParse(reference).map(this::dn));
    }

    private String dn(EmailAddress address) {
        return owners.computeIfAbsent(address.key(), key -> contact(address)).toString();
    }

    private DN contact(EmailAddress address) {
        return tree.add(
                outside,
                address.toString(),
                List.of("top", "person", "organizationalPerson", "contact"),
                new Attribute("proxyAddresses", "SMTP:" + address),
                new Attribute("targetAddress", "SMTP:" + address));
    }
}
