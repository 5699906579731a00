package org.bridgehead.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.engine.Control;
import org.jspecify.annotations.Nullable;

/** Queues of hubs and edges. */
final class QueueResource implements Resource {
    private final Control control;
    private final Identities identities;

    QueueResource(Control control, Identities identities) {
        this.control = control;
        this.identities = identities;
    }

    @Override
    public Object list(Call call) {
        call.allow("server", "queue", "limit");
        int limit = call.limit(Integer.MAX_VALUE, Integer.MAX_VALUE);
        List<QueueView> queues = control.queues(call.parameter("server").map(identities::hub));
        return call.parameter("queue").map(name -> Identities.matching(queues, name)).orElse(queues).stream()
                .limit(limit)
                .map(Fields::of)
                .toList();
    }

    @Override
    public Answer show(String name, Call call) {
        call.allow();
        return Answer.json(Fields.of(identities.queue(name)));
    }

    @Override
    public List<String> verbs() {
        return List.of("retry", "suspend", "resume", "drain");
    }

    @Override
    public Map<String, @Nullable Object> tell(String name, String verb, Call call) throws IOException {
        call.allow();
        List<String> done = new ArrayList<>();
        for (QueueView queue : identities.queues(name)) {
            String server = queue.identity().substring(0, queue.identity().indexOf('\\'));
            if (control.operate(server, operation(verb, queue.name())) > 0) {
                done.add(queue.identity());
            }
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("done", verb);
        answer.put("queues", done);
        return answer;
    }

    private Operation operation(String verb, String queue) {
        return switch (verb) {
            case "retry" -> new Operation.RetryQueue(queue);
            case "suspend" -> new Operation.SuspendQueue(queue);
            case "resume" -> new Operation.ResumeQueue(queue);
            case "drain" -> new Operation.DrainQueue(queue);
            default -> throw unknown(verb);
        };
    }
}
