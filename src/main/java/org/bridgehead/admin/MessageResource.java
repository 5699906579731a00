package org.bridgehead.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.hub.MessageFilter;
import org.bridgehead.core.hub.MessageView;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.topology.Names;
import org.bridgehead.engine.Control;
import org.jspecify.annotations.Nullable;

/** Messages in queues. */
final class MessageResource implements Resource {
    private static final int USUAL_LIMIT = 1000;
    private static final int MOST = 100_000;

    private final Control control;
    private final Identities identities;

    MessageResource(Control control, Identities identities) {
        this.control = control;
        this.identities = identities;
    }

    @Override
    public Object list(Call call) {
        call.allow("server", "queue", "messageId", "priority", "limit");
        int limit = call.limit(USUAL_LIMIT, MOST);
        Optional<String> server = call.parameter("server").map(identities::hub);
        List<MessageView> found = new ArrayList<>();
        Optional<String> queue = call.parameter("queue");
        Optional<String> messageId = call.parameter("messageId");
        Optional<Priority> priority = call.parameter("priority").map(MessageResource::priority);
        int read = messageId.isPresent() || priority.isPresent() ? MOST : limit;
        if (queue.isEmpty()) {
            found.addAll(control.messages(server, MessageFilter.all(read)));
        } else {
            String wanted =
                    queue.get().contains("\\") || server.isEmpty() ? queue.get() : server.get() + "\\" + queue.get();
            for (QueueView one : identities.queues(wanted)) {
                Optional<String> its =
                        Optional.of(one.identity().substring(0, one.identity().indexOf('\\')));
                found.addAll(control.messages(its, new MessageFilter(Optional.of(one.name()), Optional.empty(), read)));
            }
        }
        return found.stream()
                .filter(view -> messageId.isEmpty() || isNamed(view, messageId.get()))
                .filter(view -> priority.isEmpty() || is(view, priority.get()))
                .limit(limit)
                .map(view -> Fields.of(view, control.now()))
                .toList();
    }

    private static Priority priority(String text) {
        return Stream.of(Priority.values())
                .filter(one -> one.keyword().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest("no priority: " + text, "high, normal or low"));
    }

    private static boolean is(MessageView view, Priority priority) {
        return view.accepted()
                .filter(its -> its.facts().state().priority() == priority)
                .isPresent();
    }

    /** Whether a view is of the message with this Message-ID or identity in the organisation. */
    static boolean isNamed(MessageView view, String id) {
        String wanted = id.toLowerCase(Locale.ROOT);
        return view.accepted()
                .filter(its -> its.facts().header().messageId().text().equalsIgnoreCase(id)
                        || its.facts().header().messageId().text().equalsIgnoreCase("<" + id + ">")
                        || its.facts().state().id().toString().equals(wanted))
                .isPresent();
    }

    private List<MessageView> views(Identities.Named named) {
        List<MessageView> views = control.messages(Optional.of(named.server()), MessageFilter.of(named.id())).stream()
                .filter(view -> named.queue().equals(Operation.EVERY_QUEUE) || Names.same(view.queue(), named.queue()))
                .toList();
        if (views.isEmpty()) {
            throw Problem.notFound(
                    "no message " + named.id() + " in " + named.server() + "\\" + named.queue(),
                    "it may have gone on; see: bridgehead message list");
        }
        return views;
    }

    @Override
    public Answer show(String name, Call call) throws IOException {
        call.allow("octets");
        Identities.Named named = identities.message(name);
        List<MessageView> views = views(named);
        if (!call.flag("octets", false)) {
            return Answer.json(
                    views.stream().map(view -> Fields.of(view, control.now())).toList());
        }
        SpoolRecord.Accepted message = control.message(named.server(), named.id())
                .orElseThrow(() -> Problem.notFound("message " + named.id() + " has just gone", ""));
        return new Answer(200, "message/rfc822", message.body().size(), out -> control.export(message, out));
    }

    @Override
    public List<String> verbs() {
        return List.of("suspend", "resume", "remove");
    }

    @Override
    public Map<String, @Nullable Object> tell(String name, String verb, Call call) throws IOException {
        Identities.Named named = identities.message(name);
        Operation operation = operation(named, verb, call);
        views(named);
        if (control.operate(named.server(), operation) == 0) {
            throw Problem.conflict(
                    "message " + named.id() + " cannot be told to " + verb,
                    "what is not routed yet can only be removed");
        }
        List<Map<String, @Nullable Object>> left =
                control.messages(Optional.of(named.server()), MessageFilter.of(named.id())).stream()
                        .map(view -> Fields.of(view, control.now()))
                        .toList();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("done", verb);
        answer.put("message", named.server() + "\\" + named.queue() + "\\" + named.id());
        answer.put("left", left);
        return answer;
    }

    private Operation operation(Identities.Named named, String verb, Call call) {
        if (verb.equals("remove")) {
            call.allow("report");
            return new Operation.RemoveMessage(named.id(), named.queue(), call.flag("report", true));
        }
        call.allow();
        return switch (verb) {
            case "suspend" -> new Operation.SuspendMessage(named.id(), named.queue());
            case "resume" -> new Operation.ResumeMessage(named.id(), named.queue());
            default -> throw unknown(verb);
        };
    }
}
