package org.bridgehead.core.smtp;

import java.util.Optional;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.DsnReturn;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Recipient;

/** One command line, understood. Made by {@link CommandParser}. */
sealed interface Command {
    /**
     * EHLO, HELO or LHLO.
     *
     * @param verb upper case
     * @param name what the client calls itself
     */
    record Hello(String verb, String name) implements Command {}

    /**
     * MAIL FROM.
     *
     * @param sender empty = the null sender
     * @param size the SIZE parameter; 0 = not given
     */
    record Mail(
            Optional<EmailAddress> sender,
            long size,
            BodyType body,
            boolean smtpUtf8,
            Optional<DsnReturn> ret,
            Optional<String> envid)
            implements Command {}

    /** RCPT TO. */
    record Rcpt(Recipient recipient) implements Command {}

    /** DATA. */
    record Data() implements Command {}

    /**
     * BDAT (RFC 3030).
     *
     * @param size octets that follow the line
     * @param last whether the message ends with them
     */
    record Bdat(long size, boolean last) implements Command {}

    /** RSET. */
    record Rset() implements Command {}

    /** NOOP. */
    record Noop() implements Command {}

    /** QUIT. */
    record Quit() implements Command {}

    /** HELP. */
    record Help() implements Command {}

    /** VRFY. */
    record Vrfy() implements Command {}

    /** STARTTLS. */
    record StartTls() implements Command {}

    /**
     * AUTH (RFC 4954).
     *
     * @param mechanism upper case
     * @param initial the initial response, still base64; {@code =} stands for an empty one
     */
    record Auth(String mechanism, Optional<String> initial) implements Command {}

    /** XSTATE, see {@link XState}. */
    record State(String argument) implements Command {}

    /**
     * Not to be carried out.
     *
     * @param reply why
     * @param counts whether it is an error against the protocol
     * @param closes whether what follows cannot be told apart any more
     */
    record Bad(Reply reply, boolean counts, boolean closes) implements Command {}
}
