package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.mail.InternalId;

/** What an operator tells a server. */
public sealed interface Operation {
    /** The queue of messages that are not routed yet. */
    String SUBMISSION = "Submission";

    /** In place of a queue: all that a message is in. */
    String EVERY_QUEUE = "*";

    /**
     * Try a queue now; its ladder starts over (BEHAVIOUR 3.2), and what rests by itself is tried with it.
     *
     * @param queue its name
     */
    record RetryQueue(String queue) implements Operation {}

    /**
     * Hold a queue: it takes copies and sends none. {@link #SUBMISSION} stops the categorizer for new mail. Stands until
     * it is resumed, also when there is no such queue at present.
     *
     * @param queue its name
     */
    record SuspendQueue(String queue) implements Operation {}

    /**
     * Free a held queue. Whoever frees the poison queue takes the risk: all that was set aside is tried again.
     *
     * @param queue its name
     */
    record ResumeQueue(String queue) implements Operation {
        /** Frees all that was set aside because it crashed the server. */
        public static final ResumeQueue POISON = new ResumeQueue("Poison");
    }

    /**
     * Empty a queue: what waits in it is resolved and routed afresh, and comes back when there is no other way. Held
     * messages stay.
     *
     * @param queue its name
     */
    record DrainQueue(String queue) implements Operation {}

    /**
     * Hold one message. What is being sent goes on; it is held when that fails (PendingSuspend). One that is not routed
     * yet cannot be held (BEHAVIOUR 3.1).
     *
     * @param message its number here
     * @param queue in this queue, or {@link #EVERY_QUEUE}
     */
    record SuspendMessage(InternalId message, String queue) implements Operation {}

    /**
     * Free a held message.
     *
     * @param message its number here
     * @param queue in this queue, or {@link #EVERY_QUEUE}
     */
    record ResumeMessage(InternalId message, String queue) implements Operation {}

    /**
     * Delete one message. What is being sent goes on; it is deleted when that fails (PendingRemove).
     *
     * @param message its number here
     * @param queue in this queue, or {@link #EVERY_QUEUE}
     * @param report whether the sender is told
     */
    record RemoveMessage(InternalId message, String queue, boolean report) implements Operation {}

    /**
     * How often the server has crashed while it handled a message; told by whoever noticed the crash, before the next
     * life begins. No operator says this.
     *
     * @param message its number here
     * @param crashes so far
     */
    record CountCrashes(InternalId message, int crashes) implements Operation {
        /** Crashes after which a message is set aside (PoisonThreshold). */
        public static final int MOST = 2;

        /** What stands after one more crash with a message: {@code standing}, and the count that goes up. */
        public static List<Operation> after(List<Operation> standing, InternalId message) {
            int crashes = 1;
            List<Operation> next = new ArrayList<>();
            for (Operation order : standing) {
                if (order instanceof CountCrashes counted && counted.message().equals(message)) {
                    crashes += counted.crashes();
                } else {
                    next.add(order);
                }
            }
            next.add(new CountCrashes(message, crashes));
            return next;
        }
    }

    /** Open no further connection: what is being sent ends, the rest stays in the spool. */
    record Drain() implements Operation {}
}
