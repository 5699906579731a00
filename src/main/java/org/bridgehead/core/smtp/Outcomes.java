package org.bridgehead.core.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bridgehead.core.mail.RecipientOutcome;

/** What is known of the recipients of one transaction, by their index in the envelope. First word stands. */
final class Outcomes {
    private final int recipients;
    private final Map<Integer, RecipientOutcome> known = new TreeMap<>();
    private final TreeSet<Integer> live = new TreeSet<>();
    private boolean anyAccepted;

    Outcomes(int recipients) {
        this.recipients = recipients;
    }

    /** The peer accepted the recipient; its outcome depends on the message. */
    void accepted(int recipient) {
        anyAccepted = true;
        if (isOpen(recipient)) {
            live.add(recipient);
        }
    }

    void give(int recipient, RecipientOutcome outcome) {
        known.putIfAbsent(recipient, outcome);
        live.remove(recipient);
    }

    /** Gives {@code outcome} to everybody who has none. */
    void giveRest(RecipientOutcome outcome) {
        for (int i = 0; i < recipients; i++) {
            give(i, outcome);
        }
    }

    boolean isOpen(int recipient) {
        return !known.containsKey(recipient);
    }

    boolean isComplete() {
        return known.size() == recipients;
    }

    /** Whether the peer accepted somebody, whatever became of it. */
    boolean anyAccepted() {
        return anyAccepted;
    }

    /** Whether somebody was accepted and waits for the message. */
    boolean anyLive() {
        return !live.isEmpty();
    }

    /** The first recipient of {@link #anyLive()}. */
    int firstLive() {
        return live.first();
    }

    /** All of them, once complete. */
    List<RecipientOutcome> toList() {
        return new ArrayList<>(known.values());
    }
}
