package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.DeliveryReport;

/**
 * Something the hub wants done (DECISIONS 1.1). Effects are performed in list order. Each has exactly one answering
 * call on {@link Hub}, except {@link Close}, {@link Redelivered}, {@link Track} and {@link WakeAt}. An effect names one server; whoever
 * performs it never fails over, counts or waits.
 */
public sealed interface HubEffect {
    /**
     * Write these records as one batch. Answer: {@link Hub#persisted}.
     *
     * @param batch number of the batch
     * @param records in order
     * @param synced whether they must be on stable storage before the answer
     */
    record Persist(long batch, List<SpoolRecord> records, boolean synced) implements HubEffect {
        /** Copies the list. */
        public Persist {
            records = List.copyOf(records);
        }
    }

    /**
     * Read back messages that were put out of memory, with every record of them, those of batches emitted before
     * included. At most one is unanswered at a time. Answer: {@link Hub#loaded}.
     *
     * @param copies whose messages
     */
    record Load(List<CopyId> copies) implements HubEffect {
        /** Copies the list. */
        public Load {
            copies = List.copyOf(copies);
        }
    }

    /**
     * Read back dumpster items, each with a fresh number of this server. Answer: {@link Hub#recalled}.
     *
     * @param request the redelivery request they are for
     * @param storageGroup whose dumpster
     * @param sequences their positions
     */
    record Recall(long request, StorageGroupId storageGroup, List<Long> sequences) implements HubEffect {
        /** Copies the list. */
        public Recall {
            sequences = List.copyOf(sequences);
        }
    }

    /**
     * A redelivery request has been carried out, and that is on stable storage: whoever asked need not ask this hub
     * again. No answer.
     *
     * @param request its number
     * @param messages that were made of what the dumpster held
     */
    record Redelivered(long request, int messages) implements HubEffect {}

    /**
     * Open a connection. Answer: {@link Hub#connected}.
     *
     * @param connection its number
     * @param target the one server to connect to
     */
    record Connect(ConnectionId connection, Target target) implements HubEffect {}

    /**
     * Send one message over an open connection. Answer: {@link Hub#transmitted}.
     *
     * @param connection which
     * @param transmission what
     */
    record Transmit(ConnectionId connection, Transmission transmission) implements HubEffect {}

    /**
     * Close a connection politely. No answer.
     *
     * @param connection which
     */
    record Close(ConnectionId connection) implements HubEffect {}

    /**
     * Ask the directory for one page. Answer: {@link Hub#answered}.
     *
     * @param id number of the look-up
     * @param questions as {@link org.bridgehead.core.directory.Directory#ask} takes them
     * @param cursor where the page begins
     */
    record LookUp(long id, List<Question> questions, Optional<Cursor> cursor) implements HubEffect {
        /** Copies the list. */
        public LookUp {
            questions = List.copyOf(questions);
        }
    }

    /**
     * Let everybody else have a turn before the rest of a long piece of work. Answer, behind all that is waiting now:
     * {@link Hub#resumed}.
     *
     * @param id number of the pause
     */
    record Pause(long id) implements HubEffect {}

    /**
     * Ask the name system. Answer: {@link Hub#resolved}.
     *
     * @param id number of the look-up
     * @param domain whose exchangers
     */
    record ResolveMx(long id, String domain) implements HubEffect {}

    /**
     * Ask the agent of a stage. Answer: {@link Hub#consulted}.
     *
     * @param id number of the consultation
     * @param stage where the copy stands
     * @param copy which, with the recipients that nothing is decided about
     */
    record Consult(long id, Stage stage, Transmission copy) implements HubEffect {}

    /**
     * Render a delivery status notification and put its octets into the spool. Answer: {@link Hub#reported}.
     *
     * @param id number of the report
     * @param report what it says
     */
    record Report(long id, DeliveryReport report) implements HubEffect {}

    /**
     * Make what a treatment ends in: the copy's own octets where rules change them, and journal reports. Answer:
     * {@link Hub#treated}.
     *
     * @param id number of the treatment
     * @param order what to make
     */
    record Treat(long id, TreatmentOrder order) implements HubEffect {}

    /**
     * Write to the tracking log. No answer.
     *
     * @param event one event
     */
    record Track(TrackingEvent event) implements HubEffect {}

    /**
     * Call {@link Hub#ticked} at this time or later. Each replaces the one before. No answer.
     *
     * @param at when
     */
    record WakeAt(Instant at) implements HubEffect {}
}
