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
        double widest = Math.max(
                rows.stream().mapToDouble(row -> width(row, detail)).max().orElse(0), width(edges, detail));
        double width = Math.max(TextWidth.of(label, detail.letters, true), widest);
        boolean clustered = servers.stream().anyMatch(SiteBox::isClustered);
        double height = detail.letters + rows.size() * pitch(detail) + (clustered ? detail.gap() : 0);
        double margin = detail.gap() * 2;
        return new SiteBox(label, rows, edges, width / 2 + margin, height / 2 + margin, detail);
    }

    private static List<List<Server>> rows(List<Server> servers) {
        List<List<Server>> rows = new ArrayList<>();
        int roles = 0;
        for (Server server : servers) {
            int more = ServerSymbol.of(server).size();
            if (rows.isEmpty() || roles + more > PER_ROW) {
                rows.add(new ArrayList<>());
                roles = 0;
            }
            rows.get(rows.size() - 1).add(server);
            roles += more;
        }
        return rows;
    }

    /** Of servers side by side. */
    static double width(List<Server> row, Detail detail) {
        return row.stream().mapToDouble(server -> width(server, detail)).sum()
                + Math.max(0, row.size() - 1) * detail.gap();
    }

    /** A symbol for each role, side by side without a gap. */
    static double width(Server server, Detail detail) {
        return detail.symbol * ServerSymbol.of(server).size();
    }

    static boolean isClustered(Server server) {
        return server.mailbox().filter(role -> role.nodes().size() > 1).isPresent();
    }

    /** From one row of symbols to the next. */
    static double pitch(Detail detail) {
        return detail.symbol + detail.gap();
    }

    /** How far above the box its edges reach; 0 without any. */
    double roof() {
        return edges.isEmpty() ? 0 : detail.symbol + detail.gap() * 2;
    }
}
