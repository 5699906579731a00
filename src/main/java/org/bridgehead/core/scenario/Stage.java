package org.bridgehead.core.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;

/** An organisation to play in: an imagined one, or one on the wire. One thread. */
public interface Stage {
    /**
     * A letter in a mailbox.
     *
     * @param id which message
     * @param servers as its Received fields tell
     * @param octets what the mailbox holds; empty where nothing real travels
     */
    record Arrival(TransportId id, List<String> servers, Optional<byte[]> octets) {}

    /**
     * What failovers of mailbox servers did so far.
     *
     * @param lost deliveries that were in logs which died with a node, one for each mailbox
     * @param dropped copies of what a mailbox had
     * @param missing of those lost, what is not back
     */
    record Losses(long lost, long dropped, long missing) {
        /** What came after {@code earlier}; what is missing now is missing since whenever. */
        public Losses since(Losses earlier) {
            return new Losses(lost - earlier.lost, dropped - earlier.dropped, missing);
        }
    }

    /**
     * Hands a letter in.
     *
     * @return why it was refused; empty = it was taken
     */
    Optional<String> send(Letter letter);

    /**
     * Does something else than sending and waiting, now.
     *
     * @throws UnsupportedOperationException with one line for people, when such a step cannot happen in this world
     */
    void perform(Step step);

    /** Time passes, when everything under way is done. */
    void advance(Duration time);

    /** All tracking events so far. */
    List<TrackingEvent> events();

    /**
     * The identities of letters that were taken, in their order; everything has to be at rest. One that is in an Outbox
     * has none, {@link Letter#unsent} stands for it.
     */
    List<TransportId> identities(List<Letter> taken);

    /** What dead nodes took with them, and what came of it. */
    Losses losses();

    /** What an address got, oldest first, inside or outside. */
    List<Arrival> arrivals(EmailAddress address);
}
