package org.bridgehead.core.hub;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.bridgehead.core.mail.Lists;

/** Asks the agents of a stage where there are any, and goes on with what they say. Owned by the hub's thread. */
final class Agents {
    private static final AgentVerdict GO_ON = new AgentVerdict.Continue();

    private final Desk desk;
    private final Map<Long, Consumer<AgentVerdict>> open = new LinkedHashMap<>();

    Agents(Desk desk) {
        this.desk = desk;
    }

    void consult(Stage stage, MailCopy copy, Consumer<AgentVerdict> then) {
        if (!desk.snapshot().agents().contains(stage)) {
            then.accept(GO_ON);
            return;
        }
        long id = desk.number();
        open.put(id, then);
        desk.emit(new HubEffect.Consult(id, stage, asSeen(copy)));
    }

    private static Transmission asSeen(MailCopy copy) {
        SpoolRecord.Accepted message = copy.item().accepted();
        return new Transmission(
                copy.id(),
                copy.envelope(Lists.map(copy.open(), index -> copy.recipients().get(index))),
                copy.item().state(),
                message.facts().header(),
                message.body());
    }

    void consulted(long id, AgentVerdict verdict) {
        Consumer<AgentVerdict> then = open.remove(id);
        if (then == null) {
            throw new IllegalStateException("no consultation " + id + " is under way");
        }
        then.accept(verdict);
    }
}
