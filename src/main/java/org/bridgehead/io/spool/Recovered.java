package org.bridgehead.io.spool;

import java.util.List;
import java.util.function.Consumer;
import org.bridgehead.core.hub.DeliveryNote;
import org.bridgehead.core.hub.SpoolRecord;

/** One thing a spool still holds after a start. */
public sealed interface Recovered {
    /**
     * A message for which something is left to do.
     *
     * @param records in the order of {@link LoadedMessage#records}
     * @param notes of deliveries that may not be among what is settled, in no order
     */
    record Message(List<SpoolRecord> records, List<DeliveryNote> notes) implements Recovered {
        /** Copies the lists. */
        public Message {
            records = List.copyOf(records);
            notes = List.copyOf(notes);
        }

        /** A message that nothing is noted of. */
        public Message(List<SpoolRecord> records) {
            this(records, List.of());
        }
    }

    /**
     * The dumpster holds this.
     *
     * @param held as written
     */
    record HeldItem(SpoolRecord.Held held) implements Recovered {}

    /**
     * A redelivery request that was not carried out to its end.
     *
     * @param requested as written
     */
    record Request(SpoolRecord.Requested requested) implements Recovered {}

    /**
     * Something could not be read; it was moved aside for an operator and is offered by this name only.
     *
     * @param where the file or record, and where the octets are now
     * @param why one line
     */
    record Torn(String where, String why) implements Recovered {}

    /** One consumer per case: a new case breaks every caller at compile time. */
    default void match(
            Consumer<Message> message, Consumer<HeldItem> held, Consumer<Request> request, Consumer<Torn> torn) {
        if (this instanceof Message m) {
            message.accept(m);
        } else if (this instanceof HeldItem h) {
            held.accept(h);
        } else if (this instanceof Request r) {
            request.accept(r);
        } else {
            torn.accept((Torn) this);
        }
    }
}
