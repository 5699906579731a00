package org.bridgehead.render;

import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.render.draw.TextWidth;

/**
 * What a site's box holds and how large that makes it. Its edges stand outside, above it.
 *
 * @param label its name, as much as fits
 * @param inside its servers in rows
 * @param edges the edges subscribed to it
 * @param halfWidth half the width of the box, in pixels
 * @param halfHeight half the height of the box, in pixels
 * @param detail in which size
 */
record SiteBox(
        String label,
        List<List<Server>> inside,
        List<Server> edges,
        double halfWidth,
        double halfHeight,
        Detail detail) {
    private static final int PER_ROW = 6;

    /** Copies the lists. */
    SiteBox {
        inside = List.copyOf(inside);
        edges = List.copyOf(edges);
    }

    static SiteBox of(Topology topology, String site, Detail detail) {
        List<Server> servers = topology.servers().values().stream()
                .filter(server ->
                        server.site().filter(its -> Names.same(its, site)).isPresent())
                .sorted(ServerSymbol.ORDER)
                .toList();
        List<List<Server>> rows = rows(servers);
        List<Server> edges = topology.edgesOf(site);
        String label = TextWidth.fit(site, detail.letters, true, detail.nameWidth);
        int widest = rows.stream().mapToInt(List::size).max().orElse(0);
        double width = Math.max(
                TextWidth.of(label, detail.letters, true),
                pitch(detail) * Math.max(widest, edges.size()) - detail.gap());
        double height = detail.letters + rows.size() * pitch(detail);
        double margin = detail.gap() * 2;
        return new SiteBox(label, rows, edges, width / 2 + margin, height / 2 + margin, detail);
    }

    private static List<List<Server>> rows(List<Server> servers) {
        List<List<Server>> rows = new ArrayList<>();
        for (int from = 0; from < servers.size(); from += PER_ROW) {
            rows.add(servers.subList(from, Math.min(servers.size(), from + PER_ROW)));
        }
        return rows;
    }

    /** From the middle of a symbol to that of the next. */
    static double pitch(Detail detail) {
        return detail.symbol + detail.gap();
    }

    /** How far above the box its edges reach; 0 without any. */
    double roof() {
        return edges.isEmpty() ? 0 : detail.symbol + detail.gap() * 2;
    }
}
