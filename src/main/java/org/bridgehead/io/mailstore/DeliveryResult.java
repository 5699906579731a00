package org.bridgehead.io.mailstore;

/** What became of a message for one mailbox. */
public sealed interface DeliveryResult {
    /**
     * It is in the mailbox and would survive a power cut.
     *
     * @param message as stored
     */
    record Stored(StoredMessage message) implements DeliveryResult {}

    /** The mailbox has it already; this copy was dropped and counts as delivered (event DUPLICATEDELIVER). */
    record Duplicate() implements DeliveryResult {}

    /**
     * It is not stored; trying again later may help (4.3.1).
     *
     * @param why one line
     */
    record Failed(String why) implements DeliveryResult {}
}
