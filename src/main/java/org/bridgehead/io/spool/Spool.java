package org.bridgehead.io.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bridgehead.core.hub.DeliveryNote;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.TransportId;

/**
 * Where accepted mail survives. Safe for any number of threads. Two rules of an owner are relied upon and not checked:
 * a message is {@code Accepted} once, and nothing is written about it after {@code Released}.
 *
 * <p>Any method may throw {@link IOException}: the store refuses, for now. It then closes, opens again after a pause
 * that grows, and says so in {@link #status()}. An acceptance that failed is not there afterwards (unless the process
 * ends first: then it may be, and the mail comes twice); of any other batch that failed nothing is known: write it again,
 * every record may be written twice.
 */
public interface Spool extends Closeable {
    /**
     * The next message number of a shard: growing, never given twice, whatever crashes. Numbers may be left out. Does
     * not wait for recovery.
     */
    InternalId allocate(Shard shard) throws IOException;

    /** Begins a body. */
    BodyWriter newBody();

    /** Stores all of {@code octets}; closes nothing. The caller has to write a record that names it, or lose it. */
    default BodyRef body(InputStream octets) throws IOException {
        BodyWriter writer = newBody();
        boolean done = false;
        try {
            byte[] buffer = new byte[8192];
            for (int n = octets.read(buffer); n >= 0; n = octets.read(buffer)) {
                writer.write(buffer, 0, n);
            }
            BodyRef body = writer.finish();
            done = true;
            return body;
        } finally {
            if (!done) {
                writer.discard();
            }
        }
    }

    /**
     * Writes the records in order, all or none, ordered behind every batch that returned before. {@code Settled} adds to
     * what was settled; {@code Released}, {@code Evicted} and {@code RequestDone} delete; the batch that deletes the last
     * record naming a body deletes the body.
     *
     * @param synced whether to return only when this batch and all before it would survive a power cut
     * @throws IllegalArgumentException when a record names a body that is not there: a bug of the caller
     */
    void write(Shard shard, List<SpoolRecord> records, boolean synced) throws IOException;

    /** A batch that is written, and not yet known to survive a power cut. */
    interface Ahead {
        /**
         * Returns when the batch, and all before it, would survive a power cut; to be called once.
         *
         * @throws IOException when that will never be: as after a {@link #write} that failed
         */
        void kept() throws IOException;
    }

    /**
     * As {@link #write} of a synced batch in two steps, so that one thread may write for many and another wait for all of
     * them. Until {@link Ahead#kept} has returned, nobody is to be told of the batch, and its bodies are not to be read.
     *
     * @throws IOException when nothing was written
     */
    default Ahead writeAhead(Shard shard, List<SpoolRecord> records) throws IOException {
        write(shard, records, true);
        return () -> {};
    }

    /**
     * The identity of the store: never 0, the same over all processes until damage costs it records; then the next process
     * gives it another one.
     */
    long identity();

    /**
     * Which copies of a message other servers handed over lately ({@link SpoolRecord.Taken}): all that was written when the
     * call began and is fewer than {@link org.bridgehead.core.hub.Handovers#NUMBERS} numbers old; nothing from before a
     * salvage, which may have cost the mail itself. What is answered would survive a power cut: it is synced if it was not.
     */
    List<SpoolRecord.Taken> taken(Shard shard, TransportId message) throws IOException;

    /**
     * Notes that a server took recipients of a copy, before anything is decided from it: {@link #recover} hands the note
     * over with its message when the process dies before a {@code Settled} is written. Waits for no sync and never
     * fails; survives the death of the process, not a power cut; the oldest notes are overwritten by new ones. A spool
     * that ends with the process notes nothing.
     */
    default void note(Shard shard, DeliveryNote note) {}

    /**
     * The octets of a body, checked as they are read: damage is an {@link IOException} at its place, a body that was
     * deleted meanwhile too.
     */
    InputStream read(BodyRef body) throws IOException;

    /** All that is known of a message; empty when there is none of that number. */
    Optional<LoadedMessage> load(Shard shard, InternalId id) throws IOException;

    /**
     * The messages of these copies, each with the records of the named copies only (so that one copy of a million
     * recipients' message stays small); messages that are not there are left out. In order of first mention.
     */
    List<LoadedMessage> load(Shard shard, Collection<CopyId> copies) throws IOException;

    /**
     * Dumpster items of one storage group by their positions, in that order; those that are not there, or are damaged,
     * are left out.
     */
    List<SpoolRecord.Held> held(Shard shard, StorageGroupId group, List<Long> sequences) throws IOException;

    /** Hands over the dumpster items of one storage group, oldest first; damaged ones are left out. */
    void held(Shard shard, StorageGroupId group, Consumer<SpoolRecord.Held> sink) throws IOException;

    /** The number of a new life of the shard's owner: counts up from 1, over all processes. */
    long nextLife(Shard shard) throws IOException;

    /**
     * Hands over what the shard held when the call began: requests, dumpster items by storage group and sequence, then
     * messages, oldest first; damaged records in between. New mail may be written meanwhile and is not included. Memory
     * is bounded by the largest message. {@code sink} runs in the calling thread and may use the spool.
     */
    default void recover(Shard shard, Consumer<Recovered> sink) throws IOException {
        try (Recovery recovery = beginRecovery(shard)) {
            recovery.forEach(sink);
        }
    }

    /** The same in two steps: fixes the moment now, so that doors may open, and runs later. */
    Recovery beginRecovery(Shard shard) throws IOException;

    /** Deletes bodies of earlier processes that no record names. Answers how many. */
    long sweepOrphans() throws IOException;

    /** The shards ever used, by name. */
    List<Shard> shards() throws IOException;

    /** Its state at this moment; never blocks on the disk for long. */
    SpoolStatus status();

    /** Closes the store. What was written and not synced is safe from a crash of the process, not of the machine. */
    @Override
    void close() throws IOException;
}
