package org.bridgehead.core.smtp;

import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;

/**
 * What a {@link ReceiveSession} wants done. To be performed in order, and before the session is called again: arrays
 * belong to the session or to whoever handed them in. {@link BeginMessage}, {@link EndMessage} and {@link StartTls}
 * are the last action of their list and are answered by a call.
 */
public sealed interface ReceiveAction {
    /**
     * Write and flush.
     *
     * @param octets one or more replies
     */
    record Send(byte[] octets) implements ReceiveAction {}

    /**
     * Make room for a message. Answered by {@link ReceiveSession#messageBegun} or
     * {@link ReceiveSession#messageRefused}.
     *
     * @param peer who sends it
     * @param envelope complete
     * @param declaredSize the SIZE parameter; 0 = not given
     */
    record BeginMessage(Peer peer, Envelope envelope, long declaredSize) implements ReceiveAction {}

    /**
     * The next octets of the message as it is to be kept, the prepended header fields first.
     *
     * @param data not to be changed
     * @param offset of the first octet
     * @param length positive
     */
    record BodyOctets(byte[] data, int offset, int length) implements ReceiveAction {}

    /**
     * The message is complete: make it survive a power cut. Answered by {@link ReceiveSession#messageEnded}.
     *
     * @param envelope as in {@link BeginMessage}
     * @param facts everything known of the message
     */
    record EndMessage(Envelope envelope, Facts facts) implements ReceiveAction {}

    /** The message that was begun will not be completed: forget it. */
    record AbortMessage() implements ReceiveAction {}

    /** Shake hands as TLS server. Answered by {@link ReceiveSession#tlsStarted}; a failure ends the connection. */
    record StartTls() implements ReceiveAction {}

    /** Close the connection. */
    record Close() implements ReceiveAction {}
}
