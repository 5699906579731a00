package org.bridgehead.io.mailstore;

import java.util.List;
import java.util.Optional;

/**
 * What came of shipping logs from one copy to another.
 *
 * @param shipped numbers of the generations that the target has now and had not, ascending
 * @param octets of them
 * @param cutOctets octets at the end of the open generation that were left behind, because no sound record begins there
 * @param refusal why it ended before everything was shipped; empty = everything was
 */
public record Shipment(List<Long> shipped, long octets, long cutOctets, Optional<Refusal> refusal) {
    /**
     * A generation that did not come to count; nothing of it is kept.
     *
     * @param generation its number
     * @param why one line
     */
    public record Refusal(long generation, String why) {}

    /** Copies the list. */
    public Shipment {
        shipped = List.copyOf(shipped);
    }

    /** Whether the target has everything that was asked for. */
    public boolean complete() {
        return refusal.isEmpty();
    }
}
