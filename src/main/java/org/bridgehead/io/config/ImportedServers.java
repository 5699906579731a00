package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.TlsMode;

/** The servers that an import places in sites of which only the names are known. One thread. */
final class ImportedServers {
    private final GraphmlOptions options;
    private final UniqueNames names = new UniqueNames();
    private final List<Server> servers = new ArrayList<>();
    private final List<SendConnector> connectors = new ArrayList<>();

    ImportedServers(GraphmlOptions options) {
        this.options = options;
    }

    /** Hubs and a mailbox server for each site; an edge and a way to the Internet at one, where hubs serve it. */
    void add(List<Site> sites, String exit) {
        for (Site site : sites) {
            String host = GraphmlSites.hostName(site.name());
            for (int hub = 1; hub <= options.hubs(); hub++) {
                servers.add(Server.hub(names.claim(host + "-HT" + hub), site.name()));
            }
            if (options.mailboxes()) {
                servers.add(Server.mailbox(names.claim(host + "-MBX1"), site.name()));
            }
        }
        if (options.hubs() > 0) {
            String edge = names.claim(GraphmlSites.hostName(exit) + "-EDGE1");
            servers.add(Server.edge(edge, exit));
            connectors.add(internet(edge));
        }
    }

    private static SendConnector internet(String edge) {
        return new SendConnector(
                "Internet",
                List.of(new AddressSpace("SMTP", "*", 1)),
                List.of(edge),
                true,
                List.of(),
                Optional.empty(),
                OptionalLong.empty(),
                false,
                true,
                TlsMode.OPPORTUNISTIC,
                Optional.empty());
    }

    List<Server> all() {
        return List.copyOf(servers);
    }

    List<SendConnector> connectors() {
        return List.copyOf(connectors);
    }

    /** What was placed where. */
    List<String> lines(String exit) {
        List<String> lines = new ArrayList<>();
        lines.add("each site has " + options.hubs() + (options.hubs() == 1 ? " hub server" : " hub servers")
                + (options.mailboxes() ? " and a mailbox server" : " and no mailbox server"));
        if (options.hubs() > 0) {
            lines.add("the Internet is reached from " + exit + ", the site with the most links, by an edge server");
        }
        return lines;
    }
}
