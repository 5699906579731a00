package org.bridgehead.core.scenario;

import java.util.ArrayDeque;
import java.util.TreeMap;
import org.bridgehead.core.mail.InternalId;

/**
 * Which messages crash one server, and how often still (see {@link Poisoned}): for the simulation and the wire alike. One
 * thread.
 */
public final class Poisons {
    private final ArrayDeque<Integer> scripted = new ArrayDeque<>();
    private final TreeMap<InternalId, Integer> bound = new TreeMap<>();

    /** The next message that is taken in, behind those scripted before, crashes the server so often; 0 = none does. */
    public void script(int times) {
        if (times > 0) {
            scripted.addLast(times);
        } else {
            scripted.clear();
            bound.clear();
        }
    }

    /** The server has taken a message in. */
    public void taken(InternalId message) {
        Integer times = scripted.pollFirst();
        if (times != null) {
            bound.put(message, times);
        }
    }

    /** Whether the server, about to send a message on, crashes with it this time; counts. */
    public boolean crashesWith(InternalId message) {
        if (bound.isEmpty() || !bound.containsKey(message)) {
            return false;
        }
        bound.computeIfPresent(message, (id, times) -> times > 1 ? times - 1 : null);
        return true;
    }
}
