package org.bridgehead.engine;

import java.time.Duration;
import org.bridgehead.core.routing.Item;

/** A link or site that may be lost and found. Safe for any thread. */
record LostPart(Network network, Item item) implements LinkHandle {
    @Override
    public String name() {
        return item.name();
    }

    @Override
    public void cut() {
        network.cut(item);
    }

    @Override
    public void mend() {
        network.mend(item);
        network.pace(item, Pace.FULL);
    }

    @Override
    public void slow(Duration latency) {
        network.pace(item, network.pace(item).slow(latency));
    }

    @Override
    public void throttle(long octetsPerSecond) {
        network.pace(item, network.pace(item).throttled(octetsPerSecond));
    }
}
