package org.bridgehead.core.queue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Priority;

/**
 * In which order the copies of a queue go: high before normal before low, and after {@value #PATIENCE} in a row that went
 * before a lower one, one of those; within a priority as its {@link Lane} says. Keeps within the {@link Shares} of the
 * connections. Mutable; owned by its queue.
 */
final class Line {
    /** Copies that may go before one of lower priority that waits. */
    private static final int PATIENCE = 8;

    private static final List<Priority> ORDER = List.of(Priority.HIGH, Priority.NORMAL, Priority.LOW);

    private final Lane[] lanes = {new Lane(), new Lane(), new Lane()};
    /** By priority: how many went before it while it waited. */
    private final int[] passed = new int[ORDER.size()];

    /** By priority, and of all the long ones: copies that were taken and have not ended. */
    private final int[] sending = new int[ORDER.size()];

    private int longSending;

    void add(QueuedCopy copy) {
        lane(copy).add(copy);
    }

    void addFirst(QueuedCopy copy) {
        lane(copy).addFirst(copy);
    }

    int size(Priority priority) {
        return lanes[priority.ordinal()].size();
    }

    int size() {
        return lanes[0].size() + lanes[1].size() + lanes[2].size();
    }

    int waiting(InternalId message) {
        return lanes[0].waiting(message) + lanes[1].waiting(message) + lanes[2].waiting(message);
    }

    /** How many may go now. */
    int startable(Shares shares) {
        int all = 0;
        for (int i = 0; i < lanes.length; i++) {
            all += startable(i, shares);
        }
        return all;
    }

    private int startable(int lane, Shares shares) {
        int free = shares.byPriority() ? shares.of(ORDER.get(lane)) - sending[lane] : Integer.MAX_VALUE;
        return Math.max(0, Math.min(free, lanes[lane].startable(shares.forLong() - longSending)));
    }

    /** Takes the next one; it counts as being sent until {@link #ended}. */
    Optional<QueuedCopy> take(Shares shares) {
        int lane = next(shares);
        if (lane < 0) {
            return Optional.empty();
        }
        for (int lower = lane + 1; lower < lanes.length; lower++) {
            passed[lower] += lanes[lower].size() > 0 ? 1 : 0;
        }
        passed[lane] = 0;
        Optional<QueuedCopy> taken = lanes[lane].take(longSending < shares.forLong());
        taken.ifPresent(copy -> sending(copy, 1));
        return taken;
    }

    /** The lane whose turn it is; -1 = none that may go. */
    private int next(Shares shares) {
        int first = -1;
        for (int i = 0; i < lanes.length; i++) {
            if (startable(i, shares) > 0) {
                if (passed[i] >= PATIENCE) {
                    return i;
                }
                first = first < 0 ? i : first;
            }
        }
        return first;
    }

    /** A copy that was taken is not being sent any more. */
    void ended(QueuedCopy copy) {
        sending(copy, -1);
    }

    private void sending(QueuedCopy copy, int change) {
        sending[copy.priority().ordinal()] += change;
        longSending += Lane.isLong(copy) ? change : 0;
    }

    /** Takes one of those that would go last. */
    Optional<QueuedCopy> takeLast() {
        for (int i = lanes.length - 1; i >= 0; i--) {
            if (lanes[i].size() > 0) {
                return lanes[i].takeLast();
            }
        }
        return Optional.empty();
    }

    Stream<QueuedCopy> copies() {
        return Stream.of(lanes).flatMap(Lane::copies);
    }

    void clear() {
        for (Lane lane : lanes) {
            lane.clear();
        }
    }

    private Lane lane(QueuedCopy copy) {
        return lanes[copy.priority().ordinal()];
    }
}
