package org.bridgehead.cli;

import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SourceTree;
import org.bridgehead.core.topology.Limits;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Topology;

/**
 * How many Received lines a new topology's longest path collects, so that {@code limits.maxHops} leaves room for it
 * (DECISIONS 2.6). In networks too large to look at all pairs it follows the longest paths from site to site and adds
 * a tenth. Stateless.
 */
final class HopRoom {
    /** The most that a topology file allows. */
    static final int MOST = 500;

    /** Pairs that are looked at one by one. */
    private static final long ALL_PAIRS = 4_000_000;

    /** Turns of walking to the farthest site, beyond that. */
    private static final int TURNS = 20;

    /** An edge on the way in, the first hub, an edge on the way out. */
    private static final int AROUND = 3;

    private HopRoom() {}

    /** The topology with a limit that lets every path be used, as far as a file allows one. */
    static Topology made(Topology topology) {
        Settings settings = topology.settings();
        int needed = Math.min(MOST, needed(topology));
        return settings.routing().relay() != Relay.EVERY_SITE
                        || needed <= settings.limits().maxHops()
                ? topology
                : topology.withSettings(limited(settings, needed));
    }

    /** Lines of the longest path when mail stops at every site. */
    static int needed(Topology topology) {
        int sites = topology.sites().size();
        RoutingTable routes = RoutingTable.of(topology);
        if ((long) sites * sites > ALL_PAIRS) {
            int hops = farthest(routes, sites);
            return hops + hops / 10 + AROUND;
        }
        int most = 0;
        for (int source = 0; source < sites; source++) {
            SourceTree tree = SourceTree.of(routes, source);
            most = Math.max(most, tree.hops(deepest(tree)));
        }
        return most + AROUND;
    }

    private static int farthest(RoutingTable routes, int sites) {
        int most = 0;
        int source = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            SourceTree tree = SourceTree.of(routes, source);
            int end = deepest(tree);
            int hops = tree.hops(end);
            // Where no longer path is found from the far end, another part of the network may have one.
            source = hops > most ? end : (int) ((long) sites * turn / TURNS);
            most = Math.max(most, hops);
        }
        return most;
    }

    private static int deepest(SourceTree tree) {
        int deepest = tree.source();
        for (int at = 1; at < tree.reached(); at++) {
            if (tree.hops(tree.site(at)) > tree.hops(deepest)) {
                deepest = tree.site(at);
            }
        }
        return deepest;
    }

    private static Settings limited(Settings old, int maxHops) {
        Limits limits = old.limits();
        return new Settings(
                old.name(),
                old.acceptedDomains(),
                old.routing(),
                new Limits(limits.maxMessageSize(), limits.maxRecipients(), maxHops, limits.expansionChunk()),
                old.retry(),
                old.edgeRetry(),
                old.connections(),
                old.dumpster(),
                old.secretFile(),
                old.certificate(),
                old.serverTls(),
                old.rules(),
                old.journal());
    }
}
