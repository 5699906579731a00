package org.bridgehead.io.ldap.forest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.topology.NameRule;
import org.bridgehead.core.topology.Names;
import org.bridgehead.io.ldap.LdifRecipients;

/**
 * What the forest's servers are called in the topology. A computer that is a domain controller and an Exchange server
 * is two objects of one name, and one server. One thread.
 */
final class ServerNames {
    private final LegalNames names;
    private final SortedMap<String, String> byHost = Names.map();
    private final Map<String, String> byDn = new LinkedHashMap<>();
    private final SortedMap<String, String> byLegacyDn = Names.map();

    ServerNames(Forest forest) {
        this.names = new LegalNames(NameRule.HOST, "servers", forest.guesses());
        forest.all(Kind.EXCHANGE_SERVER).forEach(object -> {
            String name = claim(object);
            object.value("legacyExchangeDN").ifPresent(legacy -> byLegacyDn.put(legacy, name));
        });
        forest.all(Kind.SERVER).forEach(this::claim);
    }

    private String claim(ForestObject object) {
        String name = byHost.computeIfAbsent(object.name(0), wanted -> names.claim(wanted, object.dn()));
        byDn.put(LdifRecipients.key(object.dn()), name);
        return name;
    }

    /** The server made of an object. */
    String of(ForestObject object) {
        return byDn.getOrDefault(LdifRecipients.key(object.dn()), object.name(0));
    }

    /** The server of that distinguished name; empty when there is none. */
    Optional<String> named(String dn) {
        return Optional.ofNullable(byDn.get(LdifRecipients.key(dn)));
    }

    /** The server that is meant by its old X.500 name, {@code /o=…/cn=Servers/cn=EX1}. */
    Optional<String> legacy(String name) {
        return Optional.ofNullable(byLegacyDn.get(name))
                .or(() -> Optional.ofNullable(byHost.get(name.substring(name.lastIndexOf('=') + 1))));
    }
}
