package org.bridgehead.render.page;

import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/**
 * What a page can fail: links, sites, servers that carry or hold mail, connectors, and nodes where a mailbox server has
 * several. Domain controllers are left out, since hubs ask the next one.
 *
 * @param items {@code kind:NAME}
 * @param routed how many of them, from the first, can concern routes: those that {@code sweep} counts
 */
record Failures(List<String> items, int routed) {
    Failures {
        items = List.copyOf(items);
    }

    static Failures of(Topology topology) {
        List<String> items = new ArrayList<>();
        topology.links().keySet().forEach(name -> items.add("link:" + name));
        topology.sites().keySet().forEach(name -> items.add("site:" + name));
        topology.servers().values().stream()
                .filter(Failures::matters)
                .forEach(server -> items.add("server:" + server.name()));
        int routed = items.size();
        topology.sendConnectors().keySet().forEach(name -> items.add("connector:" + name));
        topology.servers().values().stream()
                .flatMap(server -> server.mailbox().stream())
                .filter(role -> role.nodes().size() > 1)
                .flatMap(role -> role.nodes().stream())
                .map(MailboxNode::name)
                .forEach(name -> items.add("node:" + name));
        return new Failures(items, routed);
    }

    private static boolean matters(Server server) {
        return server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT) || server.is(Role.MAILBOX);
    }

    /** All pairs, the first part's row by row. */
    List<List<String>> pairs(int of) {
        List<List<String>> pairs = new ArrayList<>();
        for (int one = 0; one < of; one++) {
            for (int two = one + 1; two < of; two++) {
                pairs.add(List.of(items.get(one), items.get(two)));
            }
        }
        return pairs;
    }
}
