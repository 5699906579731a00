package org.bridgehead.core.scenario;

import org.bridgehead.core.mail.EnhancedStatus;

/** What may go wrong at the next contact with a server; scripted by {@link Trouble}. */
public sealed interface Mishap {
    /**
     * It refuses the connection.
     *
     * @param status kind 4 or 5
     * @param reply its words
     */
    record RefuseConnection(EnhancedStatus status, String reply) implements Mishap {}

    /**
     * It puts off every recipient of a message.
     *
     * @param status kind 4
     * @param reply its words
     */
    record Defer(EnhancedStatus status, String reply) implements Mishap {}

    /**
     * It refuses every recipient of a message.
     *
     * @param status kind 5
     * @param reply its words
     */
    record Bounce(EnhancedStatus status, String reply) implements Mishap {}

    /** The connection breaks before the message is taken. */
    record LoseConnection() implements Mishap {}

    /** It takes the message, and the connection breaks before the reply arrives. */
    record LoseReply() implements Mishap {}
}
