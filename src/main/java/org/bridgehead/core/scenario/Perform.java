package org.bridgehead.core.scenario;

/**
 * Part of what is due now is done, so that the next step happens in the midst of it. Only where effects are performed
 * one by one: in a simulation, and on the wire in lockstep (DECISIONS 6.3).
 *
 * @param effects how many effects and wakings at most, in the order of the {@link Schedule}
 */
public record Perform(int effects) implements Step {
    /** Checks the number. */
    public Perform {
        if (effects < 0) {
            throw new IllegalArgumentException("how many? " + effects);
        }
    }
}
