package org.bridgehead.cli.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Play;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Stage;
import org.bridgehead.core.topology.Topology;

/** One scene played in one world. */
final class Performance implements Play.Witness {
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
    private final Stage.Losses before;
    private final List<Letter> taken = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();

    private Performance(Stage stage) {
        this.stage = stage;
        this.since = stage.events().size();
        this.before = stage.losses();
    }

    /**
     * Plays.
     *
     * @param letters of each {@link org.bridgehead.core.scenario.Send} step, in their order
     */
    static Performance of(Stage stage, Scene scene, List<List<Letter>> letters) {
        Performance performance = new Performance(stage);
        Play.of(stage, scene, letters, performance);
        return performance;
    }

    @Override
    public void sent(Letter letter, Optional<String> refusal) {
        if (refusal.isPresent()) {
            refused.add(new Refusal(letter, refusal.get()));
        } else {
            taken.add(letter);
        }
    }

    @Override
    public void failed(Fault fault, int takenByThen) {
        moments.add(new Moment(fault, stage.events().size(), takenByThen));
    }

    /** What became of the letters. */
    Account account(Topology topology, Collection<EmailAddress> others) {
        return Account.of(stage, topology, taken, refused, since, others)
                .with(stage.losses().since(before));
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
