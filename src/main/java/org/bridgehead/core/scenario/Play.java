package org.bridgehead.core.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.topology.Names;

/** Plays the steps of a scene on a stage, in their order. One play is for one scene and one thread. */
public final class Play {
    /** Who looks on. */
    public interface Witness {
        /** Sees nothing. */
        Witness NOBODY = new Witness() {};

        /**
         * A letter was handed in.
         *
         * @param refusal why it was not taken; empty = it was
         */
        default void sent(Letter letter, Optional<String> refusal) {}

        /**
         * A part failed or works again.
         *
         * @param taken messages that the server had taken in this scene until then; 0 for links and sites
         */
        default void failed(Fault fault, int taken) {}
    }

    private final Stage stage;
    private final Witness witness;
    private final int since;
    private final List<Fault> armed = new ArrayList<>();

    private Play(Stage stage, Witness witness) {
        this.stage = stage;
        this.witness = witness;
        this.since = stage.events().size();
    }

    /**
     * Plays a scene to its end, when everything under way is done.
     *
     * @param letters of each {@link Send} step, in their order
     * @throws UnsupportedOperationException when a step cannot happen on this stage
     */
    public static void of(Stage stage, Scene scene, List<List<Letter>> letters, Witness witness) {
        Play play = new Play(stage, witness);
        int next = 0;
        for (Step step : scene.steps()) {
            if (step instanceof Send) {
                letters.get(next++).forEach(play::send);
            } else if (step instanceof Fault fault) {
                play.fail(fault);
            } else if (step instanceof Advance advance) {
                play.pass(advance.time());
            } else {
                stage.perform(step);
            }
        }
        play.pass(Duration.ZERO);
    }

    private void send(Letter letter) {
        witness.sent(letter, stage.send(letter));
        if (!armed.isEmpty()) {
            List<Fault> due = armed.stream()
                    .filter(fault -> takenBy(fault.item().name()) >= fault.afterMessages())
                    .toList();
            armed.removeAll(due);
            due.forEach(this::perform);
        }
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
        witness.failed(fault, takenBy(fault.item().name()));
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
}
