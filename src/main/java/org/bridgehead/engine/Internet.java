package org.bridgehead.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bridgehead.core.hub.MxAnswer;
import org.bridgehead.core.routing.MxPlan;
import org.bridgehead.core.topology.InternetDomain;

/** What the built-in Internet's name system says (DECISIONS 3.4). Immutable. */
final class Internet implements Drivers.MxResolver {
    private final List<InternetDomain> domains;

    /** Of these domains; every other one exists too unless a list without {@code *} is given. */
    Internet(List<InternetDomain> domains) {
        this.domains = domains.isEmpty() ? List.of(new InternetDomain("*", List.of())) : domains;
    }

    @Override
    public MxAnswer resolve(String domain) {
        Optional<InternetDomain> found = domains.stream()
                .filter(d -> d.name().equalsIgnoreCase(domain))
                .findFirst()
                .or(() -> domains.stream().filter(d -> d.name().equals("*")).findFirst());
        if (found.isEmpty()) {
            return new MxAnswer.NoDomain();
        }
        List<String> hosts = found.get().mx();
        return new MxAnswer.Found(IntStream.range(0, hosts.size())
                .mapToObj(i -> new MxPlan.Mx(10 * (i + 1), qualified(hosts.get(i), domain)))
                .toList());
    }

    private static String qualified(String host, String domain) {
        return host.indexOf('.') >= 0 ? host : host + "." + domain;
    }
}
