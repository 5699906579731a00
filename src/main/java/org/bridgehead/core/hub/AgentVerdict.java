package org.bridgehead.core.hub;

import java.util.List;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.topology.TransportRule;

/** What the agent of one stage says about a message or copy. */
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

    /**
     * Go on, with rules for this message before those of the organisation. Only at {@link Stage#SUBMITTED}.
     *
     * @param rules their names are the same whenever the agent says the same, so that what was done once is not done again
     */
    record Apply(List<TransportRule> rules) implements AgentVerdict {
        /** Copies the list. */
        public Apply {
            rules = List.copyOf(rules);
        }
    }

    /**
     * Ask again later, until the message expires. Only at {@link Stage#SUBMITTED}.
     *
     * @param why one line
     */
    record Later(String why) implements AgentVerdict {}
}
