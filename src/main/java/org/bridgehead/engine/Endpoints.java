package org.bridgehead.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.io.mailstore.ImapView;

/** Collects where the servers and mailbox nodes of an organisation are reached, by protocol. */
final class Endpoints {
    private final SortedMap<String, SortedMap<String, HostPort>> found = Names.map();

    private Endpoints() {}

    /** Of all that runs here, and of the real mailbox nodes it delivers to. Starts the views of embedded nodes. */
    static SortedMap<String, SortedMap<String, HostPort>> of(Plant plant) throws IOException {
        Endpoints endpoints = new Endpoints();
        for (TransportServer server : plant.transportServers()) {
            endpoints.put(server.name(), "smtp", Optional.of(at(server.smtp())));
        }
        for (Map.Entry<String, MailboxServer> entry : plant.mailboxServers().entrySet()) {
            endpoints.embedded(plant, entry.getKey(), entry.getValue());
        }
        for (Server server : plant.topology().servers().values()) {
            if (plant.runsHere(server.name())) {
                server.mailbox()
                        .ifPresent(role -> role.nodes().stream()
                                .filter(node -> !node.isEmbedded())
                                .forEach(endpoints::real));
            }
        }
        return endpoints.found;
    }

    private void embedded(Plant plant, String name, MailboxServer server) throws IOException {
        ImapView.Endpoints view = server.endpoints();
        put(name, "lmtp", Optional.of(at(server.smtp())));
        put(name, "imap", Optional.of(view.imap()));
        put(name, "pop3", Optional.of(view.pop3()));
        plant.topology()
                .server(name)
                .flatMap(Server::mailbox)
                .ifPresent(role -> role.nodes().stream()
                        .filter(MailboxNode::isEmbedded)
                        .filter(node -> !Names.same(node.name(), name))
                        .forEach(node -> found.put(node.name(), new TreeMap<>(found.get(name)))));
    }

    private void real(MailboxNode node) {
        put(node.name(), "lmtp", node.lmtp());
        put(node.name(), "smtp", node.smtp());
        put(node.name(), "imap", node.imap());
    }

    private void put(String name, String protocol, Optional<HostPort> at) {
        at.ifPresent(where -> found.computeIfAbsent(name, n -> new TreeMap<>()).put(protocol, where));
    }

    static HostPort at(InetSocketAddress address) {
        return new HostPort(address.getAddress().getHostAddress(), address.getPort());
    }
}
