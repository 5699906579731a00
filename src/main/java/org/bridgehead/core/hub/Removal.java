package org.bridgehead.core.hub;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.queue.QueuedCopy;
import org.bridgehead.core.queue.QueuedCopy.Stop;

/** Deletes copies for operators, with or without a word to the sender. Keeps nothing; on the hub's thread. */
final class Removal {
    private static final EnhancedStatus REMOVED = EnhancedStatus.of("4.3.2");
    private static final String WORDS = "QUEUE.Admin; message deleted by administrative action";

    private final Desk desk;
    private final Ledger ledger;
    private final Deadlines deadlines;

    Removal(Desk desk, Ledger ledger, Deadlines deadlines) {
        this.desk = desk;
        this.ledger = ledger;
        this.deadlines = deadlines;
    }

    void remove(QueuedCopy copy, boolean report) {
        if (report) {
            deadlines.fail(copy, TrackingEvent.Source.ADMIN, REMOVED, WORDS);
            return;
        }
        MailCopy from = ledger.copyOf(copy);
        List<Stop> stops = copy.recipients();
        desk.track(
                TrackingEvent.Kind.FAIL,
                TrackingEvent.Source.ADMIN,
                from.item().accepted(),
                stops.stream().map(stop -> stop.recipient().address()).toList(),
                Optional.empty(),
                REMOVED.toString(),
                WORDS + ", no report");
        ledger.settle(from, stops.stream().map(Stop::index).toList());
    }
}
