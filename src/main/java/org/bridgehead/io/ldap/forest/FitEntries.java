package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.directory.LdapSyntax;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.ldap.LdifEntryReader;
import org.bridgehead.io.ldap.LdifRecipients;

/**
 * Candidates as entries that {@link LdifEntryReader} takes: what it would refuse is left out and told, databases stand in
 * storage groups, servers have their names of the topology. One thread.
 */
final class FitEntries {
    private static final List<String> SAME = List.of(
            "member",
            "uniqueMember",
            "deliverAndRedirect",
            "targetAddress",
            "authOrig",
            "unauthOrig",
            "dLMemSubmitPerms",
            "dLMemRejectPerms",
            "msExchRequireAuthToSendTo",
            "reportToOriginator",
            "reportToOwner");

    private static final List<String> LIMITS = List.of("delivContLength", "submissionContLength", "msExchRecipLimit");

    private final Topology topology;
    private final ServerNames servers;
    private final AddressBook book;
    private final Guesses<String> guesses;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final LdifEntryReader reader;

    FitEntries(Topology topology, ServerNames servers, AddressBook book, Guesses<String> guesses) {
        this.topology = topology;
        this.servers = servers;
        this.book = book;
        this.guesses = guesses;
        this.reader = new LdifEntryReader(topology, entries);
    }

    /** Makes the entry of a candidate. */
    void add(Candidate candidate) {
        Entry entry = new Entry(candidate.object().dn());
        entry.addAttribute("objectClass", candidate.isGroup() ? "group" : "top");
        for (int i = 0; i < candidate.addresses().size(); i++) {
            entry.addAttribute(
                    "proxyAddresses",
                    (i == 0 ? "SMTP:" : "smtp:") + candidate.addresses().get(i));
        }
        for (String attribute : SAME) {
            List<String> values = candidate.object().values(attribute);
            if (!values.isEmpty()) {
                entry.addAttribute(new Attribute(attribute, values));
            }
        }
        candidate.home().ifPresent(home -> entry.addAttribute("homeMDB", home(home)));
        LIMITS.forEach(attribute -> limit(candidate, attribute).ifPresent(text -> entry.addAttribute(attribute, text)));
        filter(candidate).ifPresent(text -> entry.addAttribute("msExchDynamicDLFilter", text));
        expansionServer(candidate).ifPresent(text -> entry.addAttribute("msExchExpansionServerName", text));
        candidate
                .object()
                .value("managedBy")
                .filter(dn -> book.reference(dn).isPresent())
                .ifPresent(dn -> entry.addAttribute("managedBy", dn));
        entries.put(LdifRecipients.key(candidate.object().dn()), entry);
    }

    private static String home(DatabaseRef home) {
        return String.join(
                ",",
                new RDN("CN", home.database()).toString(),
                new RDN("CN", home.storageGroup()).toString(),
                "CN=InformationStore",
                new RDN("CN", home.server()).toString());
    }

    private Optional<String> limit(Candidate candidate, String attribute) {
        Optional<String> text = candidate.object().value(attribute);
        Optional<String> good = text.map(String::strip).filter(number -> number.matches("[1-9][0-9]{0,8}"));
        if (text.isPresent() && good.isEmpty()) {
            guesses.add(
                    attribute + " that is no limit above zero is left out",
                    candidate.object().dn(),
                    text.get());
        }
        return good;
    }

    /** As it is written, where topology files take it so; else as the LDAP library writes it. */
    private Optional<String> filter(Candidate candidate) {
        Optional<String> base = candidate.object().value("msExchDynamicDLBaseDN");
        base.filter(dn -> !dn.regionMatches(true, 0, "DC=", 0, 3))
                .ifPresent(dn -> guesses.add(
                        "dynamic groups look for members everywhere, not only below their base",
                        candidate.object().dn(),
                        dn));
        return candidate
                .filter()
                .map(filter -> candidate
                        .object()
                        .value("msExchDynamicDLFilter")
                        .filter(LdapSyntax::isFilter)
                        .orElseGet(filter::toString));
    }

    private Optional<String> expansionServer(Candidate candidate) {
        Optional<String> written = candidate.object().value("msExchExpansionServerName");
        Optional<String> hub = written.flatMap(servers::legacy)
                .filter(name -> topology.server(name)
                        .filter(server -> server.is(Role.HUB_TRANSPORT))
                        .isPresent());
        if (written.isPresent() && hub.isEmpty()) {
            guesses.add(
                    "expansion servers that are no hubs are left out",
                    candidate.object().dn(),
                    written.get());
        }
        return hub.map(name -> "/cn=" + name);
    }

    /** What the candidate is as a recipient; all of them must have been added. */
    Optional<RecipientDefinition> recipient(Candidate candidate) {
        String key = LdifRecipients.key(candidate.object().dn());
        Entry entry = Optional.ofNullable(entries.get(key)).orElseThrow();
        forward(candidate, entry);
        try {
            return reader.recipient(entry);
        } catch (LDAPException e) {
            throw new IllegalStateException(
                    "not made fit: " + candidate.object().dn() + ": " + e.getMessage(), e);
        }
    }

    /** Mail goes on to an entry, or to somebody outside, who gets one for that. */
    private void forward(Candidate candidate, Entry entry) {
        Optional<String> dn = candidate.object().value("altRecipient");
        dn.flatMap(book::outside).ifPresent(address -> {
            Entry other = new Entry(dn.get());
            other.addAttribute("proxyAddresses", "SMTP:" + address);
            entries.putIfAbsent(LdifRecipients.key(dn.get()), other);
        });
        if (dn.filter(to -> entries.containsKey(LdifRecipients.key(to))).isPresent()) {
            entry.addAttribute("altRecipient", dn.get());
        } else {
            dn.ifPresent(to -> guesses.add(
                    "forwarding to what is no recipient is left out",
                    candidate.object().dn(),
                    to));
            entry.removeAttribute("deliverAndRedirect");
        }
    }
}
