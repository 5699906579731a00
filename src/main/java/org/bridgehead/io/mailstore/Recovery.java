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
 * UIDs are used up. Where records were lost or damaged, a new generation begins whose first record says from where on
 * UIDs are given out again, so that no client ever sees two messages under one UID.
 *
 * <p>A mailbox may have moved from one group to another and taken its UIDs along. So all groups of a server are read
 * first, then the index leaves out what {@link #skippedUids} says of all of them together, and only then {@link #write}
 * goes on with each.
 */
final class Recovery {
    private static final AtomicLong LAST_UID_VALIDITY = new AtomicLong();

    private final GroupPlan plan;
    private final FencedStorage storage;
    private final MailboxIndex index;
    private final DuplicateFilter filter;
    private final LogScan scan;
    private long sequence;
    private long uidValidity;
    private long header;
    /** Highest UID found so far, plus one. */
    private long nextUid = 1;
    /** What could not be read since UIDs were last skipped; 0 = nothing. */
    private long damagedOctets;
    /** Number of the generation behind the last one. */
    private long next = 1;

    private @Nullable Instant lastDelivery;

    private Recovery(GroupPlan plan, FencedStorage storage, MailboxIndex index) {
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

    /** Reads the whole log into {@code index}. */
    static Recovery read(GroupPlan plan, FencedStorage storage, MailboxIndex index) throws IOException {
        Recovery recovery = new Recovery(plan, storage, index);
        recovery.read();
        return recovery;
    }

    private void read() throws IOException {
        storage.dropReceived();
        for (long generation : storage.generations()) {
            for (; next < generation; next++) scan.missing(next, plan.settings().generationSize());
            scan.read(generation);
            next = generation + 1;
        }
        chooseUidValidity();
    }

    /** How many UIDs may have been used by records that are not in this log any more; 0 = none. */
    long skippedUids() {
        return Math.addExact(plan.skippedUids(), damagedUids());
    }

    /** What is missing without a trace is allowed for, too. */
    private long damagedUids() {
        return damagedOctets > 0 ? Activation.uidsIn(damagedOctets) + Activation.MARGIN : 0;
    }

    /** Returns the writer that goes on. */
    LogWriter write() throws IOException {
        scan.cutEnds();
        return plan.activation().begins() ? activate() : goOn();
    }

    private void chooseUidValidity() {
        if (uidValidity == 0) uidValidity = plan.activation().uidValidity().orElse(0);
        if (uidValidity == 0 || plan.activation().renumbered()) uidValidity = newUidValidity();
    }

    private LogWriter goOn() throws IOException {
        boolean hasEnd = storage.contains(next - 1) && storage.size(next - 1) > 0;
        return hasEnd && skippedUids() == 0
                ? LogWriter.resume(storage, plan.settings(), ids(), header)
                : LogWriter.begin(storage, plan.settings(), ids(), next, skippedUids());
    }

    /**
     * What is skipped has to reach the other node before this one can be lost, too, so its generation ends with it. That
     * goes for what damage made us skip as well, because the other node's copy may not be damaged. Should the other node
     * take over without having got it, it counts the generations that it has not, so there are as many of them as stand
     * for what was skipped.
     */
    private LogWriter activate() throws IOException {
        long skipped = skippedUids();
        LogWriter writer = LogWriter.begin(storage, plan.settings(), ids(), dropEmpty(), skipped);
        if (skipped > 0 || plan.activation().renumbered()) writer.next();
        long each = Activation.uidsIn(plan.settings().generationSize());
        for (long left = damagedUids() - Activation.MARGIN - each; left > 0; left -= each) writer.next();
        return writer;
    }

    private LogWriter.Ids ids() {
        return new LogWriter.Ids(uidValidity, index.firstUid());
    }

    /** A last generation of which not even the header came to be could not be shipped; its number is used again. */
    private long dropEmpty() throws IOException {
        long free = next;
        while (storage.contains(free - 1) && storage.size(free - 1) == 0) storage.remove(--free);
        return free;
    }

    GroupPlan plan() {
        return plan;
    }

    FencedStorage storage() {
        return storage;
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
                skip(opened);
            } else if (record instanceof LogRecord.Delivered delivered) {
                sequence = delivered.sequence();
                lastDelivery = delivered.received();
                for (LogRecord.Place place : delivered.places()) {
                    nextUid = Math.max(nextUid, place.uid() + 1);
                    index.add(message(plan.name(), delivered, place, frame, start));
                    filter.delivered(delivered.id(), place.mailbox(), delivered.received());
                }
            } else if (record instanceof LogRecord.Deleted deleted) {
                sequence = deleted.sequence();
                deleted.places().forEach(place -> index.remove(place.mailbox(), place.uid()));
            }
        }

        private void skip(LogRecord.Opened opened) {
            boolean absolute = opened.firstUid() != LogRecord.Opened.UNKNOWN_UID;
            if (absolute && opened.skippedUids() > 0) damagedOctets = 0;
            nextUid = absolute ? Math.max(nextUid, opened.firstUid()) : nextUid + opened.skippedUids();
            if (absolute || opened.skippedUids() > 0) index.beginUidsAt(absolute ? opened.firstUid() : nextUid);
        }

        @Override
        public void damage(long length) {
            damagedOctets += length;
        }
    }
}
