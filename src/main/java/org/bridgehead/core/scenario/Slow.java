package org.bridgehead.core.scenario;

import java.time.Duration;

/**
 * From now on whatever a server writes or reads takes longer, or what a domain controller answers.
 *
 * @param server a hub, edge or domain controller
 * @param delay added to each access to its disk, or to each answer; zero = as fast as before
 */
public record Slow(String server, Duration delay) implements Step {
    /** Checks the sign. */
    public Slow {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a disk is not faster than at once: " + delay);
        }
    }
}
