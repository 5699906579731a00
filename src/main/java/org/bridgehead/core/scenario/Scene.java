package org.bridgehead.core.scenario;

import java.util.List;

/**
 * Part of a scenario that is judged as a whole.
 *
 * @param title one line for people
 * @param steps in order; when the last one is done, everything under way is waited for
 * @param expectations what must be true then
 */
public record Scene(String title, List<Step> steps, List<Expectation> expectations) {
    /** Copies the lists. */
    public Scene {
        steps = List.copyOf(steps);
        expectations = List.copyOf(expectations);
    }

    /** Whether letters are under way side by side, so that which of several equal servers gets which is open. */
    public boolean isConcurrent() {
        return steps.stream().anyMatch(step -> step instanceof Send send && send.isStream())
                || steps.stream().filter(Send.class::isInstance).count() > 1;
    }
}
