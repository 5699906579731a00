package org.bridgehead.core.hub;

import java.util.function.Function;
import org.bridgehead.core.mail.EnhancedStatus;

/** What came of opening a connection. */
public sealed interface ConnectOutcome {
    /**
     * The server is ready to take messages.
     *
     * @param reports whether it sees to the reports that senders ask for (RFC 3461, the extension DSN)
     */
    record Ready(boolean reports) implements ConnectOutcome {
        /** A server that sees to reports. */
        public Ready() {
            this(true);
        }
    }

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
