package org.bridgehead.core.scenario;

import java.time.Duration;

/**
 * From now on a server answers, and takes its time: each connection to it and each message takes longer, for other servers
 * of the organisation. More than {@link #GREETING}, and they wait for a greeting no longer; more than {@link #FINAL_REPLY},
 * and not for the reply to a message.
 *
 * @param at a hub, edge or mailbox server
 * @param delay of each of its answers; zero = as fast as before
 */
public record Lag(String at, Duration delay) implements Step {
    /** How long a greeting is waited for (RFC 5321 section 4.5.3.2.1). */
    public static final Duration GREETING = Duration.ofMinutes(5);

    /** How long the reply to a message is waited for (RFC 5321 section 4.5.3.2.6). */
    public static final Duration FINAL_REPLY = Duration.ofMinutes(10);

    /** Checks the sign. */
    public Lag {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a server does not answer before it is asked: " + delay);
        }
    }
}
