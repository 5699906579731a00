package org.bridgehead.core.smtp;

import java.util.Optional;

/**
 * How many connections a receive connector takes (BEHAVIOUR 6).
 *
 * @param maxConnections in all
 * @param maxPerSource from one address
 * @param percentPerSource one address may have that much of the connections still free, at least one; 100 = any
 */
public record ConnectionLimits(int maxConnections, int maxPerSource, int percentPerSource) {
    /** The documented defaults of a connector that faces strangers. */
    public static final ConnectionLimits EDGE = new ConnectionLimits(5_000, 20, 2);

    /** The documented defaults of a hub, whose peers are few and known. */
    public static final ConnectionLimits HUB = new ConnectionLimits(5_000, Integer.MAX_VALUE, 100);

    /** Checks the ranges. */
    public ConnectionLimits {
        if (maxConnections < 1 || maxPerSource < 1 || percentPerSource < 1 || percentPerSource > 100) {
            throw new IllegalArgumentException(
                    "limits out of range: " + maxConnections + " " + maxPerSource + " " + percentPerSource);
        }
    }

    /**
     * Whether one more connection is refused.
     *
     * @param open connections there are, the new one not counted
     * @param fromSource those of the same address
     */
    public Optional<Reply> refusal(int open, int fromSource) {
        long share = Math.max(1, (long) (maxConnections - open) * percentPerSource / 100);
        if (open >= maxConnections) {
            return Optional.of(Reply.of(421, "4.3.2", "Too many connections"));
        }
        return fromSource >= maxPerSource || (percentPerSource < 100 && fromSource >= share)
                ? Optional.of(Reply.of(421, "4.3.2", "Too many connections from your address"))
                : Optional.empty();
    }
}
