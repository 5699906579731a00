package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * The path from each site to each other one: least cost and fewest hops in the order of the metric, then the lowest
 * site name nearest the destination (BEHAVIOUR 1.2, DECISIONS 8). What is up or down plays no part; same topology, same
 * paths everywhere.
 *
 * <p>Immutable and safe for any thread. Paths from a site are computed when first asked for and kept as far as memory
 * of fixed size allows; two threads may compute the same thing twice, with equal results. Names in any letter case.
 */
public final class RoutingTable {
    /** Losers a {@link Decision} shows. */
    public static final int ALTERNATIVES = 3;

    /** Bound on what is kept: array entries over all sources, 24 octets each. */
    private static final int KEPT = 4_000_000;

    /** Up to so many sites several tables without parts are kept. */
    private static final int FEW = 500;

    /** Most paths whose names are kept; prime, so that no number of sites makes them share few slots. */
    private static final int NAMED = 1021;

    private final Topology topology;
    private final SiteGraph graph;
    private final Names.Lookup<List<String>> hubs;
    /** Slots for trees by source number; unsynchronised, since a tree is immutable and can be computed again. */
    private final @Nullable Kept[] kept;

    /** Whether some link refuses messages for their size. */
    private final boolean limitsSize;

    private @Nullable Bridges bridges;
    /** Slots for tables by what they leave out; unsynchronised, as {@link #kept} is. */
    private final @Nullable Reduced[] reduced;

    /** Slots for paths with names, the ends' place in a square of all sites to the number of slots; as {@link #kept}. */
    private final @Nullable Named[] named;

    /** A tree and where it begins. */
    private record Kept(int source, PathTree tree) {}

    /** A path and its ends. */
    private record Named(int source, int target, SitePath path) {}

    /** A table made by {@link #without}. */
    private record Reduced(List<String> items, RoutingTable table) {}

    private RoutingTable(Topology topology, NavigableSet<String> lostLinks, NavigableSet<String> lostSites) {
        this.topology = topology;
        this.graph = new SiteGraph(topology, lostLinks, lostSites);
        this.hubs = hubsBySite(topology);
        this.limitsSize = topology.links().values().stream()
                .anyMatch(link -> link.maxMessageSize().isPresent());
        int sites = Math.max(graph.sites(), 1);
        this.reduced = new @Nullable Reduced[sites > FEW ? 1 : 8];
        this.named = new @Nullable Named[(int) Math.min((long) sites * sites, NAMED)];
        this.kept = new @Nullable Kept[Math.min(sites, Math.max(16, KEPT / sites))];
    }

    private static Names.Lookup<List<String>> hubsBySite(Topology topology) {
        SortedMap<String, List<String>> hubs = Names.map();
        for (Server server : topology.servers().values()) {
            if (server.is(Role.HUB_TRANSPORT) && server.site().isPresent()) {
                hubs.computeIfAbsent(server.site().get(), site -> new ArrayList<>())
                        .add(server.name());
            }
        }
        hubs.replaceAll((site, names) -> List.copyOf(names));
        return Names.Lookup.of(hubs);
    }

    /** The table of a topology under the metric of its settings. */
    public static RoutingTable of(Topology topology) {
        return new RoutingTable(topology, Names.set(), Names.set());
    }

    /**
     * The table that leaves parts out, for rerouting (DECISIONS 2.4).
     *
     * @param items {@code link:NAME} and {@code site:NAME}; other kinds and unknown names change nothing
     */
    public RoutingTable without(Collection<String> items) {
        List<String> wanted = List.copyOf(items);
        if (wanted.isEmpty()) {
            return this;
        }
        int slot = Math.floorMod(wanted.hashCode(), reduced.length);
        Reduced last = reduced[slot];
        if (last == null || !last.items.equals(wanted)) {
            last = new Reduced(
                    wanted, new RoutingTable(topology, Item.names(wanted, Item.LINK), Item.names(wanted, Item.SITE)));
            reduced[slot] = last;
        }
        return last.table;
    }

    /** What the table was made from, left-out parts included. */
    public Topology topology() {
        return topology;
    }

    SiteGraph graph() {
        return graph;
    }

    /** The hub transport servers of a site in name order; empty for a site without, or no site. */
    public List<String> hubsOf(String site) {
        List<String> found = hubs.get(site);
        return found == null ? List.of() : found;
    }

    /** Whether a site has mailboxes and no hub beside them: no mail begins or ends there (BEHAVIOUR 1.7.5). */
    public boolean strandsMailboxes(String site) {
        return hubsOf(site).isEmpty() && !topology.serversOf(site, Role.MAILBOX).isEmpty();
    }

    /** The first link of a path that refuses messages of this size in octets (BEHAVIOUR 1.6.1). */
    public Optional<SiteLink> linkTooSmall(SitePath path, long size) {
        if (!limitsSize) {
            return Optional.empty();
        }
        for (String name : path.links()) {
            SiteLink link = topology.links().get(name);
            if (link != null && link.maxMessageSize().orElse(size) < size) {
                return Optional.of(link);
            }
        }
        return Optional.empty();
    }

    /** The chosen path; empty when no links join the two, or one of them is no site. */
    public Optional<SitePath> path(String from, String to) {
        int source = graph.site(from);
        int target = graph.site(to);
        if (source < 0 || target < 0 || !tree(source).reaches(target)) {
            return Optional.empty();
        }
        int slot = (int) (((long) source * graph.sites() + target) % named.length);
        Named there = named[slot];
        if (there == null || there.source != source || there.target != target) {
            there = new Named(source, target, graph.named(tree(source).pathTo(target)));
            named[slot] = there;
        }
        return Optional.of(there.path);
    }

    /** The chosen path with the best of the others and what told them apart; empty as for {@link #path}. */
    public Optional<Decision> decide(String from, String to) {
        int source = graph.site(from);
        int target = graph.site(to);
        if (source < 0 || target < 0 || !tree(source).reaches(target)) {
            return Optional.empty();
        }
        PathTree tree = tree(source);
        Alternatives.Path winner = new Alternatives.Path(tree.distance(target), tree.pathTo(target));
        List<Decision.Rejected> rejected = Alternatives.after(graph, winner, ALTERNATIVES).stream()
                .map(path ->
                        new Decision.Rejected(graph.named(path.sites()), graph.rule(winner.weight(), path.weight())))
                .toList();
        Rule rule = rejected.isEmpty() ? Rule.ONLY : rejected.get(0).lostBy();
        return Optional.of(new Decision(graph.named(winner.sites()), rejected, rule));
    }

    /** {@link Decision#rule} without looking for the other paths: O(path length) once the source's paths are known. */
    public Optional<Rule> decidedBy(String from, String to) {
        int source = graph.site(from);
        int target = graph.site(to);
        if (source < 0 || target < 0 || !tree(source).reaches(target)) {
            return Optional.empty();
        }
        return Optional.of(tree(source).rule(target, bridges()));
    }

    /** All paths from a source by its number. */
    PathTree tree(int source) {
        int slot = source % kept.length;
        Kept there = kept[slot];
        if (there == null || there.source != source) {
            there = new Kept(source, new PathTree(graph, source, new boolean[graph.sites()]));
            kept[slot] = there;
        }
        return there.tree;
    }

    private Bridges bridges() {
        Bridges known = bridges;
        if (known == null) {
            known = new Bridges(graph);
            bridges = known;
        }
        return known;
    }
}
