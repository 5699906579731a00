package org.bridgehead.core.edge;

import java.util.List;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.Topology;

/**
 * The organisation as a subscribed edge sees it (BEHAVIOUR 6): settings and accepted domains, the hubs of the
 * subscribed site, and the send connectors that the edge is a source server of. Nothing of the site graph.
 *
 * @param topology the part that is handed out
 */
public record EdgeSnapshot(Topology topology) {
    /**
     * What the subscription of {@code edge} hands out.
     *
     * @throws IllegalArgumentException when there is no such edge
     */
    public static EdgeSnapshot of(Topology whole, String edge) {
        Server self = whole.server(edge)
                .filter(server -> server.is(Role.EDGE_TRANSPORT))
                .orElseThrow(() -> new IllegalArgumentException("no edge " + edge));
        List<Site> sites =
                self.subscribedSite().flatMap(whole::site).map(List::of).orElse(List.of());
        List<Server> servers = whole.servers().values().stream()
                .filter(server -> Names.same(server.name(), self.name()) || isSubscribedHub(self, server))
                .toList();
        List<SendConnector> connectors = whole.sendConnectors().values().stream()
                .filter(connector ->
                        connector.sourceServers().stream().anyMatch(source -> Names.same(source, self.name())))
                .map(connector -> soleSource(connector, self.name()))
                .toList();
        return new EdgeSnapshot(
                new Topology(whole.settings(), sites, List.of(), servers, connectors, List.of(), whole.internet()));
    }

    private static boolean isSubscribedHub(Server edge, Server server) {
        return server.is(Role.HUB_TRANSPORT)
                && server.site()
                        .flatMap(site -> edge.subscribedSite().filter(subscribed -> Names.same(subscribed, site)))
                        .isPresent();
    }

    private static SendConnector soleSource(SendConnector c, String edge) {
        return new SendConnector(
                c.name(),
                c.addressSpaces(),
                List.of(edge),
                c.dns(),
                c.smartHosts(),
                c.camel(),
                c.maxMessageSize(),
                c.scoped(),
                c.enabled(),
                c.tls(),
                c.auth(),
                c.trustFile());
    }
}
