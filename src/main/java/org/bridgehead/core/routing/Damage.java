package org.bridgehead.core.routing;

import java.util.Comparator;
import java.util.List;

/**
 * What a failure does to all ordered pairs of distinct sites; pairs with an end in a lost site are left out (DECISIONS
 * 2.5).
 *
 * @param down the failed parts
 * @param pairs looked at
 * @param changedPairs whose mail does not arrive, or arrives by other sites than before
 * @param heldPairs whose mail does not arrive; part of {@code changedPairs}
 * @param unreachablePairs joined before and now by no path at all, or an end's hubs are all dead; part of
 *     {@code heldPairs}
 * @param extraHops hops that rerouted pairs take more than before, in all
 * @param passedOver pairs whose mail still arrives by the same sites, though a stop on the way has no hub alive
 * @param heldWeight the held pairs, each times the weights of its two ends
 * @param unreachableWeight the unreachable pairs, weighted alike
 */
public record Damage(
        List<String> down,
        long pairs,
        long changedPairs,
        long heldPairs,
        long unreachablePairs,
        long extraHops,
        long passedOver,
        long heldWeight,
        long unreachableWeight) {
    /** By what weighs most: mail without any way left, then mail that waits, then mail that goes round. */
    public static final Comparator<Damage> WORST_FIRST = Comparator.comparingLong(Damage::unreachableWeight)
            .thenComparingLong(Damage::heldWeight)
            .thenComparingLong(Damage::unreachablePairs)
            .thenComparingLong(Damage::heldPairs)
            .thenComparingLong(Damage::changedPairs)
            .thenComparingLong(Damage::extraHops)
            .reversed();

    /** Copies the list. */
    public Damage {
        down = List.copyOf(down);
    }
}
