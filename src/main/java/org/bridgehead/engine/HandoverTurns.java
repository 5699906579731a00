package org.bridgehead.engine;

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

    /** One turn: until it is closed nobody else has it for the same copy. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** Whether it has to be looked up what was taken before; in a turn of this message. */
    boolean concern(SpoolRecord.Accepted arriving) {
        return open.concern(arriving);
    }

    /**
     * Waits for the turn of a message.
     *
     * @throws InterruptedException when the thread is to end
     */
    Turn take(SpoolRecord.Accepted arriving) throws InterruptedException {
        if (arriving.facts().handover().isEmpty()) {
            return () -> {};
        }
        Key key = new Key(arriving.facts().state().id(), arriving.facts().handover().get());
        CountDownLatch mine = new CountDownLatch(1);
        CountDownLatch other = writing.putIfAbsent(key, mine);
        while (other != null) {
            other.await();
            other = writing.putIfAbsent(key, mine);
        }
        return () -> {
            writing.remove(key, mine);
            mine.countDown();
        };
    }
}
