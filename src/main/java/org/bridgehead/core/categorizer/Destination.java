package org.bridgehead.core.categorizer;

import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.topology.DatabaseRef;

/** What a resolved recipient stands for; routing turns it into a next hop. */
public sealed interface Destination {
    /**
     * A mailbox of the organisation.
     *
     * @param database where it lives
     */
    record InMailbox(DatabaseRef database) implements Destination {}

    /**
     * A group that only one server may expand.
     *
     * @param server its expansion server
     */
    record ExpandedAt(String server) implements Destination {}

    /**
     * A member that cannot be reached: its copy bounces, and the sender hears of it as of any other recipient.
     *
     * @param status kind 5
     * @param reason one line
     */
    record Nowhere(EnhancedStatus status, String reason) implements Destination {}

    /** An address outside the directory: the connectors decide. */
    record Outside() implements Destination {}
}
