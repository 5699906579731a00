package org.bridgehead.core.hub;

import java.util.List;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.TransferState;

/**
 * One message as it goes over one connection.
 *
 * @param copy which copy it is taken from
 * @param envelope sender, and those recipients of the copy that go this way
 * @param state for peers of the organisation
 * @param header for the choice of extensions
 * @param body its octets
 * @param places where each recipient of the envelope stands in the copy, in its order; empty = nobody asks
 */
public record Transmission(
        CopyId copy, Envelope envelope, TransferState state, HeaderFacts header, BodyRef body, List<Place> places) {
    /**
     * Where a recipient stands.
     *
     * @param index in the copy
     * @param storageGroup of its mailbox; empty when it is no mailbox
     */
    public record Place(int index, String storageGroup) {}

    /** Copies the list and checks its length. */
    public Transmission {
        places = List.copyOf(places);
        if (!places.isEmpty() && places.size() != envelope.recipients().size()) {
            throw new IllegalArgumentException(
                    places.size() + " places for " + envelope.recipients().size() + " recipients");
        }
    }

    /** One of which nothing is noted, as an agent is shown it. */
    public Transmission(CopyId copy, Envelope envelope, TransferState state, HeaderFacts header, BodyRef body) {
        this(copy, envelope, state, header, body, List.of());
    }
}
