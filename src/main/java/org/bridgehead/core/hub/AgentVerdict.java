package org.bridgehead.core.hub;

import org.bridgehead.core.mail.EnhancedStatus;

/** What the agents of one stage say about a copy. */
public sealed interface AgentVerdict {
    /** Go on. */
    record Continue() implements AgentVerdict {}

    /**
     * Refuse every recipient of the copy; the sender gets a report.
     *
     * @param status kind 5
     * @param reason one line
     */
    record Reject(EnhancedStatus status, String reason) implements AgentVerdict {}

    /** Drop the copy without a report. */
    record Drop() implements AgentVerdict {}
}
