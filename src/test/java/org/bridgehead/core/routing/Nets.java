package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.TlsMode;
import org.bridgehead.core.topology.Topology;

/** Small organisations in a few words: each site S has the hubs S1 and S2 and the mailbox server S-MBX. */
final class Nets {
    private RoutingPolicy policy = RoutingPolicy.DEFAULT;
    private final List<String> hubSites = new ArrayList<>();
    private final List<String> hubless = new ArrayList<>();
    private final List<SiteLink> links = new ArrayList<>();
    private final List<Server> edges = new ArrayList<>();
    private final List<SendConnector> connectors = new ArrayList<>();

    /** Links like {@code A-B 5}; {@code A-B-C 5} is one link of three sites; {@code A-B 5 25} has an ExchangeCost. */
    static Nets of(String... links) {
        Nets net = new Nets();
        for (String text : links) {
            String[] words = text.split(" ");
            net.links.add(new SiteLink(
                    words[0],
                    List.of(words[0].split("-")),
                    Integer.parseInt(words[1]),
                    words.length > 2 ? OptionalInt.of(Integer.parseInt(words[2])) : OptionalInt.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty()));
        }
        return net;
    }

    Nets exchange2007() {
        return policy(RoutingPolicy.EXCHANGE_2007);
    }

    Nets policy(RoutingPolicy other) {
        policy = other;
        return this;
    }

    Nets hubSites(String... names) {
        hubSites.addAll(List.of(names));
        return this;
    }

    Nets withoutHub(String... names) {
        hubless.addAll(List.of(names));
        return this;
    }

    Nets limit(String link, long octets) {
        links.replaceAll(old -> !old.name().equals(link)
                ? old
                : new SiteLink(
                        link,
                        old.sites(),
                        old.cost(),
                        old.exchangeCost(),
                        OptionalLong.of(octets),
                        OptionalLong.empty(),
                        Optional.empty()));
        return this;
    }

    Nets edge(String name, String site) {
        edges.add(Server.edge(name, site));
        return this;
    }

    /** A connector that uses DNS, with no limit. */
    Nets connector(String name, String space, String... sourceServers) {
        return connector(name, space, OptionalLong.empty(), false, true, sourceServers);
    }

    Nets connector(
            String name, String space, OptionalLong limit, boolean scoped, boolean enabled, String... sourceServers) {
        return connector(name, space, limit, scoped, enabled, true, sourceServers);
    }

    Nets connector(
            String name,
            String space,
            OptionalLong limit,
            boolean scoped,
            boolean enabled,
            boolean dns,
            String... sourceServers) {
        String[] parts = space.split("[:;]");
        connectors.add(new SendConnector(
                name,
                List.of(new AddressSpace(parts[0], parts[1], Integer.parseInt(parts[2]))),
                List.of(sourceServers),
                dns,
                dns ? List.of() : List.of(new HostPort("127.0.0.1", 2626)),
                Optional.empty(),
                limit,
                scoped,
                enabled,
                TlsMode.OPPORTUNISTIC,
                Optional.empty()));
        return this;
    }

    Topology topology() {
        TreeSet<String> names = new TreeSet<>(hubless);
        links.forEach(link -> names.addAll(link.sites()));
        List<Server> servers = new ArrayList<>(edges);
        for (String site : names) {
            servers.add(Server.mailbox(site + "-MBX", site));
            if (!hubless.contains(site)) {
                servers.add(Server.hub(site + "1", site));
                servers.add(Server.hub(site + "2", site));
            }
        }
        return new Topology(
                Settings.of("Test", "contoso.test").withRouting(policy),
                names.stream()
                        .map(name -> new Site(name, hubSites.contains(name), List.of()))
                        .toList(),
                links,
                servers,
                connectors,
                List.of(),
                List.of());
    }

    RoutingTable routes() {
        return RoutingTable.of(topology());
    }
}
