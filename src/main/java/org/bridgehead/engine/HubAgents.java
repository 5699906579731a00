package org.bridgehead.engine;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.bridgehead.core.hub.AgentVerdict;
import org.bridgehead.core.hub.Stage;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.engine.HubAgent.Case;
import org.bridgehead.engine.HubAgent.OnFailure;
import org.bridgehead.engine.HubAgent.Terms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agents of an organisation, one for each stage. Safe for any thread. */
final class HubAgents {
    private static final Logger LOG = LoggerFactory.getLogger(HubAgents.class);
    private static final EnhancedStatus REFUSED = EnhancedStatus.of("5.7.1");

    private record Seat(HubAgent agent, Terms terms) {}

    private final Executor pool;
    private final Map<Stage, Seat> seats = new EnumMap<>(Stage.class);

    HubAgents(Executor pool) {
        this.pool = pool;
    }

    /**
     * Takes in an agent.
     *
     * @throws IllegalStateException when the stage has one
     */
    synchronized void add(Stage stage, HubAgent agent, Terms terms) {
        if (seats.containsKey(stage)) {
            throw new IllegalStateException("there is an agent for messages that are " + stage + " already");
        }
        seats.put(stage, new Seat(agent, terms));
    }

    synchronized void remove(Stage stage, HubAgent agent) {
        if (seats.containsKey(stage) && seats.get(stage).agent() == agent) {
            seats.remove(stage);
        }
    }

    synchronized List<Stage> stages() {
        return List.copyOf(seats.keySet());
    }

    /** Tells {@code answer} once, in another thread, what the agent says, or what counts when it says nothing. */
    void ask(Case message, Consumer<AgentVerdict> answer) {
        Seat seat;
        synchronized (this) {
            seat = seats.get(message.stage());
        }
        if (seat == null) {
            pool.execute(() -> answer.accept(new AgentVerdict.Continue()));
            return;
        }
        CompletableFuture<AgentVerdict> verdict = new CompletableFuture<>();
        pool.execute(() -> judge(seat.agent(), message, verdict));
        verdict.orTimeout(seat.terms().limit().toMillis(), TimeUnit.MILLISECONDS)
                .handle((said, trouble) -> trouble == null ? said : failed(message, seat.terms(), trouble))
                .thenAcceptAsync(answer, pool);
    }

    private static void judge(HubAgent agent, Case message, CompletableFuture<AgentVerdict> verdict) {
        try {
            verdict.complete(inTime(agent.judge(message), message.stage()));
        } catch (Exception e) {
            verdict.completeExceptionally(e);
        }
    }

    /** Behind the first stage there is no way back. */
    private static AgentVerdict inTime(AgentVerdict verdict, Stage stage) {
        if (stage != Stage.SUBMITTED
                && (verdict instanceof AgentVerdict.Apply || verdict instanceof AgentVerdict.Later)) {
            throw new IllegalArgumentException("what an agent wants comes too late for a message that is " + stage);
        }
        return verdict;
    }

    private static AgentVerdict failed(Case message, Terms terms, Throwable trouble) {
        String why = trouble instanceof TimeoutException
                ? "an agent has not answered within " + terms.limit().toMillis() + " ms"
                : "an agent failed: " + trouble.toString().replaceAll("\\p{Cntrl}+", " ");
        LOG.warn("{}: {} about message {}", message.hub(), why, message.copy().copy());
        if (terms.onFailure() == OnFailure.CONTINUE) {
            return new AgentVerdict.Continue();
        }
        return terms.onFailure() == OnFailure.DEFER && message.stage() == Stage.SUBMITTED
                ? new AgentVerdict.Later(why)
                : new AgentVerdict.Reject(REFUSED, why);
    }
}
