package org.bridgehead.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.scenario.Advance;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Topology;

/** One scene played in one world. */
final class Performance {
    /**
     * When a part failed or worked again.
     *
     * @param fault what
     * @param events number of tracking events of the world until then
     * @param taken messages of the scene that the server had taken until then
     */
    record Moment(Fault fault, int events, int taken) {}

    private final Stage stage;
    private final int since;
    private final List<Letter> taken = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();
    private final List<Fault> armed = new ArrayList<>();

    private Performance(Stage stage) {
        this.stage = stage;
        this.since = stage.events().size();
    }

    /**
     * Plays.
     *
     * @param letters of each {@link Send} step, in their order
     */
    static Performance of(Stage stage, Scene scene, List<List<Letter>> letters) {
        Performance performance = new Performance(stage);
        int next = 0;
        for (Step step : scene.steps()) {
            if (step instanceof Send) {
                letters.get(next++).forEach(performance::send);
            } else if (step instanceof Fault fault) {
                performance.fail(fault);
            } else {
                performance.pass(((Advance) step).time());
            }
        }
        performance.pass(Duration.ZERO);
        return performance;
    }

    private void send(Letter letter) {
        Optional<String> refusal = stage.send(letter);
        if (refusal.isPresent()) {
            refused.add(new Refusal(letter, refusal.get()));
        } else {
            taken.add(letter);
        }
        List<Fault> due = armed.stream()
                .filter(fault -> takenBy(fault.item().name()) >= fault.afterMessages())
                .toList();
        armed.removeAll(due);
        due.forEach(this::perform);
    }

    private void fail(Fault fault) {
        if (fault.afterMessages() > 0) {
            armed.add(fault);
        } else {
            perform(fault);
        }
    }

    private void perform(Fault fault) {
        stage.perform(fault);
        moments.add(
                new Moment(fault, stage.events().size(), takenBy(fault.item().name())));
    }

    /** Whoever waits for messages that never came fails now: the next steps count on it. */
    private void pass(Duration time) {
        if (!armed.isEmpty()) {
            stage.advance(Duration.ZERO);
            armed.forEach(this::perform);
            armed.clear();
        }
        stage.advance(time);
    }

    private int takenBy(String server) {
        var events = stage.events();
        return (int) events.subList(since, events.size()).stream()
                .filter(event -> event.event() == Kind.RECEIVE && Names.same(event.server(), server))
                .count();
    }

    /** What became of the letters. */
    Account account(Topology topology, Collection<EmailAddress> others) {
        return Account.of(stage, topology, taken, refused, since, others);
    }

    /** When what failed, in order. */
    List<Moment> moments() {
        return moments;
    }

    /** Letters that were taken. */
    List<Letter> taken() {
        return taken;
    }

    /** Tracking events of the world before the scene. */
    int since() {
        return since;
    }
}
