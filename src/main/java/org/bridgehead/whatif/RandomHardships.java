package org.bridgehead.whatif;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.scenario.Advance;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Fault.Action;
import org.bridgehead.core.scenario.Lag;
import org.bridgehead.core.scenario.Operate;
import org.bridgehead.core.scenario.Poisoned;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.whatif.RandomScenario.Timed;

/**
 * Draws disks that cannot sync, servers that answer late, and messages that crash whoever handles them. Has dice of its
 * own, so that other draws of a seed stay what they are. One thread.
 */
final class RandomHardships {
    private final FaultDraw draw;
    private final TreeSet<String> poisoned = new TreeSet<>();

    RandomHardships(long seed, List<String> transport, List<String> stores, List<Timed> letters, Duration hours) {
        this.draw = new FaultDraw(seed, "hardships", transport, stores, letters, hours);
    }

    /** Faults and their ends in no order; {@code faults}: how many others there are. */
    List<Timed> draw(int faults) {
        for (int i = draw.random.nextInt(2 + faults / 5); i > 0; i--) {
            switch (draw.random.nextInt(3)) {
                case 0 -> failSync();
                case 1 -> lag();
                default -> poison();
            }
        }
        return draw.drawn();
    }

    /** What makes all of them good again. */
    Stream<Step> mended() {
        return draw.mended();
    }

    /** When all servers have read back what they have, what was set aside is tried once more. */
    List<Step> freed() {
        List<Step> steps = new ArrayList<>();
        if (!poisoned.isEmpty()) {
            steps.add(new Advance(Duration.ofMinutes(10)));
            poisoned.forEach(server -> steps.add(free(server)));
        }
        return steps;
    }

    private static Operate free(String server) {
        return new Operate(server, Operation.ResumeQueue.POISON);
    }

    private void failSync() {
        Item item = new Item(Item.SERVER, draw.transport());
        Duration at = draw.moments.moment();
        Fault end = Fault.of(Action.MEND_SYNC, item);
        draw.at(at, Fault.of(Action.FAIL_SYNC, item));
        draw.at(at.plus(draw.moments.aWhile()), end);
        draw.mendBy("sync " + item, end);
    }

    /** From a blink to longer than anybody waits. */
    private void lag() {
        String server = draw.server(3);
        Duration at = draw.moments.moment();
        Duration delay = draw.random.nextInt(3) == 0
                ? Duration.ofSeconds(1 + draw.random.nextInt(720))
                : Duration.ofMillis(200 + draw.random.nextInt(30_000));
        draw.at(at, new Lag(server, delay));
        Lag end = new Lag(server, Duration.ZERO);
        draw.at(at.plus(draw.moments.aWhile()), end);
        draw.mendBy("lag " + server, end);
    }

    private void poison() {
        String server = draw.transport();
        Duration at = draw.moments.moment();
        draw.at(at, new Poisoned(server, 1 + draw.random.nextInt(4)));
        if (draw.random.nextInt(3) == 0) {
            draw.at(at.plus(draw.moments.aWhile()), free(server));
        }
        poisoned.add(server);
        draw.mendBy("poison " + server, new Poisoned(server, 0));
    }
}
