package org.bridgehead.core.directory;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which domain controllers are asked, in this order, and which are passed over: a decision with its reason.
 *
 * @param order the first is asked, the next ones when those before them fail
 * @param passed not asked now
 */
public record ControllerChoice(List<NearController> order, List<Passed> passed) {
    /**
     * A controller that is not asked now.
     *
     * @param controller which one
     * @param why in one phrase
     */
    public record Passed(NearController controller, String why) {}

    /** Copies the lists. */
    public ControllerChoice {
        order = List.copyOf(order);
        passed = List.copyOf(passed);
    }

    /** Why this is the order, in one line. */
    public String reason() {
        String others = passed.stream()
                .map(one -> one.controller().name() + " " + one.why())
                .collect(Collectors.joining("; "));
        if (order.isEmpty()) {
            return others.isEmpty() ? "no domain controller is in the own site or one linked to it" : others;
        }
        String first = order.get(0).name() + " is " + order.get(0).reason();
        return others.isEmpty() ? first : first + "; " + others;
    }
}
