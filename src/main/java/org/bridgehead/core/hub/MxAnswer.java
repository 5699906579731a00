package org.bridgehead.core.hub;

import java.util.List;
import org.bridgehead.core.routing.MxPlan;

/** What the name system says about the mail exchangers of a domain; {@link MxPlan} says what it means. */
public sealed interface MxAnswer {
    /**
     * The domain exists.
     *
     * @param records its MX records in any order; empty = it has none and is its own exchanger
     */
    record Found(List<MxPlan.Mx> records) implements MxAnswer {
        /** Copies the list. */
        public Found {
            records = List.copyOf(records);
        }
    }

    /** The domain does not exist. */
    record NoDomain() implements MxAnswer {}

    /**
     * Nobody answered.
     *
     * @param why one line
     */
    record Unavailable(String why) implements MxAnswer {}
}
