package org.bridgehead.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.mailbox.NodeStatus;
import org.bridgehead.engine.ClusterStatus;
import org.bridgehead.engine.Control;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.MailboxControl;
import org.jspecify.annotations.Nullable;

/** Embedded mailbox servers: who hosts them, what they decided and why, handing them over and taking them out. */
final class ClusterResource implements Resource {
    private final MailOrganization organization;
    private final MailboxControl mailboxes;

    ClusterResource(MailOrganization organization, Control control) {
        this.organization = organization;
        this.mailboxes = control.mailboxes();
    }

    /** How they stand; with {@code log=true} what they wrote into their logs, by time. */
    @Override
    public Object list(Call call) {
        call.allow("server", "log");
        List<String> servers =
                call.parameter("server").map(name -> List.of(server(name))).orElseGet(this::servers);
        if (!call.flag("log", false)) {
            return servers.stream()
                    .map(organization::cluster)
                    .map(ClusterFields::of)
                    .toList();
        }
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        servers.forEach(server -> mailboxes.log(server).forEach(entry -> lines.add(ClusterFields.of(server, entry))));
        return lines;
    }

    private String server(String name) {
        return Identities.named(name, servers(), "mailbox server", "runs here");
    }

    /** Embedded ones and those of real nodes. */
    private List<String> servers() {
        return mailboxes.clusters().stream().map(ClusterStatus::server).toList();
    }

    @Override
    public Answer show(String name, Call call) {
        call.allow();
        return Answer.json(ClusterFields.of(organization.cluster(server(name))));
    }

    @Override
    public List<String> verbs() {
        return List.of("handoff", "remove");
    }

    @Override
    public Map<String, @Nullable Object> tell(String name, String verb, Call call) throws IOException {
        if (!verbs().contains(verb)) {
            throw unknown(verb);
        }
        String server = server(name);
        if (verb.equals("handoff")) {
            call.allow("to", "comment");
            handOff(server, call);
        } else {
            call.allow();
            remove(server);
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("done", verb);
        answer.putAll(ClusterFields.of(organization.cluster(server)));
        return answer;
    }

    private void handOff(String server, Call call) throws IOException {
        List<String> nodes = organization.cluster(server).nodes().stream()
                .map(NodeStatus::node)
                .toList();
        String target = call.parameter("to")
                .orElseThrow(() -> Problem.badRequest("to which node?", "to=NODE, one of " + String.join(", ", nodes)));
        String to = Identities.named(target, nodes, "node", "of " + server);
        NodeResource.refuse(
                "handoff",
                mailboxes.handoff(server, to, call.parameter("comment").orElse("")));
    }

    private void remove(String server) {
        mailboxes.remove(server).ifPresent(why -> {
            List<String> names = mailboxes.mailboxes(server);
            throw Problem.conflict(
                    "removal of " + server + " refused: " + why,
                    "give them another database in the topology file and reload: "
                            + String.join(", ", names.subList(0, Math.min(10, names.size())))
                            + (names.size() > 10 ? " and " + (names.size() - 10) + " more" : ""));
        });
    }
}
