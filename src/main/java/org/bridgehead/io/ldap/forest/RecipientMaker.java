package org.bridgehead.io.ldap.forest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.NameRule;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.ldap.LdifEntryReader;

/**
 * Makes recipients of the forest's users, groups and contacts. What an entry is as a recipient is decided where it is
 * decided for LDIF files too, in {@link LdifEntryReader}; here entries are made fit for it, and get short names. One
 * thread.
 */
final class RecipientMaker {
    private final Forest forest;
    private final Homes homes;
    private final ServerNames servers;
    private final Guesses<String> guesses;
    private final boolean exchange;
    private final List<Candidate> candidates = new ArrayList<>();

    RecipientMaker(Forest forest, boolean wanted, Homes homes, ServerNames servers) {
        this.forest = forest;
        this.homes = homes;
        this.servers = servers;
        this.guesses = forest.guesses();
        this.exchange = forest.hasExchange();
        if (wanted) {
            forest.all().stream()
                    .filter(this::isRecipient)
                    .map(object -> Candidate.of(object, guesses))
                    .forEach(candidates::add);
        }
    }

    private boolean isRecipient(ForestObject object) {
        boolean mail = object.has("proxyAddresses") || object.has("mail") || object.has("msExchDynamicDLFilter");
        if (!mail || object.dn().toLowerCase(Locale.ROOT).contains(",cn=configuration,")) {
            return false;
        }
        if (object.isA("publicFolder")) {
            guesses.add("public folders are left out", object.dn(), object.name(0));
            return false;
        }
        boolean enabled = object.has("proxyAddresses") || object.has("homeMDB") || object.has("msExchDynamicDLFilter");
        if (!enabled && exchange) {
            guesses.add("accounts with a mail attribute alone are left out", object.dn(), object.name(0));
        }
        return enabled || !exchange;
    }

    /** The domains of people inside, by their primary addresses. */
    List<String> domains() {
        return candidates.stream()
                .filter(candidate -> candidate.target().isEmpty())
                .flatMap(candidate -> candidate.addresses().stream().limit(1))
                .map(EmailAddress::domain)
                .distinct()
                .toList();
    }

    /** All recipients in the order of the forest. */
    DirectoryDefinition directory(Topology topology) {
        AddressBook book = new AddressBook(topology.settings(), guesses);
        List<Candidate> fit = new Fitness(book, homes, guesses).fit(candidates);
        Map<String, Candidate> named = new LinkedHashMap<>();
        LegalNames names = new LegalNames(NameRule.ANY, "recipients", guesses);
        for (Candidate candidate : fit) {
            String name = names.claim(candidate.wantedName(), candidate.object().dn());
            book.name(candidate.object().dn(), name);
            named.put(name, candidate);
        }
        FitEntries entries = new FitEntries(topology, servers, book, guesses);
        named.values().forEach(entries::add);
        References references = new References(book, guesses);
        KeptAttributes kept = kept(fit);
        List<RecipientDefinition> recipients = new ArrayList<>();
        named.forEach((name, candidate) -> entries.recipient(candidate)
                .map(found -> references.named(found, name, kept.of(candidate.object(), name)))
                .ifPresent(recipients::add));
        return new DirectoryDefinition(recipients, List.of(), Optional.empty());
    }

    private static KeptAttributes kept(List<Candidate> candidates) {
        KeptAttributes kept = new KeptAttributes();
        candidates.stream().flatMap(candidate -> candidate.filter().stream()).forEach(kept::askedBy);
        return kept;
    }
}
