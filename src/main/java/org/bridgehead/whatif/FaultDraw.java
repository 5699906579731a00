package org.bridgehead.whatif;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.whatif.RandomScenario.Timed;

/**
 * What a generator of one kind of faults draws with and has drawn. Has dice of its own, so that other draws of a seed stay
 * what they are. One thread.
 */
final class FaultDraw {
    final Random random;
    final Moments moments;
    private final List<String> transport;
    private final List<String> stores;
    private final List<Timed> timed = new ArrayList<>();
    private final Map<String, Step> mended = new LinkedHashMap<>();

    FaultDraw(
            long seed, String dice, List<String> transport, List<String> stores, List<Timed> letters, Duration hours) {
        this.random = new Random(Dice.of(seed, dice).next());
        this.moments = new Moments(random, letters, hours);
        this.transport = transport;
        this.stores = stores;
    }

    /** A hub or edge. */
    String transport() {
        return any(transport);
    }

    /** A hub or edge, or once in {@code oneIn} times a mailbox server. */
    String server(int oneIn) {
        return any(random.nextInt(oneIn) == 0 && !stores.isEmpty() ? stores : transport);
    }

    private String any(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    void at(Duration at, Step step) {
        timed.add(new Timed(at, step));
    }

    /** What makes good again whatever {@code what} names, also when its end is not drawn. */
    void mendBy(String what, Step end) {
        mended.put(what, end);
    }

    /** Faults and their ends in no order. */
    List<Timed> drawn() {
        return timed;
    }

    /** What makes all of them good again. */
    Stream<Step> mended() {
        return mended.values().stream();
    }
}
