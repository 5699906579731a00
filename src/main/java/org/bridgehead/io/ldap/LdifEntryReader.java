package org.bridgehead.io.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.DynamicDistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.mail.AddressSyntaxException;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.StorageGroup;
import org.bridgehead.core.topology.Topology;

/** What an LDAP entry is as a recipient. Names are distinguished names as the file writes them. */
public final class LdifEntryReader {
    private static final List<String> GROUPS = List.of("group", "groupOfNames", "groupOfUniqueNames");
    private static final List<String> MEMBERS = List.of("member", "uniqueMember");
    private static final int LONGEST_ATTRIBUTE = 4_096;

    /** What is read of an entry, members aside: a server need not send more. */
    static final List<String> ATTRIBUTES = List.of(
            "objectClass",
            "proxyAddresses",
            "mail",
            "targetAddress",
            "altRecipient",
            "deliverAndRedirect",
            "homeMDB",
            "mailHost",
            "msExchDynamicDLFilter",
            "msExchRequireAuthToSendTo",
            "authOrig",
            "dLMemSubmitPerms",
            "unauthOrig",
            "dLMemRejectPerms",
            "delivContLength",
            "submissionContLength",
            "msExchRecipLimit",
            "reportToOriginator",
            "reportToOwner",
            "managedBy",
            "msExchExpansionServerName");

    /** Of these, the ones that name other entries. */
    static final List<String> REFERENCES =
            List.of("altRecipient", "authOrig", "dLMemSubmitPerms", "unauthOrig", "dLMemRejectPerms", "managedBy");

    private final Topology topology;
    private final Map<String, Entry> entries;
    private final LdifSettings settings;

    /** {@code entries} by {@link LdifRecipients#key}. */
    public LdifEntryReader(Topology topology, Map<String, Entry> entries) {
        this.topology = topology;
        this.entries = entries;
        this.settings = new LdifSettings(topology, this::nameOf);
    }

    /** The recipient; empty for an entry without mail address; what is wrong with it is thrown. */
    public Optional<RecipientDefinition> recipient(Entry entry) throws LDAPException {
        List<EmailAddress> addresses = addresses(entry);
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        String name = entry.getDN();
        boolean group = GROUPS.stream().anyMatch(entry::hasObjectClass);
        DirectoryEntry object = group
                ? new DistributionGroup(
                        name,
                        addresses,
                        settings.expansionServer(entry),
                        settings.reportTo(entry),
                        settings.manager(entry),
                        settings.restrictions(entry))
                : person(entry, name, addresses);
        List<String> members = group ? members(entry) : List.of();
        Optional<String> password =
                Optional.ofNullable(entry.getAttributeValue("userPassword")).filter(text -> !text.startsWith("{"));
        return Optional.of(new RecipientDefinition(object, members, password, attributes(entry)));
    }

    private DirectoryEntry person(Entry entry, String name, List<EmailAddress> addresses) throws LDAPException {
        String filter = entry.getAttributeValue("msExchDynamicDLFilter");
        if (filter != null) {
            Filter.create(filter);
            return new DynamicDistributionGroup(
                    name,
                    addresses,
                    filter,
                    settings.expansionServer(entry),
                    settings.reportTo(entry),
                    settings.manager(entry),
                    settings.restrictions(entry));
        }
        String target = entry.getAttributeValue("targetAddress");
        if (target != null) {
            return new Contact(
                    name, addresses, address(target.replaceFirst("(?i)^smtp:", "")), settings.restrictions(entry));
        }
        return new Mailbox(
                name,
                addresses,
                database(entry),
                forward(entry),
                LdifSettings.isTrue(entry, "deliverAndRedirect"),
                LdifSettings.kilobytes(entry, "delivContLength"),
                LdifSettings.kilobytes(entry, "submissionContLength"),
                LdifSettings.count(entry, "msExchRecipLimit"),
                settings.restrictions(entry));
    }

    /** {@code SMTP:} marks the primary proxy address, {@code smtp:} the others; then {@code mail}. */
    private static List<EmailAddress> addresses(Entry entry) throws LDAPException {
        List<String> proxies = LdifRecipients.values(entry, "proxyAddresses");
        List<String> texts = Stream.of(
                        proxies.stream().filter(p -> p.startsWith("SMTP:")).map(p -> p.substring(5)),
                        LdifRecipients.values(entry, "mail").stream(),
                        proxies.stream()
                                .filter(p -> p.toLowerCase(Locale.ROOT).startsWith("smtp:"))
                                .map(p -> p.substring(5)))
                .flatMap(texts1 -> texts1)
                .toList();
        List<EmailAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            EmailAddress address = address(text);
            if (!addresses.contains(address)) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    private static EmailAddress address(String text) throws LDAPException {
        try {
            return EmailAddress.parse(text);
        } catch (AddressSyntaxException e) {
            throw wrong("not an e-mail address: " + e.getMessage());
        }
    }

    static LDAPException wrong(String message) {
        return new LDAPException(ResultCode.CONSTRAINT_VIOLATION, message);
    }

    private List<String> members(Entry entry) {
        return MEMBERS.stream()
                .flatMap(attribute -> LdifRecipients.values(entry, attribute).stream())
                .map(this::nameOf)
                .toList();
    }

    /** The distinguished name as the entry itself is written, when there is such an entry. */
    private String nameOf(String dn) {
        return Optional.ofNullable(entries.get(LdifRecipients.key(dn)))
                .map(Entry::getDN)
                .orElse(dn);
    }

    private Optional<EmailAddress> forward(Entry entry) throws LDAPException {
        String dn = entry.getAttributeValue("altRecipient");
        if (dn == null) {
            return Optional.empty();
        }
        Entry other = entries.get(LdifRecipients.key(dn));
        List<EmailAddress> addresses = other == null ? List.of() : addresses(other);
        if (addresses.isEmpty()) {
            throw wrong("mail is redirected to " + dn + ", which is no recipient of these files");
        }
        return Optional.of(addresses.get(0));
    }

    /** By {@code homeMDB}, else by {@code mailHost}, else the only mailbox server there is. */
    private DatabaseRef database(Entry entry) throws LDAPException {
        String home = entry.getAttributeValue("homeMDB");
        if (home != null) {
            return homeDatabase(home);
        }
        String host = entry.getAttributeValue("mailHost");
        List<Server> servers = topology.servers().values().stream()
                .filter(server -> server.is(Role.MAILBOX))
                .filter(server -> host == null || Names.same(server.name(), host.split("\\.", 2)[0]))
                .toList();
        Optional<MailboxRole> role = servers.size() == 1 ? servers.get(0).mailbox() : Optional.empty();
        StorageGroup first = role.map(r -> r.storageGroups().get(0))
                .orElseThrow(() -> wrong("cannot be placed: it has no homeMDB, and mailHost names no mailbox server"));
        return new DatabaseRef(
                servers.get(0).name(), first.name(), first.databases().get(0));
    }

    /** {@code CN=database,CN=storage group,CN=InformationStore,CN=server,…}. */
    private DatabaseRef homeDatabase(String home) throws LDAPException {
        RDN[] parts = new DN(home).getRDNs();
        if (parts.length < 4 || !Names.same(value(parts[2]), "InformationStore")) {
            throw wrong("its homeMDB is no CN=database,CN=group,CN=InformationStore,CN=server,…: " + home);
        }
        return topology.server(value(parts[3]))
                .flatMap(server -> server.mailbox()
                        .flatMap(role -> role.storageGroups().stream()
                                .filter(group -> Names.same(group.name(), value(parts[1])))
                                .flatMap(group -> group.databases().stream()
                                        .filter(database -> Names.same(database, value(parts[0])))
                                        .map(database -> new DatabaseRef(server.name(), group.name(), database)))
                                .findFirst()))
                .orElseThrow(() -> wrong("its homeMDB leads to no database of the topology: " + home));
    }

    private static String value(RDN rdn) {
        return rdn.getAttributeValues()[0];
    }

    private static SortedMap<String, List<String>> attributes(Entry entry) {
        SortedMap<String, List<String>> attributes = Names.map();
        for (Attribute attribute : entry.getAttributes()) {
            boolean members = MEMBERS.stream().anyMatch(name -> Names.same(name, attribute.getName()));
            if (!members
                    && attribute.getRawValues().length > 0
                    && attribute.getValue().length() <= LONGEST_ATTRIBUTE) {
                attributes.put(attribute.getName(), List.of(attribute.getValues()));
            }
        }
        attributes.remove("userPassword");
        attributes.remove("proxyAddresses");
        return Collections.unmodifiableSortedMap(attributes);
    }
}
