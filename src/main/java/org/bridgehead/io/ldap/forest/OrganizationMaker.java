package org.bridgehead.io.ldap.forest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.HostNames;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Settings;

/** Makes the organisation's name and accepted domains. One thread. */
final class OrganizationMaker {
    private static final String FLAGS = "msExchAcceptedDomainFlags";
    private static final String PARTITION = "CN=Configuration,";

    private final Forest forest;
    private final AdOptions options;
    private final Guesses<String> guesses;

    OrganizationMaker(Forest forest, AdOptions options) {
        this.forest = forest;
        this.options = options;
        this.guesses = forest.guesses();
    }

    /** The settings with that name and those domains; where the forest tells of none, domains that people have. */
    Settings settings(List<String> peoplesDomains) {
        Settings base = options.settings();
        return new Settings(
                name(),
                domains(peoplesDomains),
                base.routing(),
                base.limits(),
                base.retry(),
                base.edgeRetry(),
                base.connections(),
                base.dumpster(),
                base.secretFile(),
                base.certificate(),
                base.serverTls(),
                base.rules(),
                base.journal());
    }

    private String name() {
        return options.name()
                .or(() -> forest.all(Kind.ORGANIZATION).stream()
                        .map(object -> object.name(0))
                        .filter(name -> !name.isBlank())
                        .findFirst())
                .or(() -> rootDomain().map(domain -> domain.split("\\.", 2)[0]))
                .orElse("Imported");
    }

    /** The DNS name of the root domain, by the name of the configuration partition. */
    private Optional<String> rootDomain() {
        return forest.all(Kind.SITE).stream()
                .findFirst()
                .map(site -> site.above(site.depth() - labels(site))
                        .replaceAll("(?i)\\s*DC=", "")
                        .replace(',', '.'))
                .filter(HostNames::isDomain)
                .map(domain -> domain.toLowerCase(Locale.ROOT));
    }

    /** How many names at the end of an object's are those of the domain. */
    private static int labels(ForestObject object) {
        String dn = object.dn().toLowerCase(Locale.ROOT);
        int at = dn.indexOf(PARTITION.toLowerCase(Locale.ROOT));
        return at < 0 ? 0 : dn.substring(at + PARTITION.length()).split(",", -1).length;
    }

    private List<AcceptedDomain> domains(List<String> peoplesDomains) {
        List<AcceptedDomain> domains = written();
        if (!domains.isEmpty() || (forest.hasExchange() && peoplesDomains.isEmpty())) {
            return domains;
        }
        SortedMap<String, String> names = Names.map();
        peoplesDomains.stream()
                .filter(HostNames::isDomain)
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .forEach(domain -> names.put(domain, domain));
        if (names.isEmpty()) {
            rootDomain().ifPresent(domain -> names.put(domain, domain));
        }
        String all = String.join(", ", names.values());
        guesses.add(
                "no accepted domain is there, so those of people's addresses are, else that of the forest", "", all);
        return names.values().stream().map(OrganizationMaker::authoritative).toList();
    }

    private List<AcceptedDomain> written() {
        SortedMap<String, String> seen = Names.map();
        List<AcceptedDomain> domains = new ArrayList<>();
        for (ForestObject object : forest.all(Kind.ACCEPTED_DOMAIN)) {
            String domain = object.value("msExchAcceptedDomainName")
                    .orElse(object.name(0))
                    .toLowerCase(Locale.ROOT);
            if (!HostNames.isDomainPattern(domain)) {
                guesses.add("accepted domains that are no domains are left out", object.dn(), domain);
            } else if (seen.put(domain, domain) == null) {
                domains.add(authoritative(domain));
                flags(object, domain);
            }
        }
        return domains;
    }

    private void flags(ForestObject object, String domain) {
        Optional<Long> flags = object.number(FLAGS).filter(number -> number != 0);
        flags.ifPresent(number -> guesses.add(
                FLAGS + " is not documented: such domains count as authoritative, so unknown recipients are refused;"
                        + " write internalRelay or externalRelay where that is wrong",
                object.dn(),
                domain + " has " + number));
    }

    private static AcceptedDomain authoritative(String domain) {
        return new AcceptedDomain(domain, AcceptedDomain.Type.AUTHORITATIVE);
    }
}
