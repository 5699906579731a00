package org.bridgehead.io.mailstore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bridgehead.core.topology.Names;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is in which mailbox, over all storage groups of a store. Safe for any thread. */
final class MailboxIndex {
    private static final Logger LOG = LoggerFactory.getLogger(MailboxIndex.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeMap<String, Box> boxes = Names.map();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private long revision;
    /** No UID below it is given out any more: above those that a lost or damaged log may have held. */
    private long firstUid = 1;

    private static final class Box {
        private final TreeMap<Long, StoredMessage> byUid = new TreeMap<>();
        /** Above every UID that was given out or found in a log. */
        private long nextUid = 1;
    }

    /** Reserves the next UID of a mailbox; a UID that is not used in the end is never given out again. */
    long takeUid(String mailbox) {
        return locked(() -> {
            long uid = nextUid(mailbox);
            box(mailbox).nextUid = uid + 1;
            return uid;
        });
    }

    long nextUid(String mailbox) {
        return locked(() -> {
            Box box = boxes.get(mailbox);
            return box == null ? firstUid : Math.max(box.nextUid, firstUid);
        });
    }

    /** No mailbox gets a UID below {@code first} from now on. Saying it twice is as good as once. */
    void beginUidsAt(long first) {
        locked(() -> firstUid = Math.max(firstUid, first));
    }

    long firstUid() {
        return locked(() -> firstUid);
    }

    /** Leaves out {@code count} UIDs above the highest of all mailboxes. */
    void skipUids(long count) {
        locked(() -> {
            for (Box box : boxes.values()) firstUid = Math.max(firstUid, box.nextUid);
            return firstUid = Math.addExact(firstUid, count);
        });
    }

    /** Adds without telling anybody; {@link #announce} follows. */
    void add(StoredMessage message) {
        locked(() -> {
            Box box = box(message.mailbox());
            box.nextUid = Math.max(box.nextUid, message.uid() + 1);
            return box.byUid.put(message.uid(), message);
        });
    }

    /** Removes without telling anybody. */
    void remove(String mailbox, long uid) {
        locked(() -> box(mailbox).byUid.remove(uid));
    }

    /** Tells waiting threads and listeners that these mailboxes changed. */
    void announce(Iterable<String> mailboxes) {
        locked(() -> {
            revision++;
            changed.signalAll();
            return revision;
        });
        for (String mailbox : mailboxes) listeners.forEach(listener -> tell(listener, mailbox));
    }

    private static void tell(Consumer<String> listener, String mailbox) {
        try {
            listener.accept(mailbox);
        } catch (RuntimeException e) {
            LOG.error("a listener failed on {}; the delivery stands", mailbox, e);
        }
    }

    List<StoredMessage> messages(String mailbox, long above) {
        return locked(() -> {
            Box box = boxes.get(mailbox);
            return box == null
                    ? List.of()
                    : new ArrayList<>(box.byUid.tailMap(above, false).values());
        });
    }

    int count(String mailbox) {
        return locked(() -> boxes.containsKey(mailbox) ? box(mailbox).byUid.size() : 0);
    }

    List<String> mailboxes() {
        return locked(() -> List.copyOf(boxes.keySet()));
    }

    long revision() {
        return locked(() -> revision);
    }

    long awaitChange(long seen, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (revision <= seen && left > 0) left = changed.awaitNanos(left);
            return revision;
        } finally {
            lock.unlock();
        }
    }

    Runnable onChange(Consumer<String> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private Box box(String mailbox) {
        return boxes.computeIfAbsent(mailbox, name -> new Box());
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
