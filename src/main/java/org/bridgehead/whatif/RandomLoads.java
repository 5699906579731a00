package org.bridgehead.whatif;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bridgehead.core.hub.Pressure.Level;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Fault.Action;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.scenario.Press;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.scenario.Trouble;
import org.bridgehead.whatif.RandomScenario.Timed;

/**
 * Draws servers that are there and no good: short of memory or disk, going up and down every few seconds, refusing one
 * connection after the other. Has dice of its own, so that other draws of a seed stay what they are. One thread.
 */
final class RandomLoads {
    private final Random random;
    private final Moments moments;
    private final List<String> transport;
    private final List<String> stores;
    private final List<Timed> timed = new ArrayList<>();
    private final Map<String, Step> mended = new LinkedHashMap<>();

    RandomLoads(long seed, List<String> transport, List<String> stores, List<Timed> letters, Duration hours) {
        this.random = new Random(Dice.of(seed, "loads").next());
        this.moments = new Moments(random, letters, hours);
        this.transport = transport;
        this.stores = stores;
    }

    /** Faults and their ends in no order; {@code faults}: how many others there are. */
    List<Timed> draw(int faults) {
        for (int i = random.nextInt(2 + faults / 6); i > 0; i--) {
            switch (random.nextInt(3)) {
                case 0 -> press();
                case 1 -> flap();
                default -> refuse();
            }
        }
        return timed;
    }

    /** What makes all of them good again. */
    Stream<Step> mended() {
        return mended.values().stream();
    }

    private String any(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    private void press() {
        String server = any(transport);
        Duration at = moments.moment();
        Press end = new Press(server, Level.NORMAL);
        timed.add(new Timed(at, new Press(server, random.nextBoolean() ? Level.HIGH : Level.MEDIUM)));
        timed.add(new Timed(at.plus(moments.aWhile()), end));
        mended.put("pressure " + server, end);
    }

    private void flap() {
        Item item = new Item(Item.SERVER, any(random.nextInt(4) == 0 && !stores.isEmpty() ? stores : transport));
        Duration at = moments.moment();
        for (int i = 2 + random.nextInt(6); i > 0; i--) {
            timed.add(new Timed(at, Fault.of(Action.KILL, item)));
            at = at.plusMillis(200 + random.nextInt(3_000));
            timed.add(new Timed(at, Fault.of(Action.START, item)));
            at = at.plusMillis(200 + random.nextInt(3_000));
        }
        mended.put("process " + item, Fault.of(Action.START, item));
    }

    private void refuse() {
        Mishap no = new Mishap.RefuseConnection(EnhancedStatus.of("4.3.2"), "too busy");
        timed.add(new Timed(moments.moment(), new Trouble(any(transport), no, 3 + random.nextInt(8))));
    }
}
