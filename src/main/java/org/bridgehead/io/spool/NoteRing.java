package org.bridgehead.io.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file in which the newest entries overwrite the oldest. What was put down survives the death of the process at once,
 * for the system has it, and is lost by a power cut unless the system had the time: nothing is synced. (Not mapped into
 * memory: a mapping outlives its closing, and cannot be told that the disk is full.) An entry is a {@link Frame} that
 * begins at a multiple of {@link #SLOT} octets; one that is torn or partly overwritten has a wrong check sum and counts
 * for nothing. Safe for any thread; writers do not wait for each other here.
 */
final class NoteRing implements Closeable {
    static final int SLOT = 32;
    static final int SLOTS = 65_536;
    /** Octets of the longest entry. */
    static final int LONGEST = SLOT * SLOTS / 16;

    private static final int LAP_OCTETS = SLOT * SLOTS;

    /** Takes the entries that are whole. */
    interface Reader {
        /**
         * One entry.
         *
         * @param at its place, in slots counted since the ring was begun
         * @param payload as it was put down
         */
        void entry(long at, byte[] payload);
    }

    /** From the beginning of each payload: its place, so that the newest is found again. */
    private static final int HEAD = Long.BYTES;

    private static final Logger LOG = LoggerFactory.getLogger(NoteRing.class);

    private static final int READ_OCTETS = 1 << 16;

    private final Path file;
    private final AtomicLong next = new AtomicLong();
    private volatile FileChannel channel;
    private volatile boolean failing;
    private volatile boolean closed;

    private NoteRing(Path file) throws IOException {
        this.file = file;
        this.channel = channel(file);
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** The ring in {@code file}; what is there stays. */
    static NoteRing open(Path file) throws IOException {
        NoteRing ring = new NoteRing(file);
        boolean read = false;
        try {
            ring.forEach((at, payload) -> ring.next.accumulateAndGet(at + slots(payload.length + HEAD), Math::max));
            read = true;
            return ring;
        } finally {
            if (!read) {
                ring.close();
            }
        }
    }

    private static int slots(int payload) {
        return (payload + Frame.OVERHEAD + SLOT - 1) / SLOT;
    }

    /** Puts an entry down; one that is too long, or that the disk refuses, is left out. */
    void add(byte[] payload) {
        if (payload.length > LONGEST) {
            return;
        }
        long at = claim(slots(payload.length + HEAD));
        ByteBuffer placed = ByteBuffer.allocate(HEAD + payload.length);
        placed.putLong(at).put(payload);
        try {
            write(at, ByteBuffer.wrap(Frame.wrap(RecordCodec.NOTE, placed.array())));
            failing = false;
        } catch (IOException e) {
            if (!failing && !closed) {
                failing = true;
                LOG.warn("{} refuses ({}): after a crash some mail is sent again", file, e.toString());
            }
        }
    }

    private void write(long at, ByteBuffer octets) throws IOException {
        try {
            channel.write(octets, offset(at));
        } catch (ClosedByInterruptException e) {
            // An interrupted thread closes the channel for all others.
            reopen();
            throw e;
        }
    }

    private synchronized void reopen() throws IOException {
        if (!closed && !channel.isOpen()) {
            channel = channel(file);
        }
    }

    /** Takes so many slots in a row; none goes over the end of the file. */
    private long claim(int slots) {
        long from = next.get();
        while (true) {
            long room = SLOTS - from % SLOTS;
            long at = room < slots ? from + room : from;
            long found = next.compareAndExchange(from, at + slots);
            if (found == from) {
                return at;
            }
            from = found;
        }
    }

    private static int offset(long at) {
        return (int) (at % SLOTS) * SLOT;
    }

    /** Hands over the entries that are whole, as they stand in the file. */
    void forEach(Reader reader) throws IOException {
        byte[] all = octets();
        int slot = 0;
        while (slot < SLOTS) {
            slot += Math.max(1, read(all, slot, reader));
        }
    }

    private byte[] octets() throws IOException {
        byte[] all = new byte[LAP_OCTETS];
        int length = 0;
        int n = 0;
        while (n >= 0 && length < LAP_OCTETS) {
            n = channel.read(ByteBuffer.wrap(all, length, Math.min(READ_OCTETS, LAP_OCTETS - length)), length);
            length += Math.max(0, n);
        }
        return all;
    }

    /** Hands over the entry that begins at a slot, if one does; answers how many slots it takes up. */
    private static int read(byte[] all, int slot, Reader reader) {
        int offset = slot * SLOT;
        if (!Frame.mayBegin(all, offset, RecordCodec.NOTE)) {
            return 0;
        }
        try {
            byte[] placed = Frame.at(all, offset).payload();
            long at = ByteBuffer.wrap(placed).getLong();
            if (offset(at) != offset) {
                return 0;
            }
            byte[] payload = new byte[placed.length - HEAD];
            System.arraycopy(placed, HEAD, payload, 0, payload.length);
            reader.entry(at, payload);
            return slots(placed.length);
        } catch (TornException e) {
            // Torn or overwritten: what it said is not known, and the mail is sent again.
            return 0;
        }
    }

    /** Takes an entry away. */
    void remove(long at) throws IOException {
        write(at, ByteBuffer.wrap(new byte[1]));
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
