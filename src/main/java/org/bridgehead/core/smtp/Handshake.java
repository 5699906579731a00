package org.bridgehead.core.smtp;

import org.bridgehead.core.mail.EnhancedStatus;

/** What became of opening a connection. */
public sealed interface Handshake {
    /**
     * Messages may be transmitted.
     *
     * @param capabilities what the peer offered last
     * @param tls whether TLS is on
     * @param authenticated whether AUTH has succeeded
     */
    record Ready(Capabilities capabilities, boolean tls, boolean authenticated) implements Handshake {}

    /**
     * The peer does not want us, or lacks what our policy asks for (then the status is of kind 4: policies never fall
     * back).
     *
     * @param status what the peer said, or 4.7.x by policy, or 4.5.0 for a malformed reply
     * @param reply the words, one line
     * @param stage where
     */
    record Refused(EnhancedStatus status, String reply, SendAction.Stage stage) implements Handshake {}

    /**
     * TLS could not be had, and the policy prefers clear text to no mail: to be begun again over a new connection,
     * without TLS ({@link TlsVerdict.ClearAgain}).
     *
     * @param why one line
     */
    record ClearAgain(String why) implements Handshake {}

    /**
     * The connection broke or a time limit was reached.
     *
     * @param reason what happened, one line
     * @param stage where
     */
    record Lost(String reason, SendAction.Stage stage) implements Handshake {
        /** 4.4.1 when nobody answered, 4.4.2 when the connection broke (BEHAVIOUR 2.7). */
        public EnhancedStatus status() {
            return EnhancedStatus.of(stage == SendAction.Stage.CONNECT ? "4.4.1" : "4.4.2");
        }
    }
}
