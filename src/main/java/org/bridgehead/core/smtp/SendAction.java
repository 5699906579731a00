package org.bridgehead.core.smtp;

/**
 * What the owner of a {@link SendSession} has to do next, in list order. Everything up to {@link Await} or
 * {@link StartTls} may go out in one write. A list without {@code Await}, {@code StartTls} and {@code Close} at its end
 * means that the session has a result.
 */
public sealed interface SendAction {
    /** Where in the dialogue the session is; time limits hang on it (RFC 5321 section 4.5.3.2). */
    enum Stage {
        /** Before the first octet. */
        CONNECT,
        /** Waiting for the greeting. */
        BANNER,
        /** EHLO, LHLO or HELO. */
        EHLO,
        /** STARTTLS and the TLS handshake. */
        STARTTLS,
        /** AUTH and its challenges. */
        AUTH,
        /** MAIL, and RSET and XSTATE before it. */
        MAIL,
        /** RCPT. */
        RCPT,
        /** DATA. */
        DATA,
        /** The final reply. */
        FINAL,
        /** QUIT. */
        QUIT
    }

    /**
     * Send these octets.
     *
     * @param octets not to be changed
     */
    record Write(byte[] octets) implements SendAction {}

    /**
     * Send the message; with {@code dotted} through a {@link DotStuffer} and followed by its end, else as it is and
     * exactly as many octets as were announced.
     *
     * @param dotted DATA, else BDAT
     */
    record WriteBody(boolean dotted) implements SendAction {}

    /**
     * Put TLS over the connection, then call {@link SendSession#tlsEnded}, whatever came of it.
     *
     * @param judged whether the peer's certificate is to be judged: its dates, its name, who vouches for it
     */
    record StartTls(boolean judged) implements SendAction {}

    /**
     * Send what is pending, wait for octets and hand them to {@link SendSession#received}.
     *
     * @param stage what is waited for
     */
    record Await(Stage stage) implements SendAction {}

    /** Send what is pending and close the connection. */
    record Close() implements SendAction {}
}
