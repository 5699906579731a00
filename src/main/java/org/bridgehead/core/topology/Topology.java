package org.bridgehead.core.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.bridgehead.core.mail.Lists;

/**
 * A whole organisation: immutable, consistent, iterated in name order.
 */
public final class Topology {
    private final Settings settings;
    private final SortedMap<String, Site> sites;
    private final SortedMap<String, SiteLink> links;
    private final SortedMap<String, Server> servers;
    private final SortedMap<String, SendConnector> sendConnectors;
    private final SortedMap<String, ReceiveConnector> receiveConnectors;
    private final List<InternetDomain> internet;
    private final Names.Lookup<Site> siteNamed;
    private final Names.Lookup<Server> serverNamed;
    /** By site, in name order. */
    private final Names.Lookup<List<Server>> serversAt;

    /**
     * Builds a topology.
     *
     * @throws IllegalArgumentException when a name is used twice or a reference leads nowhere
     */
    public Topology(
            Settings settings,
            List<Site> sites,
            List<SiteLink> links,
            List<Server> servers,
            List<SendConnector> sendConnectors,
            List<ReceiveConnector> receiveConnectors,
            List<InternetDomain> internet) {
        this.settings = settings;
        this.sites = byName(sites, Site::name);
        this.links = byName(links, SiteLink::name);
        this.servers = byName(servers, Server::name);
        this.sendConnectors = byName(sendConnectors, SendConnector::name);
        this.receiveConnectors = byName(receiveConnectors, ReceiveConnector::name);
        this.internet = List.copyOf(internet);
        this.siteNamed = Names.Lookup.of(this.sites);
        this.serverNamed = Names.Lookup.of(this.servers);
        this.serversAt = Names.Lookup.of(bySite(this.servers));
        checkReferences();
    }

    /** A topology of sites, links and servers only. */
    public static Topology of(Settings settings, List<Site> sites, List<SiteLink> links, List<Server> servers) {
        return new Topology(settings, sites, links, servers, List.of(), List.of(), List.of());
    }

    private static <T> SortedMap<String, T> byName(List<T> items, Function<T, String> name) {
        SortedMap<String, T> map = Names.map();
        for (T item : items) {
            if (map.put(name.apply(item), item) != null) {
                throw new IllegalArgumentException("the name " + name.apply(item) + " is used twice");
            }
        }
        return Collections.unmodifiableSortedMap(map);
    }

    private static SortedMap<String, List<Server>> bySite(SortedMap<String, Server> servers) {
        SortedMap<String, List<Server>> bySite = Names.map();
        for (Server server : servers.values()) {
            server.site()
                    .ifPresent(site -> bySite.computeIfAbsent(site, name -> new ArrayList<>())
                            .add(server));
        }
        return bySite;
    }

    private void checkReferences() {
        links.values().forEach(link -> link.sites().forEach(site -> require(sites, site, "site link " + link.name())));
        servers.values().forEach(server -> {
            server.site().ifPresent(site -> require(sites, site, "server " + server.name()));
            server.subscribedSite().ifPresent(site -> require(sites, site, "server " + server.name()));
        });
        sendConnectors
                .values()
                .forEach(connector -> connector
                        .sourceServers()
                        .forEach(server -> require(servers, server, "connector " + connector.name())));
        receiveConnectors.values().forEach(connector -> require(servers, connector.server(), connector.name()));
    }

    private static void require(SortedMap<String, ?> map, String name, String where) {
        if (!map.containsKey(name)) {
            throw new IllegalArgumentException(where + " names " + name + ", which does not exist");
        }
    }

    /** Settings of the organisation. */
    public Settings settings() {
        return settings;
    }

    /** All sites by name. */
    public SortedMap<String, Site> sites() {
        return sites;
    }

    /** All site links by name. */
    public SortedMap<String, SiteLink> links() {
        return links;
    }

    /** All servers by name. */
    public SortedMap<String, Server> servers() {
        return servers;
    }

    /** All send connectors by name. */
    public SortedMap<String, SendConnector> sendConnectors() {
        return sendConnectors;
    }

    /** All receive connectors by name. */
    public SortedMap<String, ReceiveConnector> receiveConnectors() {
        return receiveConnectors;
    }

    /** The domains of the built-in Internet in file order. */
    public List<InternetDomain> internet() {
        return internet;
    }

    /** The site of that name, any case. */
    public Optional<Site> site(String name) {
        return Optional.ofNullable(siteNamed.get(name));
    }

    /** The server of that name, any case. */
    public Optional<Server> server(String name) {
        return Optional.ofNullable(serverNamed.get(name));
    }

    /** The hub transport servers of a site in name order. */
    public List<Server> hubsOf(String site) {
        return serversOf(site, Role.HUB_TRANSPORT);
    }

    /** The servers with {@code role} that stand in {@code site}, in name order. */
    public List<Server> serversOf(String site, Role role) {
        List<Server> there = serversAt.get(site);
        return there == null ? List.of() : Lists.filter(there, server -> server.is(role));
    }

    /** The edges subscribed to a site in name order. */
    public List<Server> edgesOf(String site) {
        return servers.values().stream()
                .filter(s -> s.is(Role.EDGE_TRANSPORT)
                        && s.subscribedSite()
                                .filter(its -> Names.same(its, site))
                                .isPresent())
                .toList();
    }

    /** The same organisation with other sites and links; for what-if questions and tests. */
    public Topology withGraph(List<Site> otherSites, List<SiteLink> otherLinks) {
        return new Topology(
                settings,
                otherSites,
                otherLinks,
                List.copyOf(servers.values()),
                List.copyOf(sendConnectors.values()),
                List.copyOf(receiveConnectors.values()),
                internet);
    }

    /** The same organisation with other settings. */
    public Topology withSettings(Settings other) {
        return new Topology(
                other,
                List.copyOf(sites.values()),
                List.copyOf(links.values()),
                List.copyOf(servers.values()),
                List.copyOf(sendConnectors.values()),
                List.copyOf(receiveConnectors.values()),
                internet);
    }

    /** Whether the other describes the same organisation, part by part. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Topology that
                && settings.equals(that.settings)
                && sites.equals(that.sites)
                && links.equals(that.links)
                && servers.equals(that.servers)
                && sendConnectors.equals(that.sendConnectors)
                && receiveConnectors.equals(that.receiveConnectors)
                && internet.equals(that.internet);
    }

    @Override
    public int hashCode() {
        return Objects.hash(settings, sites.size(), links.size(), servers.size(), internet);
    }
}
