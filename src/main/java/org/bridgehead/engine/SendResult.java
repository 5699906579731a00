package org.bridgehead.engine;

import java.util.List;
import org.bridgehead.core.mail.RecipientOutcome;

/**
 * What the server said to a message that was handed in.
 *
 * @param server to which it was handed
 * @param outcomes one per recipient, in order
 */
public record SendResult(String server, List<RecipientOutcome> outcomes) {
    /** Copies the list. */
    public SendResult {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether every recipient was accepted. */
    public boolean accepted() {
        return outcomes.stream().allMatch(RecipientOutcome.Delivered.class::isInstance);
    }
}
