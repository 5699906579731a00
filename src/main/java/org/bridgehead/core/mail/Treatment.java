package org.bridgehead.core.mail;

import java.util.List;
import java.util.Optional;

/**
 * What becomes of some recipients of a message instead of going on as it is: their octets are changed, the message is put
 * on record, or they do not get it. Decided once and kept with the copy: a crash changes none of it. Immutable; nothing
 * in nearly all cases.
 *
 * @param rules names of the transport rules that change the octets, in the order in which they do
 * @param journals names of the journal rules that want a report
 * @param refusal why they do not get it; empty = they do
 */
public record Treatment(List<String> rules, List<String> journals, Optional<Rejection> refusal) {
    /** Nothing is done. */
    public static final Treatment NONE = new Treatment(List.of(), List.of(), Optional.empty());

    /** Copies the lists. */
    public Treatment {
        rules = List.copyOf(rules);
        journals = List.copyOf(journals);
    }

    /** They do not get it. */
    public static Treatment refused(EnhancedStatus status, String reason) {
        return new Treatment(List.of(), List.of(), Optional.of(new Rejection(status, reason)));
    }

    /** Whether the message becomes another one on the way, or is put on record. */
    public boolean isWork() {
        return !rules.isEmpty() || !journals.isEmpty();
    }
}
