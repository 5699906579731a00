package org.bridgehead.core.mail;

/**
 * Which copy of whose spool came by a transfer between two servers of the organisation: the same at each attempt to hand
 * it over, and never the same for another copy. Beside it a receiver compares the transport id and the recipients.
 *
 * @param server the sender's name, as it has authenticated; what it says of itself does not count
 * @param mark what it says of the copy
 */
public record Handover(String server, Mark mark) {
    /**
     * What a server says of the copy that it hands over (XSTATE {@code transfer=}).
     *
     * @param spool identity of the store that keeps the copy; another store, also a salvaged one, has another identity
     * @param copy its number there
     */
    public record Mark(long spool, CopyId copy) {}
}
