package org.bridgehead.core.hub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.queue.DeliveryQueue;
import org.bridgehead.core.queue.DeliveryQueue.Unloaded;
import org.bridgehead.core.queue.QueuedCopy;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RetrySettings;

/**
 * Bounds the messages in memory (DECISIONS 1.5): new mail beyond the limit waits as an entry of a few octets, and so does
 * what waits in a queue that does not answer; both are read back from the spool when their turn comes. One read is under
 * way at a time. Owned by the hub's thread.
 *
 * <p>Memory is tight from four fifths of the room on: then waiting queues keep a few messages each, so that a dead next
 * hop never takes the room of mail that can go.
 */
final class Shelf {
    /** Most messages read back at once. */
    private static final int LOAD_BATCH = 500;

    /** Most messages that a waiting queue keeps in memory when that is tight. */
    private static final int KEEP_PER_QUEUE = 100;

    private final Desk desk;
    private final Ledger ledger;
    private final int room;
    private final ArrayDeque<Unloaded> parked = new ArrayDeque<>();
    private final Map<InternalId, Unloaded> loading = new LinkedHashMap<>();
    private final TreeMap<String, DeliveryQueue> withDue = Names.map();
    /** Queues to be tried again, with nothing in memory to try with, while another read is under way; the first one first. */
    private final Set<DeliveryQueue> toTry = new LinkedHashSet<>();
    /** From the request to the end of its answer: a message that ends while it is taken up must not ask for more. */
    private boolean underWay;
    /** Whether an operator holds what is not routed yet. */
    private boolean suspended;

    private boolean hasUnloaded;

    /**
     * An empty shelf.
     *
     * @param room most messages in memory
     */
    Shelf(Desk desk, Ledger ledger, int room) {
        this.desk = desk;
        this.ledger = ledger;
        this.room = room;
        ledger.onRelease(this::fill);
    }

    /** Whether another message may come into memory now. */
    boolean hasRoom() {
        return !suspended && parked.isEmpty() && ledger.size() + loading.size() < room;
    }

    private boolean isTight() {
        return !parked.isEmpty() || ledger.size() + loading.size() > room - room / 5;
    }

    private int keep() {
        return Math.max(1, Math.min(KEEP_PER_QUEUE, room / 10));
    }

    /** Remembers a message that finds no room. */
    void park(SpoolRecord.Accepted message, boolean again) {
        TransferState state = message.facts().state();
        parked.add(new Unloaded(message.id(), state.submitted(), again, false, desk.priority(state)));
        fill();
    }

    /** Whether a message of a queue was ever put out of memory: before that, no queue has any there. */
    boolean hasUnloaded() {
        return hasUnloaded;
    }

    /** Messages that wait for room. */
    int size() {
        return parked.size() + loading.size();
    }

    /** Messages that wait for room, or for an operator, oldest first; then those being read back. */
    Stream<Unloaded> waiting() {
        return Stream.concat(parked.stream(), loading.values().stream());
    }

    /** One message is wanted before the others. */
    void want(Unloaded message) {
        parked.addFirst(message);
        fill();
    }

    /** An operator holds or frees what is not routed yet. */
    void suspend(boolean hold) {
        suspended = hold;
        fill();
    }

    boolean isSuspended() {
        return suspended;
    }

    private void fill() {
        if (parked.isEmpty() && withDue.isEmpty() || underWay || ledger.size() > room - room / 5) {
            return;
        }
        int space = Math.min(LOAD_BATCH, room - ledger.size());
        List<Unloaded> next = new ArrayList<>();
        while (next.size() < space && !withDue.isEmpty()) {
            DeliveryQueue queue = withDue.firstEntry().getValue();
            if (isDue(queue.oldestUnloaded())) {
                next.addAll(queue.takeUnloaded(1));
            } else {
                withDue.remove(queue.name());
            }
        }
        while (!suspended && next.size() < space && !parked.isEmpty()) {
            next.add(parked.removeFirst());
        }
        load(next);
    }

    /** Everything the queue had put away is wanted again as soon as there is room. */
    void reclaim(DeliveryQueue queue) {
        if (queue.unloadedSize() > 0) {
            parked.addAll(queue.takeUnloaded(queue.unloadedSize()));
            fill();
        }
    }

    /** A queue is to be tried again: it needs at least something to try with. */
    void loadSome(DeliveryQueue queue) {
        if (!queue.isEmpty()) {
            return;
        }
        if (underWay) {
            toTry.add(queue);
        } else {
            load(queue.takeUnloaded(keep()));
        }
    }

    private void loadForTries() {
        while (!underWay && !toTry.isEmpty()) {
            DeliveryQueue queue = toTry.iterator().next();
            toTry.remove(queue);
            if (queue.mayTry()) {
                loadSome(queue);
            }
        }
    }

    /** Reads back the oldest messages of a queue that are due for a report by now, as there is room for them. */
    void loadDue(DeliveryQueue queue) {
        if (isDue(queue.oldestUnloaded())) {
            withDue.put(queue.name(), queue);
            fill();
        }
    }

    private boolean isDue(Optional<Unloaded> message) {
        RetrySettings retry = desk.snapshot().retry();
        return message.map(one -> Deadlines.next(one, retry))
                .filter(at -> !at.isAfter(desk.now()))
                .isPresent();
    }

    private void load(List<Unloaded> messages) {
        if (messages.isEmpty()) {
            return;
        }
        underWay = true;
        messages.forEach(message -> loading.put(message.id(), message));
        List<CopyId> wanted = Lists.map(messages, message -> CopyId.original(message.id()));
        // A full disk may keep records of these waiting: read before, they would seem gone, or not yet delivered.
        desk.afterWritten(() -> desk.emit(new HubEffect.Load(wanted)));
    }

    /** A message came back, with what was known of it. */
    Unloaded loaded(InternalId id) {
        Unloaded entry = loading.remove(id);
        if (entry == null) {
            throw new IllegalStateException("message " + id + " was not asked for");
        }
        return entry;
    }

    /** The read is answered; what did not come back is not in the spool. */
    void loadEnded() {
        loading.clear();
        underWay = false;
        loadForTries();
        fill();
    }

    /** Puts messages of a waiting queue out of memory when that is tight, all but the first few. */
    void trim(DeliveryQueue queue) {
        if (!isTight() || queue.size() <= keep()) {
            return;
        }
        List<QueuedCopy> waiting = queue.takeAll();
        for (int i = 0; i < waiting.size(); i++) {
            if (i < keep() || !unload(queue, waiting.get(i))) {
                queue.add(waiting.get(i));
            }
        }
    }

    /** The same for the last {@code count} copies only; answers how many of them are to be looked at again. */
    int trimLast(DeliveryQueue queue, int count) {
        int left = count;
        while (left > 0 && isTight() && queue.size() > keep()) {
            QueuedCopy last = queue.takeLast();
            if (!unload(queue, last)) {
                queue.add(last);
                return left;
            }
            left--;
        }
        return 0;
    }

    private boolean unload(DeliveryQueue queue, QueuedCopy queued) {
        MailCopy copy = ledger.find(queued.copy())
                .orElseThrow(() -> new IllegalStateException("copy " + queued.copy() + " is queued but unknown"));
        if (!isAllThatIsLeft(copy, queued)) {
            return false;
        }
        MailItem item = copy.item();
        boolean reported = queued.recipients().stream().allMatch(stop -> copy.isDelayReported(stop.index()));
        hasUnloaded = true;
        queue.unload(new Unloaded(item.id(), item.state().submitted(), queued.again(), reported, queued.priority()));
        ledger.unload(item);
        return true;
    }

    private static boolean isAllThatIsLeft(MailCopy copy, QueuedCopy queued) {
        MailItem item = copy.item();
        return !copy.isWorkedOn()
                && !item.hasOpenReports()
                && copy.open().size() == queued.recipients().size()
                && item.copies().stream().allMatch(other -> other == copy || other.isComplete());
    }
}
