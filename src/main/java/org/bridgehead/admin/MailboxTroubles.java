package org.bridgehead.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.mailbox.NodeState;
import org.bridgehead.core.mailbox.NodeStatus;
import org.bridgehead.engine.ClusterStatus;
import org.bridgehead.engine.Control;
import org.bridgehead.engine.DatabaseState;
import org.bridgehead.engine.GroupStatus;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.RedeliveryRequest;
import org.bridgehead.engine.ServerHandle;
import org.jspecify.annotations.Nullable;

/** What of the mailbox servers is not as it should be, why, and the verb that helps. Stateless but for whom it asks. */
final class MailboxTroubles {
    private final MailOrganization organization;
    private final Control control;

    MailboxTroubles(MailOrganization organization, Control control) {
        this.organization = organization;
        this.control = control;
    }

    /** Servers that are offline, groups and databases that are not mounted, hubs that have not answered. */
    List<Map<String, @Nullable Object>> all() {
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        for (ClusterStatus status : control.mailboxes().clusters()) {
            if (status.active().isEmpty()) {
                lines.add(offline(status));
            } else if (isTakenOver(status)) {
                lines.add(line(
                        status.server() + " is offline",
                        status.active().get() + " takes over, which takes some seconds",
                        "bridgehead cluster log " + status.server()));
            } else {
                status.groups().stream()
                        .filter(group -> !group.mounted())
                        .forEach(group -> lines.add(unmounted(status, group)));
            }
        }
        dismounted(lines);
        control.dumpsters().requests().stream()
                .filter(RedeliveryRequest::isOpen)
                .forEach(request -> lines.add(open(request)));
        return lines;
    }

    /** Whether a node was chosen and has not mounted anything yet, nor found that it may not. */
    private static boolean isTakenOver(ClusterStatus status) {
        return status.groups().stream()
                .allMatch(group -> !group.mounted() && group.why().equals(status.server() + " is offline"));
    }

    private Map<String, @Nullable Object> offline(ClusterStatus status) {
        Optional<NodeStatus> down = status.nodes().stream()
                .filter(node -> node.state() == NodeState.DOWN)
                .findFirst();
        String why = status.nodes().stream()
                .map(node -> node.node() + " is " + ClusterFields.state(node)
                        + (node.why().isEmpty() ? "" : " (" + node.why() + ")"))
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        // One of real nodes is no server that is started and stopped here.
        ServerHandle embedded = organization.servers().get(status.server());
        boolean stopped = embedded != null && !embedded.isRunning();
        return line(
                status.server() + " is offline",
                why,
                stopped
                        ? "bridgehead server start " + status.server()
                        : down.map(node -> "bridgehead node start " + node.node())
                                .orElse("bridgehead cluster log " + status.server()));
    }

    private static Map<String, @Nullable Object> unmounted(ClusterStatus status, GroupStatus group) {
        return line(
                status.server() + "/" + group.group() + " is not mounted",
                group.why(),
                "bridgehead cluster status " + status.server()
                        + "; its lost logs given up: bridgehead database mount --force");
    }

    private void dismounted(List<Map<String, @Nullable Object>> lines) {
        Map<String, Boolean> groups = new LinkedHashMap<>();
        control.mailboxes()
                .clusters()
                .forEach(status -> status.groups()
                        .forEach(group -> groups.put(status.server() + "/" + group.group(), group.mounted())));
        for (DatabaseState state : control.mailboxes().databases()) {
            String group = state.database().server() + "/" + state.database().storageGroup();
            if (!state.mounted() && groups.getOrDefault(group, false)) {
                lines.add(line(
                        state.database() + " is not mounted",
                        state.why(),
                        "bridgehead database mount " + state.database()));
            }
        }
    }

    private static Map<String, @Nullable Object> open(RedeliveryRequest request) {
        return line(
                "redelivery of " + request.storageGroup() + " is open",
                request.hub() + " has not answered"
                        + request.next()
                                .map(at -> ", it is asked again at " + at)
                                .orElse(""),
                "bridgehead server start " + request.hub());
    }

    private static Map<String, @Nullable Object> line(String what, String why, String help) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("what", what);
        fields.put("reason", why);
        fields.put("help", help);
        return fields;
    }
}
