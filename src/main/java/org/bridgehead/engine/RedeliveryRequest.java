package org.bridgehead.engine;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.hub.StorageGroupId;

/**
 * What a newly active mailbox node wants of one hub, and what came of it. An immutable value.
 *
 * @param number unique over all requests
 * @param hub who is asked
 * @param storageGroup what may have lost mail
 * @param window from and to when
 * @param made when it was first asked for
 * @param next when the hub is asked again, unless it answers before; empty = it has answered, or is not asked any more
 * @param messages that the hub made of its dumpster; empty = it has not answered
 */
public record RedeliveryRequest(
        long number,
        String hub,
        StorageGroupId storageGroup,
        RedeliveryWindow window,
        Instant made,
        Optional<Instant> next,
        Optional<Integer> messages) {
    RedeliveryRequest askedAgainAt(Optional<Instant> at) {
        return new RedeliveryRequest(number, hub, storageGroup, window, made, at, messages);
    }

    RedeliveryRequest answered(int made) {
        return new RedeliveryRequest(number, hub, storageGroup, window, this.made, Optional.empty(), Optional.of(made));
    }

    /** Whether the hub has not answered and will be asked again. */
    public boolean isOpen() {
        return next.isPresent();
    }

    /** As a line of a file, while it is open. */
    String line() {
        return String.join(
                "\t",
                Long.toString(number),
                hub,
                storageGroup.server(),
                storageGroup.group(),
                window.from().toString(),
                window.to().toString(),
                made.toString());
    }

    /** Reads {@link #line}, due at once; empty = it is none. */
    static Optional<RedeliveryRequest> parse(String line, Instant now) {
        String[] parts = line.split("\t");
        if (parts.length != 7) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RedeliveryRequest(
                    Long.parseLong(parts[0]),
                    parts[1],
                    new StorageGroupId(parts[2], parts[3]),
                    new RedeliveryWindow(Instant.parse(parts[4]), Instant.parse(parts[5])),
                    Instant.parse(parts[6]),
                    Optional.of(now),
                    Optional.empty()));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
