package org.bridgehead.core.scenario;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.topology.Names;

/**
 * What was scripted to go wrong and has not yet happened, by target and in turn. Decides for the simulation and the wire
 * alike which contact meets which mishap: a refusal of connections waits for somebody who connects, everything else for
 * a message, when its MAIL comes. What stands behind in the script waits for what stands before it. One thread.
 */
public final class Mishaps {
    private final SortedMap<String, ArrayDeque<Mishap>> scripts = Names.map();

    /** Adds a mishap to the script of a server, mailbox server or host outside. */
    public void script(String target, Mishap mishap) {
        scripts.computeIfAbsent(target, name -> new ArrayDeque<>()).addLast(mishap);
    }

    /** Somebody connects: what he is told instead of a greeting; empty = he is welcome. */
    public Optional<Mishap.RefuseConnection> atConnection(String target) {
        return take(target, true).map(Mishap.RefuseConnection.class::cast);
    }

    /** Somebody who is connected begins a message: what goes wrong with it; never a {@link Mishap.RefuseConnection}. */
    public Optional<Mishap> atMessage(String target) {
        return take(target, false);
    }

    /** How many have not happened yet. */
    public int left() {
        return scripts.values().stream().mapToInt(ArrayDeque::size).sum();
    }

    private Optional<Mishap> take(String target, boolean connecting) {
        ArrayDeque<Mishap> script = scripts.get(target);
        if (script == null || script.getFirst() instanceof Mishap.RefuseConnection != connecting) {
            return Optional.empty();
        }
        Mishap next = script.removeFirst();
        if (script.isEmpty()) {
            scripts.remove(target);
        }
        return Optional.of(next);
    }
}
