package org.bridgehead.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.scenario.Schedule;
import org.bridgehead.core.topology.Names;

/**
 * The turns of all servers of an organisation that moves in lockstep (DECISIONS 6.3): what the hubs want done waits here
 * and is taken one by one in the order of {@link Schedule}, the next when the one before was answered. Whoever moves the
 * clock takes the turns; hubs of any thread put theirs in.
 */
final class Lockstep {
    private final Schedule<Runnable> schedule = new Schedule<>();
    private final SortedMap<String, Runnable> sleepers = Names.map();

    /** A server wants something done, now and in its turn. */
    synchronized void want(Instant now, String server, Runnable effect) {
        schedule.add(now, server, effect);
    }

    /** A server wants to be woken; replaces what it wanted before. */
    synchronized void wake(String server, Instant at, Runnable waking) {
        schedule.wake(server, at);
        sleepers.put(server, waking);
    }

    /** A server has died. */
    synchronized void forget(String server) {
        schedule.forget(server);
        sleepers.remove(server);
    }

    /** Takes whose turn it is at {@code now}; empty = nothing is due. */
    synchronized Optional<Runnable> take(Instant now) {
        Runnable due = schedule.take(now);
        return due != null
                ? Optional.of(due)
                : Optional.ofNullable(schedule.takeWaking(now)).map(sleepers::remove);
    }

    /** When the next turn is due; empty = never. */
    synchronized Optional<Instant> next() {
        return Optional.ofNullable(schedule.next());
    }
}
