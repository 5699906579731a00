package org.bridgehead.io.mailstore;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bridgehead.core.mailbox.DuplicateFilter;
import org.bridgehead.core.mailbox.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * Reads a storage group's log from its beginning: what is in the mailboxes, what the duplicate filter knows, which
 * UIDs are used up. After an end was cut off, a new generation begins whose first record skips the UIDs that the lost
 * records may have used, so that no client ever sees two messages under one UID.
 */
final class Recovery {
    private static final int MARGIN = 1000;
    private static final AtomicLong LAST_UID_VALIDITY = new AtomicLong();

    private final GroupPlan plan;
    private final LogStorage storage;
    private final MailboxIndex index;
    private final DuplicateFilter filter;
    private final LogScan scan;
    private long sequence;
    private long uidValidity;
    private long header;
    private long damagedUids;
    private @Nullable Instant lastDelivery;

    Recovery(GroupPlan plan, LogStorage storage, MailboxIndex index) {
        this.plan = plan;
        this.storage = storage;
        this.index = index;
        MailStoreSettings settings = plan.settings();
        this.filter = new DuplicateFilter(settings.duplicateRetention(), settings.duplicateLimit());
        this.scan = new LogScan(storage, plan.name(), new Replay());
    }

    /** Where a message stands, given the frame of its record. */
    static StoredMessage message(
            String storageGroup, LogRecord.Delivered record, LogRecord.Place place, LogFrame frame, LogPosition start) {
        int returnPath = record.returnPath().length;
        LogPosition octets =
                new LogPosition(start.generation(), start.offset() + LogFrame.SIZE + frame.recordLength() - returnPath);
        return new StoredMessage(
                place.mailbox(),
                place.database(),
                storageGroup,
                place.uid(),
                record.id(),
                record.received(),
                returnPath + frame.octetsLength(),
                octets,
                frame.octetsChecksum(),
                returnPath);
    }

    /** Reads everything; returns the writer that goes on. */
    LogWriter run() throws IOException {
        List<Long> generations = storage.generations();
        long expected = 1;
        for (long generation : generations) {
            for (; expected < generation; expected++) scan.missing(expected);
            scan.read(generation);
            expected = generation + 1;
        }
        chooseUidValidity();
        return plan.activation().begins() ? activate(expected) : goOn(generations, expected);
    }

    private void chooseUidValidity() {
        if (uidValidity == 0) uidValidity = plan.activation().uidValidity().orElse(0);
        if (uidValidity == 0 || plan.activation().renumbered()) uidValidity = newUidValidity();
    }

    private LogWriter goOn(List<Long> generations, long next) throws IOException {
        long lost = scan.torn().stream()
                .filter(TornRecord::end)
                .mapToLong(damage -> uidsIn(damage.length()))
                .sum();
        boolean lastIsEmpty = !generations.isEmpty() && storage.size(next - 1) == 0;
        if (generations.isEmpty() || lost > 0 || lastIsEmpty) {
            return LogWriter.begin(storage, plan.settings(), uidValidity, next, lost);
        }
        return LogWriter.resume(storage, plan.settings(), uidValidity, header);
    }

    /**
     * What is skipped has to reach the other node before this one can be lost, too, so its generation ends with it. That
     * goes for what damage made us skip as well, because the other node's copy may not be damaged.
     */
    private LogWriter activate(long next) throws IOException {
        index.skipUids(plan.skippedUids());
        long skipped = plan.skippedUids() + damagedUids;
        LogWriter writer = LogWriter.begin(storage, plan.settings(), uidValidity, dropEmpty(next), skipped);
        if (skipped > 0 || plan.activation().renumbered()) writer.next();
        return writer;
    }

    /** A last generation of which not even the header came to be could not be shipped; its number is used again. */
    private long dropEmpty(long next) throws IOException {
        long free = next;
        while (storage.contains(free - 1) && storage.size(free - 1) == 0) storage.remove(--free);
        return free;
    }

    List<TornRecord> torn() {
        return scan.torn();
    }

    DuplicateFilter filter() {
        return filter;
    }

    long sequence() {
        return sequence;
    }

    long uidValidity() {
        return uidValidity;
    }

    /** When the last message was received; null = none ever was. */
    @Nullable
    Instant lastDelivery() {
        return lastDelivery;
    }

    /** No record of a delivery is shorter than a frame; what is missing without a trace is allowed for, too. */
    private static long uidsIn(long octets) {
        return octets / LogFrame.SIZE + MARGIN;
    }

    /** Seconds since 1970, but never what this process gave out before. */
    private static long newUidValidity() {
        return LAST_UID_VALIDITY.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis() / 1000));
    }

    private final class Replay implements LogScan.Visitor {
        @Override
        public void record(LogRecord record, LogFrame frame, LogPosition start) throws IOException {
            if (record instanceof LogRecord.Opened opened) {
                if (opened.previousEnd() > 0 && storage.generations().contains(opened.generation() - 1)) {
                    scan.checkLength(opened.generation() - 1, opened.previousEnd());
                }
                uidValidity = opened.uidValidity();
                header = start.offset() == 0 ? frame.length() : 0;
                index.skipUids(opened.skippedUids());
            } else if (record instanceof LogRecord.Delivered delivered) {
                sequence = delivered.sequence();
                lastDelivery = delivered.received();
                for (LogRecord.Place place : delivered.places()) {
                    index.add(message(plan.name(), delivered, place, frame, start));
                    filter.delivered(delivered.id(), place.mailbox(), delivered.received());
                }
            } else if (record instanceof LogRecord.Deleted deleted) {
                sequence = deleted.sequence();
                deleted.places().forEach(place -> index.remove(place.mailbox(), place.uid()));
            }
        }

        @Override
        public void damage(long length) {
            index.skipUids(uidsIn(length));
            damagedUids += uidsIn(length);
        }
    }
}
