package org.bridgehead.core.scenario;

import java.util.Optional;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.smtp.Reply;

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

    /** The reply in which it shows; empty = there is none, the connection breaks. */
    default Optional<Reply> spoken() {
        if (this instanceof RefuseConnection no) {
            return Optional.of(reply(no.status().isTransient() ? 421 : 554, no.status(), no.reply()));
        }
        if (this instanceof Defer defer) {
            return Optional.of(reply(451, defer.status(), defer.reply()));
        }
        return this instanceof Bounce bounce
                ? Optional.of(reply(554, bounce.status(), bounce.reply()))
                : Optional.empty();
    }

    private static Reply reply(int code, EnhancedStatus status, String words) {
        return Reply.of(code, status.toString(), words);
    }
}
