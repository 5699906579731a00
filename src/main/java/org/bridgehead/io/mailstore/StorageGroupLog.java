package org.bridgehead.io.mailstore;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.mailbox.DuplicateFilter;
import org.bridgehead.core.topology.Names;
import org.jspecify.annotations.Nullable;

/**
 * One storage group: its log and the duplicate filter that goes with it. What many threads deliver is written and
 * synced together; the index and the filter learn of it after the sync only. Filter, writer and sequence belong to
 * the thread that leads the group commit.
 */
final class StorageGroupLog implements Closeable {
    private static final long BACK_OFF = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final FencedStorage storage;
    private final MailboxIndex index;
    private final MailStoreSettings settings;
    private final List<TornRecord> torn;
    private final long uidValidity;
    private final LogWriter writer;
    private final MessageReader reader;
    private final DuplicateFilter filter;
    private final GroupCommit<Work> commits = new GroupCommit<>(this::commit);
    private final ClosedLogs closed;
    private long sequence;
    private @Nullable Instant lastDelivery;
    private volatile LogState state;
    private long nextRepair = System.nanoTime();

    /** Something to be made lasting. */
    private interface Work {
        /** Appends what is needed; {@code batch} knows what was appended since the last sync. */
        void append(DuplicateFilter batch) throws IOException;

        /** Makes it visible, after the sync. */
        void publish();

        /** Names of the mailboxes it changed. */
        Set<String> changed();
    }

    /** Goes on with a log that was read into {@code index}. */
    StorageGroupLog(Recovery recovery, MailboxIndex index) throws IOException {
        this.name = recovery.plan().name();
        this.storage = recovery.storage();
        this.index = index;
        this.settings = recovery.plan().settings();
        this.reader = new MessageReader(name, storage);
        this.writer = recovery.write();
        this.torn = recovery.torn();
        this.uidValidity = recovery.uidValidity();
        this.filter = recovery.filter();
        this.sequence = recovery.sequence();
        this.lastDelivery = recovery.lastDelivery();
        this.state = LogState.of(writer, lastDelivery);
        this.closed = new ClosedLogs(name, state.lastClosed());
    }

    List<TornRecord> torn() {
        return torn;
    }

    long uidValidity() {
        return uidValidity;
    }

    LogState state() {
        return state;
    }

    ClosedLogs closed() {
        return closed;
    }

    /** Stores a message in mailboxes of this group; one result per mailbox, in order. */
    List<DeliveryResult> deliver(IncomingMessage message, Arrival arrival, List<DirectoryEntry.Mailbox> mailboxes) {
        Delivery delivery = new Delivery(message, arrival, mailboxes);
        try {
            run(delivery);
            return delivery.results;
        } catch (IOException e) {
            DeliveryResult failed = new DeliveryResult.Failed("log of " + name + ": " + e.getMessage());
            return mailboxes.stream().map(mailbox -> failed).toList();
        }
    }

    void delete(List<StoredMessage> messages) throws IOException {
        run(new Removal(messages));
    }

    byte[] octets(StoredMessage message) throws IOException {
        return reader.octets(message);
    }

    InputStream open(StoredMessage message) throws IOException {
        return reader.open(message);
    }

    @Override
    public void close() throws IOException {
        commits.close();
        storage.close();
    }

    /** Ends as the death of the machine would: what waits fails, and what was synced stays. */
    void abandon() throws IOException {
        commits.refuse();
        storage.crash();
    }

    private void run(Work work) throws IOException {
        commits.run(work);
        if (!storage.crashed()) closed.tell(() -> state.lastClosed());
    }

    private void commit(List<Work> batch) throws IOException {
        if (writer.failed()) repair();
        DuplicateFilter appended = new DuplicateFilter(settings.duplicateRetention(), settings.duplicateLimit());
        for (Work work : batch) work.append(appended);
        writer.sync();
        Set<String> changed = Names.set();
        for (Work work : batch) {
            work.publish();
            changed.addAll(work.changed());
        }
        state = LogState.of(writer, lastDelivery);
        index.announce(changed);
    }

    private void repair() throws IOException {
        if (System.nanoTime() - nextRepair < 0) throw new IOException("waits after a failed write");
        nextRepair = System.nanoTime() + BACK_OFF;
        writer.repair();
    }

    private final class Delivery implements Work {
        private final IncomingMessage message;
        private final Arrival arrival;
        private final List<DirectoryEntry.Mailbox> mailboxes;
        private final List<DeliveryResult> results = new ArrayList<>();
        private final List<StoredMessage> stored = new ArrayList<>();

        private Delivery(IncomingMessage message, Arrival arrival, List<DirectoryEntry.Mailbox> mailboxes) {
            this.message = message;
            this.arrival = arrival;
            this.mailboxes = mailboxes;
        }

        @Override
        public void append(DuplicateFilter batch) throws IOException {
            List<Boolean> taken = new ArrayList<>();
            List<LogRecord.Place> places = new ArrayList<>();
            Set<String> seen = Names.set();
            for (DirectoryEntry.Mailbox mailbox : mailboxes) {
                boolean take = !drops(batch, mailbox.name()) && seen.add(mailbox.name());
                taken.add(take);
                if (take) places.add(place(mailbox));
            }
            if (!places.isEmpty()) write(places, batch);
            int next = 0;
            for (boolean take : taken) {
                results.add(take ? new DeliveryResult.Stored(stored.get(next++)) : new DeliveryResult.Duplicate());
            }
        }

        private void write(List<LogRecord.Place> places, DuplicateFilter batch) throws IOException {
            LogRecord.Delivered record = new LogRecord.Delivered(
                    ++sequence, arrival.state().id(), arrival.received(), places, arrival.returnPath());
            LogWriter.Written written = writer.append(record, message);
            for (LogRecord.Place place : places) {
                stored.add(Recovery.message(name, record, place, written.frame(), written.start()));
                batch.delivered(record.id(), place.mailbox(), record.received());
            }
        }

        @Override
        public void publish() {
            for (StoredMessage message : stored) {
                index.add(message);
                filter.delivered(message.id(), message.mailbox(), message.received());
                lastDelivery = message.received();
            }
        }

        @Override
        public Set<String> changed() {
            Set<String> names = Names.set();
            stored.forEach(message -> names.add(message.mailbox()));
            return names;
        }

        private boolean drops(DuplicateFilter batch, String mailbox) {
            TransportId id = arrival.state().id();
            return filter.drops(id, mailbox) || batch.drops(id, mailbox);
        }

        private LogRecord.Place place(DirectoryEntry.Mailbox mailbox) {
            return new LogRecord.Place(mailbox.name(), mailbox.database().database(), index.takeUid(mailbox.name()));
        }
    }

    private final class Removal implements Work {
        private final List<StoredMessage> messages;

        private Removal(List<StoredMessage> messages) {
            this.messages = messages;
        }

        @Override
        public void append(DuplicateFilter batch) throws IOException {
            List<LogRecord.Place> places = messages.stream()
                    .map(m -> new LogRecord.Place(m.mailbox(), m.database(), m.uid()))
                    .toList();
            writer.append(new LogRecord.Deleted(++sequence, places), null);
        }

        @Override
        public void publish() {
            messages.forEach(message -> index.remove(message.mailbox(), message.uid()));
        }

        @Override
        public Set<String> changed() {
            Set<String> names = Names.set();
            messages.forEach(message -> names.add(message.mailbox()));
            return names;
        }
    }
}
