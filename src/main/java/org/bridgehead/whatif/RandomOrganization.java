package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.ConnectionLimits;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.InternetDomain;
import org.bridgehead.core.topology.Limits;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.RoutingPolicy;
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

/**
 * Draws small organisations with everything that makes routing hard: equal paths, hub sites, sites without a hub, edges,
 * connectors that compete, groups in groups, forwarding, mailbox servers of two nodes, transport and journal rules. The
 * same seed gives the same organisation on every JVM. Every site is reachable, and every mailbox is in a site with a hub.
 * One thread; one organisation.
 */
public final class RandomOrganization {
    /** The domain inside. */
    public static final String DOMAIN = "inside.test";

    private static final List<String> NAMES =
            List.of("Delta", "Alfa", "Golf", "Bravo", "Hotel", "Echo", "Charlie", "Foxtrot");

    private final long seed;
    private final Random random;
    private final boolean byPriority;
    private final RandomStores stores;
    private final RandomControllers controllers;
    private final List<Site> sites = new ArrayList<>();
    private final List<SiteLink> links = new ArrayList<>();
    private final List<Server> servers = new ArrayList<>();
    private final List<SendConnector> connectors = new ArrayList<>();
    private final List<String> mailboxSites = new ArrayList<>();

    private RandomOrganization(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.byPriority = Dice.of(seed, "by priority").below(2) == 0;
        this.stores = new RandomStores(seed);
        this.controllers = new RandomControllers(seed);
    }

    /**
     * An organisation.
     *
     * @param seed which one
     * @param least sites at least, 1 or more
     * @param most sites at most, up to 8
     */
    public static Organization of(long seed, int least, int most) {
        if (least < 1 || most < least || most > NAMES.size()) {
            throw new IllegalArgumentException("1 to " + NAMES.size() + " sites: " + least + " to " + most);
        }
        return new RandomOrganization(seed).draw(least + new Random(seed).nextInt(most - least + 1));
    }

    private Organization draw(int count) {
        for (int i = 0; i < count; i++) {
            site(i, i > 0 && chance(8));
            if (i > 0) {
                link(i, random.nextInt(i));
            }
        }
        for (int extra = random.nextInt(count + 1); extra > 0 && count > 2; extra--) {
            int one = random.nextInt(count);
            link(one, (one + 1 + random.nextInt(count - 1)) % count);
        }
        int edges = random.nextInt(3);
        String edgeSite = mailboxSites.get(random.nextInt(mailboxSites.size()));
        for (int i = 1; i <= edges; i++) {
            servers.add(Server.edge("EDGE" + i, edgeSite));
        }
        connectors(edges);
        servers.addAll(controllers.draw(hubSites(), links));
        Topology topology = new Topology(
                settings(),
                sites,
                links,
                servers,
                connectors,
                List.of(),
                List.of(
                        new InternetDomain("partner.test", List.of("mx1.partner.test", "mx2.partner.test")),
                        new InternetDomain("*", List.of())));
        DirectoryDefinition directory = new RandomPeople(random, topology, mailboxSites).directory();
        Settings ruled = new RandomRules(seed, directory).of(topology.settings());
        return new Organization(topology.withSettings(ruled), directory);
    }

    private List<String> hubSites() {
        return sites.stream()
                .map(Site::name)
                .filter(site -> servers.stream()
                        .anyMatch(server ->
                                server.is(Role.HUB_TRANSPORT) && server.site().equals(Optional.of(site))))
                .toList();
    }

    private boolean chance(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }

    private void site(int number, boolean hubless) {
        String name = NAMES.get(number);
        sites.add(new Site(name, chance(5) && !hubless, List.of()));
        if (hubless) {
            return;
        }
        for (int hub = 1 + random.nextInt(3); hub > 0; hub--) {
            servers.add(Server.hub(name + "-HT" + hub, name));
        }
        servers.add(stores.server(name, name + "-HT1"));
        mailboxSites.add(name);
    }

    private void link(int one, int other) {
        String name = NAMES.get(Math.min(one, other)) + "-" + NAMES.get(Math.max(one, other));
        if (links.stream().noneMatch(link -> link.name().equals(name))) {
            links.add(new SiteLink(
                    name,
                    List.of(NAMES.get(one), NAMES.get(other)),
                    1 + random.nextInt(3),
                    chance(8) ? OptionalInt.of(1 + random.nextInt(5)) : OptionalInt.empty(),
                    chance(8) ? OptionalLong.of(20_000) : OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty()));
        }
    }

    private void connectors(int edges) {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            List<String> patterns = List.of("*", "*.test", "partner.test");
            connector(
                    "Out" + i, new AddressSpace("SMTP", patterns.get(random.nextInt(3)), 1 + random.nextInt(2)), edges);
        }
    }

    private void connector(String name, AddressSpace space, int edges) {
        List<String> sources = new ArrayList<>();
        if (edges > 0 && random.nextBoolean()) {
            for (int i = 1; i <= edges; i++) {
                sources.add("EDGE" + i);
            }
        } else {
            String site = mailboxSites.get(random.nextInt(mailboxSites.size()));
            servers.stream()
                    .filter(server -> server.name().startsWith(site + "-HT"))
                    .filter(server -> sources.isEmpty() || random.nextBoolean())
                    .forEach(server -> sources.add(server.name()));
        }
        boolean smart = chance(3);
        connectors.add(new SendConnector(
                name,
                List.of(space),
                sources,
                !smart,
                smart
                        ? List.of(
                                new HostPort("smart1." + name + ".test", 25),
                                new HostPort("smart2." + name + ".test", 25))
                        : List.of(),
                Optional.empty(),
                chance(4) ? OptionalLong.of(30_000) : OptionalLong.empty(),
                chance(6),
                !chance(10),
                TlsMode.NONE,
                Optional.empty()));
    }

    private Settings settings() {
        boolean reroute = chance(3);
        Settings usual = Settings.of("Random", DOMAIN);
        return new Settings(
                usual.name(),
                usual.acceptedDomains(),
                new RoutingPolicy(
                        random.nextBoolean() ? Metric.HOPS : Metric.COST,
                        reroute || random.nextBoolean() ? Relay.EVERY_SITE : Relay.DIRECT,
                        reroute ? OnFailure.REROUTE : OnFailure.HOLD,
                        random.nextBoolean() ? LoadBalancing.HEALTHY : LoadBalancing.ROTATE),
                new Limits(100_000, 5000, 30, 1 + random.nextInt(6)),
                usual.retry(),
                usual.edgeRetry(),
                new ConnectionLimits(1000, 1 + random.nextInt(4), 1 + random.nextInt(20), byPriority),
                stores.dumpster(),
                Optional.empty());
    }
}
