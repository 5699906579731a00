package org.bridgehead.core.hub;

/** States of one message in a queue (BEHAVIOUR 3.1). */
public enum MessageStatus {
    /** Waits for its turn. */
    READY("Ready"),
    /** Is being sent, or is in the categorizer. */
    ACTIVE("Active"),
    /** The last attempt failed; waits for the next one. */
    RETRY("Retry"),
    /** Held by an operator. */
    SUSPENDED("Suspended"),
    /** Is being sent or read back; what is not delivered then is deleted. */
    PENDING_REMOVE("PendingRemove"),
    /** Is being sent; what is not delivered then is held. */
    PENDING_SUSPEND("PendingSuspend");

    private final String text;

    MessageStatus(String text) {
        this.text = text;
    }

    /** The word of the modelled system. */
    public String text() {
        return text;
    }
}
