package org.bridgehead.whatif;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
    private final Random random;
    private final Moments moments;
    private final List<String> transport;
    private final List<String> stores;
    private final List<Timed> timed = new ArrayList<>();
    private final Map<String, Step> mended = new LinkedHashMap<>();
    private final TreeSet<String> poisoned = new TreeSet<>();

    RandomHardships(long seed, List<String> transport, List<String> stores, List<Timed> letters, Duration hours) {
        this.random = new Random(Dice.of(seed, "hardships").next());
        this.moments = new Moments(random, letters, hours);
        this.transport = transport;
        this.stores = stores;
    }

    /** Faults and their ends in no order; {@code faults}: how many others there are. */
    List<Timed> draw(int faults) {
        for (int i = random.nextInt(2 + faults / 5); i > 0; i--) {
            switch (random.nextInt(3)) {
                case 0 -> failSync();
                case 1 -> lag();
                default -> poison();
            }
        }
        return timed;
    }

    /** What makes all of them good again. */
    Stream<Step> mended() {
        return mended.values().stream();
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

    private String any(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    private void failSync() {
        Item item = new Item(Item.SERVER, any(transport));
        Duration at = moments.moment();
        Fault end = Fault.of(Action.MEND_SYNC, item);
        timed.add(new Timed(at, Fault.of(Action.FAIL_SYNC, item)));
        timed.add(new Timed(at.plus(moments.aWhile()), end));
        mended.put("sync " + item, end);
    }

    /** From a blink to longer than anybody waits. */
    private void lag() {
        String server = any(random.nextInt(3) == 0 && !stores.isEmpty() ? stores : transport);
        Duration at = moments.moment();
        Duration delay = random.nextInt(3) == 0
                ? Duration.ofSeconds(1 + random.nextInt(720))
                : Duration.ofMillis(200 + random.nextInt(30_000));
        timed.add(new Timed(at, new Lag(server, delay)));
        Lag end = new Lag(server, Duration.ZERO);
        timed.add(new Timed(at.plus(moments.aWhile()), end));
        mended.put("lag " + server, end);
    }

    private void poison() {
        String server = any(transport);
        Duration at = moments.moment();
        timed.add(new Timed(at, new Poisoned(server, 1 + random.nextInt(4))));
        if (random.nextInt(3) == 0) {
            timed.add(new Timed(at.plus(moments.aWhile()), free(server)));
        }
        poisoned.add(server);
        mended.put("poison " + server, new Poisoned(server, 0));
    }
}
