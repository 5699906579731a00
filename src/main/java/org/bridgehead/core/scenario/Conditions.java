package org.bridgehead.core.scenario;

import java.time.Duration;

/**
 * How long things take in an imagined world, and how often they fail by chance. The same seed and the same steps give
 * the same course of events.
 *
 * @param seed of everything that varies
 * @param latency one way over a connection, on average
 * @param disk one synced write, on average
 * @param directory one look-up of directory or names, on average
 * @param room messages that a server keeps in memory; 0 = as many as it usually does
 * @param lossPerMille messages of a thousand whose connection breaks, half of them behind the final dot; 0 to 1000
 */
public record Conditions(long seed, Duration latency, Duration disk, Duration directory, int room, int lossPerMille) {
    /** Nothing takes time and nothing fails by chance: as on the wire in lockstep. */
    public static final Conditions IDEAL = new Conditions(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0);

    /** Checks the numbers. */
    public Conditions {
        if (latency.isNegative() || disk.isNegative() || directory.isNegative()) {
            throw new IllegalArgumentException("nothing is done before it is begun");
        }
        if (room < 0) {
            throw new IllegalArgumentException("room for " + room + " messages");
        }
        if (lossPerMille < 0 || lossPerMille > 1000) {
            throw new IllegalArgumentException("0 to 1000 of a thousand: " + lossPerMille);
        }
    }
}
