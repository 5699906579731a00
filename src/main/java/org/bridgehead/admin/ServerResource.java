package org.bridgehead.admin;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bridgehead.core.topology.Names;
import org.bridgehead.engine.Control;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.ServerHandle;
import org.jspecify.annotations.Nullable;

/** Servers: their state, their lives, and letters handed to them. */
final class ServerResource implements Resource {
    private final MailOrganization organization;
    private final Control control;
    private final Identities identities;
    private final Submission submission;

    ServerResource(MailOrganization organization, Control control, Identities identities) {
        this.organization = organization;
        this.control = control;
        this.identities = identities;
        this.submission = new Submission(organization);
    }

    @Override
    public Object list(Call call) {
        call.allow("server");
        String only = call.parameter("server").map(identities::server).orElse("");
        return control.servers().stream()
                .filter(server -> only.isEmpty() || Names.same(server.name(), only))
                .map(Fields::of)
                .toList();
    }

    @Override
    public List<String> verbs() {
        return Stream.concat(Stream.of("kill", "start", "drain", "send"), FaultVerbs.ALL.stream())
                .toList();
    }

    @Override
    public Map<String, @Nullable Object> tell(String name, String verb, Call call) throws IOException {
        if (!verbs().contains(verb)) {
            throw unknown(verb);
        }
        if (verb.equals("send")) {
            call.allow("from", "to");
            return submission.send(name.equals("*") ? "" : identities.server(name), call);
        }
        if (verb.equals("reply") && Names.same(name, "internet")) {
            return internet(verb, call);
        }
        String server = identities.server(name);
        if (FaultVerbs.ALL.contains(verb)) {
            FaultVerbs.perform(organization.server(server), verb, call);
        } else {
            call.allow();
            live(organization.server(server), verb);
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("done", verb);
        answer.put("server", server);
        answer.put("running", organization.server(server).isRunning());
        return answer;
    }

    private Map<String, @Nullable Object> internet(String verb, Call call) {
        try {
            FaultVerbs.reply(organization.internetReplies(), call);
        } catch (UnsupportedOperationException e) {
            throw Problem.conflict(String.valueOf(e.getMessage()), "");
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()), "");
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("done", verb);
        answer.put("server", "internet");
        return answer;
    }

    private static void live(ServerHandle server, String verb) {
        boolean start = verb.equals("start");
        if (server.isRunning() == start) {
            throw Problem.conflict(
                    server.name() + (start ? " runs already" : " does not run"),
                    start ? "" : "bridgehead server start " + server.name());
        }
        try {
            if (start) {
                server.start();
            } else if (verb.equals("kill")) {
                server.kill();
            } else {
                server.drain();
            }
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw Problem.unavailable(server.name() + " does not " + verb + ": " + e.getMessage(), "see its log");
        }
    }
}
