package org.bridgehead.core.hub;

import java.util.function.Function;
import org.bridgehead.core.mail.EnhancedStatus;

/** What came of opening a connection. */
public sealed interface ConnectOutcome {
    /** The server is ready to take messages. */
    record Ready() implements ConnectOutcome {}

    /**
     * The server answered, and said no.
     *
     * @param status enhanced status
     * @param reply its words, one line
     */
    record Refused(EnhancedStatus status, String reply) implements ConnectOutcome {}

    /**
     * The server did not answer, or the link to it is lost.
     *
     * @param reason one line
     */
    record Unreachable(String reason) implements ConnectOutcome {}

    /** One function per case. */
    default <R> R match(Function<Ready, R> ready, Function<Refused, R> refused, Function<Unreachable, R> unreachable) {
        if (this instanceof Ready r) {
            return ready.apply(r);
        }
        if (this instanceof Refused r) {
            return refused.apply(r);
        }
        return unreachable.apply((Unreachable) this);
    }
}
