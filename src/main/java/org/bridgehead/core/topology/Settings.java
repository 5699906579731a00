package org.bridgehead.core.topology;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of the whole organisation.
 *
 * @param name for people
 * @param acceptedDomains domains it takes mail for, in file order
 * @param routing how paths are chosen
 * @param limits size limits
 * @param retry ladder of hubs
 * @param edgeRetry ladder of edges: as {@code retry}, with the documented edge intervals where the file says nothing
 * @param connections outgoing connections
 * @param dumpster transport dumpster
 * @param secretFile how servers of one organisation know each other across processes
 * @param certificate of all its servers that have none of their own; empty = each makes one that vouches for itself
 * @param serverTls how its servers use STARTTLS among themselves; empty = opportunistic, but none where one process runs
 *     them all
 * @param rules about mail in transport, in the order in which they are applied
 * @param journal which mail is kept on record
 */
public record Settings(
        String name,
        List<AcceptedDomain> acceptedDomains,
        RoutingPolicy routing,
        Limits limits,
        RetrySettings retry,
        RetrySettings edgeRetry,
        ConnectionLimits connections,
        DumpsterSettings dumpster,
        Optional<String> secretFile,
        Optional<CertificateFiles> certificate,
        Optional<TlsMode> serverTls,
        List<TransportRule> rules,
        List<JournalRule> journal) {
    /** Copies the lists. */
    public Settings {
        acceptedDomains = List.copyOf(acceptedDomains);
        rules = List.copyOf(rules);
        journal = List.copyOf(journal);
    }

    /** Without a word on TLS, and without rules. */
    public Settings(
            String name,
            List<AcceptedDomain> acceptedDomains,
            RoutingPolicy routing,
            Limits limits,
            RetrySettings retry,
            RetrySettings edgeRetry,
            ConnectionLimits connections,
            DumpsterSettings dumpster,
            Optional<String> secretFile) {
        this(
                name,
                acceptedDomains,
                routing,
                limits,
                retry,
                edgeRetry,
                connections,
                dumpster,
                secretFile,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    /** Defaults for an organisation with one authoritative domain. */
    public static Settings of(String name, String domain) {
        return new Settings(
                name,
                List.of(new AcceptedDomain(domain, AcceptedDomain.Type.AUTHORITATIVE)),
                RoutingPolicy.DEFAULT,
                Limits.DEFAULT,
                RetrySettings.HUB,
                RetrySettings.HUB,
                ConnectionLimits.DEFAULT,
                DumpsterSettings.DEFAULT,
                Optional.empty());
    }

    /** The first authoritative domain, or the first one at all, or {@code invalid}. */
    public String defaultDomain() {
        for (AcceptedDomain one : acceptedDomains) {
            if (one.type() == AcceptedDomain.Type.AUTHORITATIVE) {
                return one.name();
            }
        }
        return acceptedDomains.isEmpty() ? "invalid" : acceptedDomains.get(0).name();
    }

    /** The entry that covers {@code domain}; an exact name wins over a wildcard. */
    public Optional<AcceptedDomain> acceptedDomain(String domain) {
        for (AcceptedDomain one : acceptedDomains) {
            if (one.name().equalsIgnoreCase(domain)) {
                return Optional.of(one);
            }
        }
        for (AcceptedDomain one : acceptedDomains) {
            if (one.covers(domain)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** The same settings with another routing policy. */
    public Settings withRouting(RoutingPolicy other) {
        return new Settings(
                name,
                acceptedDomains,
                other,
                limits,
                retry,
                edgeRetry,
                connections,
                dumpster,
                secretFile,
                certificate,
                serverTls,
                rules,
                journal);
    }

    /** The same settings with other rules. */
    public Settings withRules(List<TransportRule> others, List<JournalRule> otherJournal) {
        return new Settings(
                name,
                acceptedDomains,
                routing,
                limits,
                retry,
                edgeRetry,
                connections,
                dumpster,
                secretFile,
                certificate,
                serverTls,
                others,
                otherJournal);
    }

    /** Whether some rule wraps messages, so that they do not arrive as they were sent. */
    public boolean addsDisclaimers() {
        return rules.stream().anyMatch(rule -> rule.action() instanceof TransportRule.Disclaimer);
    }

    /** Names, in small letters, of the header fields that rules look at beside those that are always read. */
    public List<String> headerFields() {
        if (rules.isEmpty()) {
            return List.of();
        }
        return rules.stream()
                .flatMap(rule -> Stream.concat(rule.when().header().stream(), rule.except().header().stream()))
                .map(words -> words.field().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }
}
