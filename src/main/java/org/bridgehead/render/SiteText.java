package org.bridgehead.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/** Sites and links as the few words of the pictures that others lay out. */
final class SiteText {
    /** With more sites only counts of servers are told. */
    private static final int NAMES_UP_TO = 60;

    private static final String DOWN = "✕ ";

    private SiteText() {}

    /** The name, the stop and the servers, a line each. */
    static String of(Topology topology, String site, Marks marks) {
        List<String> lines = new ArrayList<>();
        int stop = marks.stop(site);
        lines.add((marks.isDown("site:" + site) ? DOWN : "") + (stop > 0 ? "(" + stop + ") " : "") + site);
        if (marks.isHeld(site)) {
            lines.add("mail waits here");
        }
        boolean names = topology.sites().size() <= NAMES_UP_TO;
        for (ServerSymbol symbol : ServerSymbol.values()) {
            List<Server> servers = servers(topology, site)
                    .filter(server -> ServerSymbol.of(server).get(0) == symbol)
                    .toList();
            if (!servers.isEmpty()) {
                lines.add(names ? named(servers, marks) : symbol.meaning() + ": " + servers.size());
            }
        }
        return String.join("\n", lines);
    }

    private static Stream<Server> servers(Topology topology, String site) {
        return topology.servers().values().stream()
                .filter(server -> server.site()
                        .or(server::subscribedSite)
                        .filter(its -> Names.same(its, site))
                        .isPresent());
    }

    private static String named(List<Server> servers, Marks marks) {
        return servers.stream()
                .map(server -> (marks.isDown("server:" + server.name()) ? DOWN : "") + server.name())
                .collect(Collectors.joining(", "));
    }

    /** What stands on a link, with the letters of the ways not taken. */
    static String label(SiteLink link, List<Piece> pieces, Marks marks) {
        return (marks.isDown("link:" + link.name()) ? DOWN : "") + LinkText.label(link) + marks.ways(pieces);
    }
}
