package org.bridgehead.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.bridgehead.core.hub.OpenHandovers;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.TransportId;

/**
 * The transfers that are being written in one life of a node: of two attempts to hand over the same copy the later one waits
 * until the earlier one is on the disk or has failed, and then sees what became of it. Others do not wait for each other.
 * Safe for any thread.
 */
final class HandoverTurns {
    private record Key(TransportId id, Handover handover) {}

    private final ConcurrentHashMap<Key, CountDownLatch> writing = new ConcurrentHashMap<>();
    private final OpenHandovers open = new OpenHandovers();

    /** What is done in a turn. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Whether it has to be looked up what was taken before; in a turn of this message. */
    boolean concern(SpoolRecord.Accepted arriving) {
        return open.concern(arriving);
    }

    /**
     * The turn of a message that need not wait for it, and of which nothing has to be looked up.
     *
     * @return gives it back, once the message is on the disk or has failed, by any thread; empty = {@link #inTurn} instead
     */
    Optional<Runnable> claim(SpoolRecord.Accepted arriving) {
        if (arriving.facts().handover().isEmpty()) {
            return Optional.of(() -> {});
        }
        Key key = key(arriving);
        CountDownLatch mine = new CountDownLatch(1);
        if (writing.putIfAbsent(key, mine) != null) {
            return Optional.empty();
        }
        // Asked in the turn: before it, a repeat could begin and end between the question and the turn.
        if (open.concern(arriving)) {
            end(key, mine);
            return Optional.empty();
        }
        return Optional.of(() -> end(key, mine));
    }

    private static Key key(SpoolRecord.Accepted arriving) {
        return new Key(
                arriving.facts().state().id(), arriving.facts().handover().orElseThrow());
    }

    private void end(Key key, CountDownLatch mine) {
        writing.remove(key, mine);
        mine.countDown();
    }

    /**
     * Does something when the turn of a message has come; until that is done nobody else has it for the same copy.
     *
     * @throws IOException when the work throws it, or the thread is to end before its turn
     */
    <T> T inTurn(SpoolRecord.Accepted arriving, Work<T> work) throws IOException {
        if (arriving.facts().handover().isEmpty()) {
            return work.run();
        }
        Key key = key(arriving);
        CountDownLatch mine = new CountDownLatch(1);
        await(key, mine);
        try {
            return work.run();
        } finally {
            end(key, mine);
        }
    }

    private void await(Key key, CountDownLatch mine) throws IOException {
        try {
            CountDownLatch other = writing.putIfAbsent(key, mine);
            while (other != null) {
                other.await();
                other = writing.putIfAbsent(key, mine);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while an earlier attempt was being written", e);
        }
    }
}
