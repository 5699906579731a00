package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.BackOff;
import org.bridgehead.core.topology.RoutingPolicy.Connectivity;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.RoutingPolicy.OnFailure;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.TlsMode;
import org.bridgehead.core.topology.Topology;

/** Small random organisations with ties, hub sites, sites without hubs, edges and connectors. */
final class RandomNet {
    private final Random random;
    final List<Site> sites = new ArrayList<>();
    final List<SiteLink> links = new ArrayList<>();
    final List<Server> servers = new ArrayList<>();
    final List<SendConnector> connectors = new ArrayList<>();
    RoutingPolicy policy;

    RandomNet(Random random, int most) {
        this.random = random;
        int count = 3 + random.nextInt(most - 2);
        for (int i = 0; i < count; i++) {
            sites.add(new Site("S" + i, random.nextInt(5) == 0, List.of()));
            for (int hub = random.nextInt(6) == 0 ? 0 : 1 + random.nextInt(2); hub > 0; hub--) {
                servers.add(Server.hub("S" + i + "-HT" + hub, "S" + i));
            }
            if (random.nextBoolean()) {
                servers.add(Server.mailbox("S" + i + "-MBX", "S" + i));
            }
            if (i > 0 && random.nextInt(12) > 0) {
                link(i, random.nextInt(i));
            }
        }
        for (int i = random.nextInt(count); i > 0; i--) {
            int one = random.nextInt(count);
            link(one, (one + 1 + random.nextInt(count - 1)) % count);
        }
        policy = policy();
        servers.add(Server.edge("EDGE", "S" + random.nextInt(count)));
        for (int i = random.nextInt(4); i > 0; i--) {
            connector("C" + i);
        }
    }

    private RoutingPolicy policy() {
        boolean reroute = random.nextBoolean();
        return new RoutingPolicy(
                random.nextBoolean() ? Metric.HOPS : Metric.COST,
                reroute || random.nextBoolean() ? Relay.EVERY_SITE : Relay.DIRECT,
                reroute ? OnFailure.REROUTE : OnFailure.HOLD,
                LoadBalancing.HEALTHY,
                BackOff.HOP_BY_HOP,
                reroute || random.nextInt(4) > 0 ? Connectivity.PATH : Connectivity.ANY_PATH);
    }

    void link(int one, int other) {
        links.add(SiteLink.of("L" + links.size(), List.of("S" + one, "S" + other), 1 + random.nextInt(3)));
    }

    private void connector(String name) {
        List<Server> transport =
                servers.stream().filter(server -> server.mailbox().isEmpty()).toList();
        List<String> sources = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            String source = transport.get(random.nextInt(transport.size())).name();
            if (!sources.contains(source)) {
                sources.add(source);
            }
        }
        String pattern = List.of("*", "*.test", "partner.test").get(random.nextInt(3));
        connectors.add(new SendConnector(
                name,
                List.of(new AddressSpace("SMTP", pattern, 1 + random.nextInt(3))),
                sources,
                true,
                List.of(),
                Optional.empty(),
                OptionalLong.empty(),
                random.nextInt(5) == 0,
                random.nextInt(6) > 0,
                TlsMode.OPPORTUNISTIC,
                Optional.empty()));
    }

    Topology topology() {
        return new Topology(
                Settings.of("Random", "random.example").withRouting(policy),
                sites,
                links,
                servers,
                connectors,
                List.of(),
                List.of());
    }

    /** One or two parts of a topology. */
    List<String> failure(Topology topology) {
        List<String> items = new ArrayList<>();
        topology.links().keySet().forEach(name -> items.add("link:" + name));
        topology.sites().keySet().forEach(name -> items.add("site:" + name));
        topology.servers().keySet().forEach(name -> items.add("server:" + name));
        topology.sendConnectors().keySet().forEach(name -> items.add("connector:" + name));
        List<String> down = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            down.add(items.get(random.nextInt(items.size())));
        }
        return down;
    }

    /** Changes one thing. */
    void edit() {
        int link = random.nextInt(Math.max(1, links.size()));
        switch (random.nextInt(7)) {
            case 0 -> links.removeIf(one -> links.indexOf(one) == link);
            case 1 ->
                links.replaceAll(one -> links.indexOf(one) == link ? SiteLink.of(one.name(), one.sites(), 9) : one);
            case 2 ->
                sites.replaceAll(
                        one -> random.nextInt(4) > 0 ? one : new Site(one.name(), !one.hubSite(), one.subnets()));
            case 3 -> policy = policy();
            case 4 -> connectors.removeIf(one -> random.nextBoolean());
            case 5 ->
                servers.removeIf(one -> one.name().contains("-HT")
                        && random.nextInt(3) == 0
                        && connectors.stream().noneMatch(c -> c.sourceServers().contains(one.name())));
            default -> {
                String name = "N" + sites.size();
                sites.add(Site.of(name));
                links.add(SiteLink.of("L-" + name, List.of(name, "S0"), 1));
            }
        }
    }
}
