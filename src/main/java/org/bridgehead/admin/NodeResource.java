package org.bridgehead.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.mailbox.NodeState;
import org.bridgehead.core.mailbox.NodeStatus;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.engine.ClusterStatus;
import org.bridgehead.engine.Control;
import org.bridgehead.engine.GroupStatus;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.MailboxControl;
import org.bridgehead.engine.NodeHandle;
import org.jspecify.annotations.Nullable;

/** Nodes of mailbox servers: how they stand, their deaths and returns, and their membership. */
final class NodeResource implements Resource {
    private static final int MOST_LOGS = 1_000_000;

    private final MailOrganization organization;
    private final MailboxControl mailboxes;

    NodeResource(MailOrganization organization, Control control) {
        this.organization = organization;
        this.mailboxes = control.mailboxes();
    }

    @Override
    public Object list(Call call) {
        call.allow("server");
        Map<String, ClusterStatus> here = here();
        List<Map<String, @Nullable Object>> nodes = new ArrayList<>();
        for (Server server : organization.topology().servers().values()) {
            boolean wanted = call.parameter("server")
                    .filter(name -> !Names.same(name, server.name()))
                    .isEmpty();
            if (server.mailbox().isPresent() && wanted) {
                add(server, server.mailbox().get(), Optional.ofNullable(here.get(server.name())), nodes);
            }
        }
        return nodes;
    }

    private Map<String, ClusterStatus> here() {
        Map<String, ClusterStatus> here = Names.map();
        mailboxes.clusters().forEach(status -> here.put(status.server(), status));
        return here;
    }

    private static void add(
            Server server,
            MailboxRole role,
            Optional<ClusterStatus> status,
            List<Map<String, @Nullable Object>> nodes) {
        for (MailboxNode node : role.nodes()) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("name", node.name());
            fields.put("server", server.name());
            fields.put("replication", role.replication().keyword());
            fields.put("embedded", node.isEmbedded());
            fields.put("state", "elsewhere");
            status.flatMap(its -> its.nodes().stream()
                            .filter(known -> Names.same(known.node(), node.name()))
                            .findFirst())
                    .ifPresent(known -> fields.putAll(ClusterFields.of(known)));
            fields.put(
                    "address",
                    node.lmtp().or(node::smtp).map(HostPort::toString).orElse(null));
            fields.put(
                    "groups",
                    status.map(ClusterStatus::groups).orElse(List.of()).stream()
                            .map(ClusterFields::of)
                            .toList());
            nodes.add(fields);
        }
    }

    @Override
    public List<String> verbs() {
        return List.of("fail", "start", "failover", "evict", "rejoin", "reseed");
    }

    @Override
    public Map<String, @Nullable Object> tell(String name, String verb, Call call) throws IOException {
        if (!verbs().contains(verb)) {
            throw unknown(verb);
        }
        call.allow(verb.equals("fail") ? new String[] {"lost"} : new String[0]);
        String server = verb.equals("failover") ? failOver(name) : ofNode(name, verb, call);
        ClusterStatus status = organization.cluster(server);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("done", verb);
        answer.put("node", name);
        answer.put("server", server);
        answer.put("active", status.active().orElse(null));
        answer.put("mounted", status.groups().stream().anyMatch(GroupStatus::mounted));
        answer.put("nodes", status.nodes().stream().map(ClusterFields::of).toList());
        return answer;
    }

    private String ofNode(String name, String verb, Call call) throws IOException {
        NodeHandle node = organization.node(Identities.named(name, names(), "mailbox node", "runs here"));
        Optional<String> refusal = switch (verb) {
            case "fail" -> fail(node, call);
            case "start" -> start(node);
            case "evict" -> mailboxes.evict(node.name());
            case "rejoin" -> mailboxes.rejoin(node.name());
            default -> mailboxes.reseed(node.name());
        };
        refuse(verb, refusal);
        return node.server();
    }

    static void refuse(String what, Optional<String> refusal) {
        refusal.ifPresent(why -> {
            throw Problem.conflict(what + " refused: " + why, "");
        });
    }

    private List<String> names() {
        return mailboxes.clusters().stream()
                .flatMap(status -> status.nodes().stream())
                .map(NodeStatus::node)
                .toList();
    }

    private Optional<String> fail(NodeHandle node, Call call) {
        if (node.state() == NodeState.DOWN) {
            return Optional.of(node.name() + " is down already");
        }
        if (call.parameter("lost").isEmpty()) {
            node.fail();
            return Optional.empty();
        }
        int logs = call.number("lost", 0, MOST_LOGS);
        boolean copied = organization.cluster(node.server()).groups().stream()
                .allMatch(group -> group.copy().isPresent());
        boolean second = organization.cluster(node.server()).nodes().size() > 1;
        if (!copied || !second) {
            return Optional.of(node.server() + " ships no logs to another node: none can be lost; leave --lose away");
        }
        node.lose(NodeHandle.logs(logs));
        return Optional.empty();
    }

    private static Optional<String> start(NodeHandle node) {
        if (node.state() != NodeState.DOWN) {
            return Optional.of(node.name() + " runs already");
        }
        node.start();
        return Optional.empty();
    }

    private String failOver(String name) throws IOException {
        List<String> known = new ArrayList<>(organization.mailboxServers());
        known.addAll(names());
        String part = Identities.named(name, known, "mailbox server or node", "runs here");
        if (organization.mailboxServers().contains(part)) {
            refuse("failover", mailboxes.failOver(part));
            return part;
        }
        NodeHandle node = organization.node(part);
        if (node.state() != NodeState.ACTIVE) {
            throw Problem.conflict(
                    "failover refused: " + part + " is "
                            + Names.folded(node.state().name()) + ", it hosts nothing that another could take over",
                    "bridgehead cluster handoff " + node.server() + " --to " + part
                            + " moves the mailboxes there without loss");
        }
        refuse("failover", mailboxes.failOver(node.server()));
        return node.server();
    }
}
