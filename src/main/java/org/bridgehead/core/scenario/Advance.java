package org.bridgehead.core.scenario;

import java.time.Duration;

/**
 * Virtual time passes.
 *
 * @param time how much; zero only waits for what is under way
 */
public record Advance(Duration time) implements Step {
    /** Checks the sign. */
    public Advance {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + time);
        }
    }
}
