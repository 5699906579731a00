package org.bridgehead.core.hub;

/** What an operator tells a server. */
public sealed interface Operation {
    /**
     * Try a queue now; its ladder starts over (BEHAVIOUR 3.2).
     *
     * @param queue its name
     */
    record RetryQueue(String queue) implements Operation {}

    /**
     * Hold a queue: it takes copies and sends none.
     *
     * @param queue its name
     */
    record SuspendQueue(String queue) implements Operation {}

    /**
     * Free a held queue.
     *
     * @param queue its name
     */
    record ResumeQueue(String queue) implements Operation {}

    /** Open no further connection: what is being sent ends, the rest stays in the spool. */
    record Drain() implements Operation {}
}
