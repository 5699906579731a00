package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.routing.MxPlan;
import org.bridgehead.core.topology.InternetDomain;

/**
 * What the name system of the built-in Internet says (DECISIONS 3.4), for the live engine and the simulation alike.
 * Immutable; safe for any thread.
 */
public final class BuiltInInternet {
    private final List<InternetDomain> domains;

    private BuiltInInternet(List<InternetDomain> domains) {
        this.domains = domains;
    }

    /** Of these domains, {@code *} standing for every other; without any, every domain exists. */
    public static BuiltInInternet of(List<InternetDomain> domains) {
        return new BuiltInInternet(
                domains.isEmpty() ? List.of(new InternetDomain("*", List.of())) : List.copyOf(domains));
    }

    /** The exchangers of a domain, in the order of its list; names without a dot lie in the domain. */
    public MxAnswer resolve(String domain) {
        Optional<InternetDomain> found = named(domain).or(() -> named("*"));
        if (found.isEmpty()) {
            return new MxAnswer.NoDomain();
        }
        List<String> hosts = found.get().mx();
        List<MxPlan.Mx> records = new ArrayList<>(hosts.size());
        for (String host : hosts) {
            records.add(new MxPlan.Mx(10 * (records.size() + 1), qualified(host, domain)));
        }
        return new MxAnswer.Found(records);
    }

    private Optional<InternetDomain> named(String name) {
        for (InternetDomain domain : domains) {
            if (domain.name().equalsIgnoreCase(name)) {
                return Optional.of(domain);
            }
        }
        return Optional.empty();
    }

    private static String qualified(String host, String domain) {
        return host.indexOf('.') >= 0 ? host : host + "." + domain;
    }
}
