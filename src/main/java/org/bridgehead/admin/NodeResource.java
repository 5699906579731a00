package org.bridgehead.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.Server;
import org.bridgehead.engine.Control;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.ServerState;
import org.jspecify.annotations.Nullable;

/** Nodes of mailbox servers, as the topology has them; the first of a server is the active one. */
final class NodeResource implements Resource {
    private final MailOrganization organization;
    private final Control control;

    NodeResource(MailOrganization organization, Control control) {
        this.organization = organization;
        this.control = control;
    }

    @Override
    public Object list(Call call) {
        call.allow();
        List<Map<String, @Nullable Object>> nodes = new ArrayList<>();
        for (ServerState state : control.servers()) {
            organization
                    .topology()
                    .server(state.name())
                    .flatMap(Server::mailbox)
                    .ifPresent(role -> role.nodes()
                            .forEach(node -> nodes.add(fields(
                                    state,
                                    node,
                                    node == role.nodes().get(0),
                                    role.replication().keyword()))));
        }
        return nodes;
    }

    private static Map<String, @Nullable Object> fields(
            ServerState server, MailboxNode node, boolean active, String replication) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", node.name());
        fields.put("server", server.name());
        fields.put("replication", replication);
        fields.put("role", active ? "active" : "passive");
        fields.put("embedded", node.isEmbedded());
        fields.put(
                "state", !node.isEmbedded() || !server.here() ? "elsewhere" : server.running() ? "running" : "stopped");
        fields.put("address", node.lmtp().or(node::smtp).map(HostPort::toString).orElse(null));
        return fields;
    }
}
