package org.bridgehead.admin;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.engine.Control;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.ServerState;
import org.jspecify.annotations.Nullable;

/** How the whole organisation is, in one answer; and its file, to be read again. */
final class StatusResource implements Resource {
    private final MailOrganization organization;
    private final Control control;
    private final Optional<Reloader> reloader;

    StatusResource(MailOrganization organization, Control control, Optional<Reloader> reloader) {
        this.organization = organization;
        this.control = control;
        this.reloader = reloader;
    }

    @Override
    public Object list(Call call) {
        call.allow();
        List<ServerState> servers =
                control.servers().stream().filter(ServerState::here).toList();
        List<QueueView> queues = control.queues(Optional.empty());
        Instant started =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("organization", organization.topology().settings().name());
        status.put("time", control.now().toString());
        status.put("uptime", Duration.between(started, Instant.now()).toSeconds());
        status.put("pid", ProcessHandle.current().pid());
        status.put("version", version());
        status.put("messages", servers.stream().mapToLong(ServerState::messages).sum());
        status.put("queues", byStatus(queues));
        status.put("down", organization.down());
        status.put("spool", spool());
        status.put("outboxes", control.outboxes().stream().map(Fields::of).toList());
        status.put("troubles", new MailboxTroubles(organization, control).all());
        status.put("servers", servers.stream().map(Fields::of).toList());
        return status;
    }

    private static String version() {
        return Optional.ofNullable(AdminServer.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    private static Map<String, Integer> byStatus(List<QueueView> queues) {
        Map<String, Integer> counts = new TreeMap<>();
        queues.forEach(queue -> counts.merge(Fields.title(queue.status().name()), queue.messages(), Integer::sum));
        return counts;
    }

    private Map<String, @Nullable Object> spool() {
        var spool = control.spool();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("healthy", spool.healthy());
        fields.put("failure", spool.failure().orElse(""));
        fields.put("messages", spool.messages());
        fields.put("bytes", spool.bytes());
        fields.put("syncs", control.syncs().count());
        fields.put("syncSeconds", control.syncs().seconds());
        return fields;
    }

    @Override
    public List<String> verbs() {
        return List.of("reload");
    }

    @Override
    public Map<String, @Nullable Object> tell(String name, String verb, Call call) {
        call.allow();
        if (!name.equals("topology")) {
            throw Problem.notFound("nothing is called " + name + " here", "POST /v1/status/topology/reload");
        }
        if (!verb.equals("reload")) {
            throw unknown(verb);
        }
        Reloader its = reloader.orElseThrow(
                () -> Problem.conflict("this organisation was not started from a file", "start it by bridgehead run"));
        try {
            Reloader.Outcome outcome = its.reload();
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("done", verb);
            answer.put("file", outcome.file());
            answer.put("warnings", outcome.warnings());
            answer.put("afterRestart", outcome.afterRestart());
            return answer;
        } catch (IllegalArgumentException e) {
            throw new Problem(422, String.valueOf(e.getMessage()), "nothing has changed; mend the file and reload");
        }
    }
}
