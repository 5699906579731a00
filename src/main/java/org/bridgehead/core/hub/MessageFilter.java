package org.bridgehead.core.hub;

import java.util.Optional;
import org.bridgehead.core.mail.InternalId;

/**
 * Which messages an operator wants to see.
 *
 * @param queue only those in this queue; empty = in all
 * @param id only this one; empty = all
 * @param limit most views
 */
public record MessageFilter(Optional<String> queue, Optional<InternalId> id, int limit) {
    /** Checks the limit. */
    public MessageFilter {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit is at least 1: " + limit);
        }
    }

    /** The first {@code limit} messages of all queues. */
    public static MessageFilter all(int limit) {
        return new MessageFilter(Optional.empty(), Optional.empty(), limit);
    }

    /** One message, in all its queues. */
    public static MessageFilter of(InternalId id) {
        return new MessageFilter(Optional.empty(), Optional.of(id), Integer.MAX_VALUE);
    }

    boolean matches(InternalId message) {
        return id.isEmpty() || id.get().equals(message);
    }
}
