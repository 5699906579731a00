package org.bridgehead.core.scenario;

/**
 * The next message that a server takes in is poison: whenever the server is about to send it on, it crashes, and starts
 * again by itself (BEHAVIOUR 3.2: PoisonThreshold).
 *
 * @param server a hub or edge
 * @param times how often it crashes at most, from then on the message goes its way; 0 = the bug is found: no message crashes
 *     the server any more
 */
public record Poisoned(String server, int times) implements Step {
    /** Checks the number. */
    public Poisoned {
        if (times < 0) {
            throw new IllegalArgumentException("how often? " + times);
        }
    }
}
