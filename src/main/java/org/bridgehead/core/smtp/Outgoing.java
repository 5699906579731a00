package org.bridgehead.core.smtp;

import java.util.Optional;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.TransferState;

/**
 * One message for {@link SendSession#transmit}, its octets apart.
 *
 * @param envelope who to whom; all recipients are tried in one transaction
 * @param state for XSTATE, sent to servers of our organisation only
 * @param eightBit whether the message has octets above 127
 * @param utf8Header whether its header has some
 * @param handover goes with the state, for a receiver that is to know the copy again; empty = it need not
 */
public record Outgoing(
        Envelope envelope,
        Optional<TransferState> state,
        boolean eightBit,
        boolean utf8Header,
        Optional<Handover.Mark> handover) {
    /** One that the receiver need not know again. */
    public Outgoing(Envelope envelope, Optional<TransferState> state, boolean eightBit, boolean utf8Header) {
        this(envelope, state, eightBit, utf8Header, Optional.empty());
    }

    /** Of plain ASCII and without state. */
    public static Outgoing ascii(Envelope envelope) {
        return new Outgoing(envelope, Optional.empty(), false, false);
    }
}
