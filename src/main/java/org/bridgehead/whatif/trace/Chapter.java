package org.bridgehead.whatif.trace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.TransportId;

/**
 * What one server does with a message in one go.
 *
 * @param at when
 * @param until when the last of several equal attempts was; {@code at} when there was one
 * @param visit index of the {@link Visit} among all
 * @param server where
 * @param site its site; empty on an edge
 * @param message which
 * @param report whether it is a report about a traced message
 * @param hop servers that have handled it, this one included
 * @param lines in order
 */
public record Chapter(
        Instant at,
        Instant until,
        int visit,
        String server,
        Optional<String> site,
        TransportId message,
        boolean report,
        int hop,
        List<Line> lines) {
    /** What a line tells. */
    public enum Tone {
        /** Something is taken. */
        TAKEN,
        /** A decision, in words of routing or of the directory. */
        DECIDED,
        /** Handed on. */
        SENT,
        /** In a mailbox. */
        DELIVERED,
        /** Has to wait. */
        WAITS,
        /** Given up. */
        FAILED,
        /** A report is made. */
        REPORTED
    }

    /**
     * A line.
     *
     * @param tone what it tells
     * @param text one sentence without its full stop
     * @param because reasons below it: sentences or parts of some, in order
     */
    public record Line(Tone tone, String text, List<String> because) {
        /** Copies the list. */
        public Line {
            because = List.copyOf(because);
        }

        /** Without reasons. */
        static Line of(Tone tone, String text) {
            return new Line(tone, text, List.of());
        }
    }

    /** Copies the list. */
    public Chapter {
        lines = List.copyOf(lines);
    }
}
