package org.bridgehead.io.spool;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bridgehead.core.mail.BodyRef;
import org.jspecify.annotations.Nullable;

/**
 * The octets of messages, in pieces. A body that nobody names yet is <em>fresh</em>: its last piece waits in memory, so
 * that a small body goes into the same write as the record that names it; earlier pieces are in the store, marked as an
 * orphan. Safe for any thread.
 */
final class Bodies {
    /** Octets in a piece; larger bodies are streamed. */
    static final int CHUNK = 64 * 1024;

    /**
     * A finished body that no record names yet.
     *
     * @param size octets
     * @param stored pieces in the store already
     * @param generation of the store into which they were written
     * @param rest the last piece, possibly none
     */
    record Fresh(long size, int stored, long generation, byte[] rest) {}

    private static final int RUN_BITS = 40;

    private final Store store;
    private final long run;
    private final AtomicLong last = new AtomicLong();
    private final ConcurrentMap<Long, Fresh> fresh = new ConcurrentHashMap<>();

    /** Body numbers begin with {@code run}, which no process before had. */
    Bodies(Store store, long run) {
        this.store = store;
        this.run = run;
    }

    BodyWriter writer() {
        return new Writer(run << RUN_BITS | last.incrementAndGet());
    }

    /** Whether an earlier process wrote the body: then nobody will finish or name it any more. */
    boolean isOfEarlierRun(long body) {
        return runOf(body) != run;
    }

    /** The process that wrote a body. */
    static long runOf(long body) {
        return body >>> RUN_BITS;
    }

    /** The body as it waits to be named; null when it does not. */
    @Nullable
    Fresh fresh(long body) {
        return fresh.get(body);
    }

    /** A record names it now, durably: it is the store's. */
    void named(long body) {
        fresh.remove(body);
    }

    static int chunks(long size) {
        return Math.toIntExact((size + CHUNK - 1) / CHUNK);
    }

    static byte[] unwrapChunk(byte[] value, String what) throws IOException {
        try {
            Frame.Content content = Frame.unwrap(value);
            if (content.type() != RecordCodec.CHUNK) {
                throw new TornException("type " + content.type() + " is no piece of a body");
            }
            return content.payload();
        } catch (TornException e) {
            throw new IOException(what + " is damaged: " + e.getMessage(), e);
        }
    }

    InputStream read(BodyRef body) {
        long number = Keys.body(body);
        return new Reader(number, body);
    }

    private byte[] piece(BodyRef body, long number, int index) throws IOException {
        String what = "body " + body.key() + ", piece " + index + " of " + chunks(body.size());
        Fresh waiting = fresh.get(number);
        if (waiting != null && index == waiting.stored()) {
            return waiting.rest();
        }
        byte[] value = store.chunk(Keys.chunk(number, index));
        if (value == null) {
            throw new IOException(what + " is not in the spool");
        }
        byte[] octets = unwrapChunk(value, what);
        if (octets.length != Math.min(CHUNK, body.size() - (long) index * CHUNK)) {
            throw new IOException(what + " has " + octets.length + " octets");
        }
        return octets;
    }

    /** One piece in memory at a time. */
    private final class Reader extends InputStream {
        private final long number;
        private final BodyRef body;
        private byte[] piece = {};
        private int at;
        private int next;

        Reader(long number, BodyRef body) {
            this.number = number;
            this.body = body;
        }

        private boolean more() throws IOException {
            if (at == piece.length && next < chunks(body.size())) {
                piece = piece(body, number, next++);
                at = 0;
            }
            return at < piece.length;
        }

        @Override
        public int read() throws IOException {
            return more() ? piece[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!more()) {
                return -1;
            }
            int n = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, target, offset, n);
            at += n;
            return n;
        }

        @Override
        public int available() {
            return piece.length - at;
        }
    }

    private final class Writer implements BodyWriter {
        private final long number;
        private byte[] buffer = new byte[4096];
        private int filled;
        private int stored;
        private long size;
        private long generation;
        private boolean finished;

        Writer(long number) {
            this.number = number;
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            check(!finished);
            for (int done = 0; done < length; ) {
                if (filled == CHUNK) {
                    store();
                }
                int n = Math.min(length - done, CHUNK - filled);
                room(n);
                System.arraycopy(octets, offset + done, buffer, filled, n);
                filled += n;
                done += n;
                size += n;
            }
        }

        private void room(int more) {
            if (buffer.length < filled + more) {
                buffer = Arrays.copyOf(buffer, Math.min(CHUNK, Math.max(buffer.length * 2, filled + more)));
            }
        }

        private void store() throws IOException {
            if (stored == 0) {
                generation = store.generation();
            }
            store.commit(
                    new Changes()
                            .putChunk(Keys.chunk(number, stored), Frame.wrap(RecordCodec.CHUNK, buffer, 0, filled))
                            .put(Keys.orphan(number), RecordCodec.encodeNumber(stored + 1L)),
                    false);
            stored++;
            filled = 0;
        }

        @Override
        public BodyRef finish() {
            check(!finished);
            finished = true;
            fresh.put(number, new Fresh(size, stored, generation, Arrays.copyOf(buffer, filled)));
            buffer = new byte[0];
            return Keys.bodyRef(number, size);
        }

        @Override
        public void discard() {
            boolean unnamed = fresh.remove(number) != null || !finished;
            finished = true;
            buffer = new byte[0];
            if (unnamed && stored > 0) {
                drop();
            }
        }

        private void drop() {
            try {
                store.commit(new Changes().delete(Keys.orphan(number)).deleteChunks(number, stored), false);
            } catch (IOException e) {
                // The store says so in its status; the mark is still there and the next start sweeps.
                stored = 0;
            }
        }

        private void check(boolean writing) {
            if (!writing) {
                throw new IllegalStateException("the body is finished");
            }
        }
    }
}
