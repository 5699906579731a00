package org.bridgehead.whatif;

import java.time.Duration;
import java.util.List;
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
    private final FaultDraw draw;

    RandomLoads(long seed, List<String> transport, List<String> stores, List<Timed> letters, Duration hours) {
        this.draw = new FaultDraw(seed, "loads", transport, stores, letters, hours);
    }

    /** Faults and their ends in no order; {@code faults}: how many others there are. */
    List<Timed> draw(int faults) {
        for (int i = draw.random.nextInt(2 + faults / 6); i > 0; i--) {
            switch (draw.random.nextInt(3)) {
                case 0 -> press();
                case 1 -> flap();
                default -> refuse();
            }
        }
        return draw.drawn();
    }

    /** What makes all of them good again. */
    Stream<Step> mended() {
        return draw.mended();
    }

    private void press() {
        String server = draw.transport();
        Duration at = draw.moments.moment();
        Press end = new Press(server, Level.NORMAL);
        draw.at(at, new Press(server, draw.random.nextBoolean() ? Level.HIGH : Level.MEDIUM));
        draw.at(at.plus(draw.moments.aWhile()), end);
        draw.mendBy("pressure " + server, end);
    }

    private void flap() {
        Item item = new Item(Item.SERVER, draw.server(4));
        Duration at = draw.moments.moment();
        for (int i = 2 + draw.random.nextInt(6); i > 0; i--) {
            draw.at(at, Fault.of(Action.KILL, item));
            at = at.plusMillis(200 + draw.random.nextInt(3_000));
            draw.at(at, Fault.of(Action.START, item));
            at = at.plusMillis(200 + draw.random.nextInt(3_000));
        }
        draw.mendBy("process " + item, Fault.of(Action.START, item));
    }

    private void refuse() {
        Mishap no = new Mishap.RefuseConnection(EnhancedStatus.of("4.3.2"), "too busy");
        draw.at(draw.moments.moment(), new Trouble(draw.transport(), no, 3 + draw.random.nextInt(8)));
    }
}
