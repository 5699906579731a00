package org.bridgehead.whatif;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What came of one simulated world.
 *
 * @param hops messages handed from one to the next: taken by a server, put into a mailbox, given to somebody outside
 * @param letters letters that a server took
 * @param crashes servers that died
 * @param moments in how many of these crashes the server was in the midst of what
 * @param failovers what became of mailbox servers
 * @param violation the first invariant that was violated; empty = none
 */
public record SimulationResult(
        long hops,
        int letters,
        int crashes,
        Map<Moment, Integer> moments,
        Failovers failovers,
        Optional<Violation> violation) {
    /** Copies the map. */
    public SimulationResult {
        EnumMap<Moment, Integer> copy = new EnumMap<>(Moment.class);
        copy.putAll(moments);
        moments = Collections.unmodifiableMap(copy);
    }
}
