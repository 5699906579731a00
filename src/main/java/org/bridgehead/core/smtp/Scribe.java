package org.bridgehead.core.smtp;

/**
 * Writes down what is said on one incoming connection, in the order in which the session understood and answered it,
 * however it was cut into packets. Called in the thread of the session, which waits for it; arrays are not kept.
 */
public interface Scribe {
    /** Writes nothing. */
    Scribe NONE = new Scribe() {};

    /**
     * The peer has said a command, or answered a challenge.
     *
     * @param peer as it was known before
     * @param line without CR LF
     * @param length of the line in {@code line}
     * @param secret whether it may show a password
     */
    default void heard(Peer peer, byte[] line, int length, boolean secret) {}

    /** The session has answered. */
    default void said(Reply reply) {}

    /** The session wants something done, the octets of a message included. */
    default void wants(ReceiveAction action) {}
}
