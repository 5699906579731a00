package org.bridgehead.bpa.rules;

import java.util.NavigableSet;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.routing.SourceTree;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Site;

/** How many Received lines mail collects: one per stop, one per edge it comes in or goes out by (DECISIONS 2.6). */
final class ReceivedLines {
    private final boolean[] hub;
    private final boolean[] stop;
    private final boolean[] entry;
    private final boolean[] exit;

    private ReceivedLines(int sites) {
        hub = new boolean[sites];
        stop = new boolean[sites];
        entry = new boolean[sites];
        exit = new boolean[sites];
    }

    static ReceivedLines of(Subject subject, Pairs pairs) {
        boolean every = subject.topology().settings().routing().relay() == Relay.EVERY_SITE;
        NavigableSet<String> entries = Names.set();
        subject.topology().servers().values().stream()
                .flatMap(server -> server.subscribedSite().stream())
                .forEach(entries::add);
        NavigableSet<String> exits = Names.set();
        for (SendConnector connector : Connectors.enabled(subject.topology())) {
            connector.sourceServers().stream()
                    .flatMap(name -> subject.topology().server(name).stream())
                    .flatMap(server -> server.subscribedSite().stream())
                    .forEach(exits::add);
        }
        ReceivedLines lines = new ReceivedLines(pairs.sites());
        int number = 0;
        for (Site site : subject.topology().sites().values()) {
            lines.hub[number] = !subject.routes().hubsOf(site.name()).isEmpty();
            lines.stop[number] = lines.hub[number] && (every || site.hubSite());
            lines.entry[number] = entries.contains(site.name());
            lines.exit[number] = exits.contains(site.name());
            number++;
        }
        return lines;
    }

    /** The most lines a message can collect from the tree's source to each site. */
    int[] along(SourceTree tree) {
        int[] before = new int[stop.length];
        int[] total = new int[stop.length];
        for (int at = 0; at < tree.reached(); at++) {
            int site = tree.site(at);
            int so = at == 0 ? (entry[site] ? 1 : 0) : before[tree.previous(site)];
            before[site] = so + ((at == 0 ? hub[site] : stop[site]) ? 1 : 0);
            total[site] = so + (hub[site] ? 1 : 0) + (exit[site] ? 1 : 0);
        }
        return total;
    }
}
