package org.bridgehead.admin;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.mailbox.ClusterLogEntry;
import org.bridgehead.core.mailbox.LogReplication;
import org.bridgehead.core.mailbox.NodeStatus;
import org.bridgehead.core.mailbox.Quorum;
import org.bridgehead.core.topology.Names;
import org.bridgehead.engine.ClusterStatus;
import org.bridgehead.engine.DatabaseState;
import org.bridgehead.engine.GroupStatus;
import org.jspecify.annotations.Nullable;

/** Mailbox servers, their nodes, storage groups and databases as the fields of JSON objects. Stateless. */
final class ClusterFields {
    private ClusterFields() {}

    /** A server with its nodes and storage groups. */
    static Map<String, @Nullable Object> of(ClusterStatus status) {
        Optional<Quorum> votes = votes(status);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("server", status.server());
        fields.put("site", status.site().orElse(null));
        fields.put("replication", status.replication().keyword());
        fields.put("active", status.active().orElse(null));
        fields.put("votes", votes.map(Quorum::up).orElse(0));
        fields.put("votesNeeded", votes.map(Quorum::needed).orElse(null));
        fields.put("votesAll", votes.map(Quorum::votes).orElse(null));
        fields.put("witness", status.witness().orElse(null));
        fields.put("nodes", status.nodes().stream().map(ClusterFields::of).toList());
        fields.put("groups", status.groups().stream().map(ClusterFields::of).toList());
        return fields;
    }

    /** As seen from the node that sees most. */
    private static Optional<Quorum> votes(ClusterStatus status) {
        return status.nodes().stream().map(NodeStatus::votes).max(Comparator.comparingInt(Quorum::up));
    }

    static Map<String, @Nullable Object> of(NodeStatus node) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", node.node());
        fields.put("state", state(node));
        fields.put("votes", node.votes().up());
        fields.put("votesNeeded", node.votes().needed());
        fields.put("epoch", node.epoch());
        fields.put("reason", node.why());
        return fields;
    }

    /** {@code active}, {@code passive}, {@code down}, {@code stopped} or {@code evicted}. */
    static String state(NodeStatus node) {
        return Names.folded(node.state().name());
    }

    static Map<String, @Nullable Object> of(GroupStatus group) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("group", group.group());
        fields.put("mounted", group.mounted());
        fields.put("reason", group.why());
        fields.put(
                "copyState",
                group.copy().map(copy -> Fields.title(copy.state().name())).orElse(null));
        fields.put(
                "copyQueueLength",
                group.copy().map(copy -> copy.closed() - copy.copied()).orElse(null));
        fields.put("missingLogs", group.copy().map(LogReplication::missingLogs).orElse(null));
        fields.put("copyReason", group.copy().map(LogReplication::why).orElse(""));
        return fields;
    }

    static Map<String, @Nullable Object> of(DatabaseState database) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("identity", database.database().toString());
        fields.put("server", database.database().server());
        fields.put("group", database.database().storageGroup());
        fields.put("database", database.database().database());
        fields.put("mounted", database.mounted());
        fields.put("reason", database.why());
        return fields;
    }

    /** A line of a cluster's log. */
    static Map<String, @Nullable Object> of(String server, ClusterLogEntry entry) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("time", Fields.text(Optional.of(entry.at())));
        fields.put("server", server);
        fields.put("eventId", entry.eventId());
        fields.put("node", entry.node());
        fields.put("words", entry.words());
        return fields;
    }
}
