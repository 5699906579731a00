package org.bridgehead.core.mail;

import java.util.function.Function;

/** What one attempt came to for one recipient. Every driver answers with these and decides nothing from them. */
public sealed interface RecipientOutcome {
    /**
     * The peer took responsibility.
     *
     * @param reply its words, one line
     */
    record Delivered(String reply) implements RecipientOutcome {}

    /**
     * Not now (4yz, a connection lost before the final dot, a local trouble).
     *
     * @param status enhanced status, kind 4
     * @param reply the words, one line
     */
    record Deferred(EnhancedStatus status, String reply) implements RecipientOutcome {}

    /**
     * Not ever (5yz).
     *
     * @param status enhanced status, kind 5
     * @param reply the words, one line
     */
    record Bounced(EnhancedStatus status, String reply) implements RecipientOutcome {}

    /**
     * The final reply was lost: the peer may or may not have the message. It is tried again and may arrive twice.
     *
     * @param reason what happened, one line
     */
    record Unknown(String reason) implements RecipientOutcome {}

    /** What the peer said, or what happened instead: one line. */
    default String said() {
        return match(Delivered::reply, Deferred::reply, Bounced::reply, Unknown::reason);
    }

    /** One function per case: a new case breaks every caller at compile time. */
    default <R> R match(
            Function<Delivered, R> delivered,
            Function<Deferred, R> deferred,
            Function<Bounced, R> bounced,
            Function<Unknown, R> unknown) {
        if (this instanceof Delivered d) {
            return delivered.apply(d);
        }
        if (this instanceof Deferred d) {
            return deferred.apply(d);
        }
        if (this instanceof Bounced b) {
            return bounced.apply(b);
        }
        return unknown.apply((Unknown) this);
    }
}
