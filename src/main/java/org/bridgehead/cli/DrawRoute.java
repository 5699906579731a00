package org.bridgehead.cli;

import org.bridgehead.core.routing.Reasons;
import org.bridgehead.render.MapRoute;

/** A route as pictures want it. */
final class DrawRoute {
    private DrawRoute() {}

    static MapRoute of(RouteAnswer answer) {
        String reason = answer.trouble()
                .map(trouble -> sentence(trouble.text())
                        + trouble.heldAt()
                                .map(site -> " Mail waits in " + site + ".")
                                .orElse(" It is not delivered."))
                .orElseGet(() -> answer.decision()
                        .map(decision -> Reasons.of(decision, answer.to().isOutside()))
                        .orElse(""));
        String exit = answer.connector()
                .map(connector -> "\nIt leaves by the connector " + connector.chosen() + ".")
                .orElse("");
        return new MapRoute(
                answer.from().name() + " to " + answer.to().name(),
                answer.decision(),
                answer.itinerary(),
                answer.trouble().flatMap(RouteAnswer.Trouble::heldAt),
                reason + exit);
    }

    /** Items such as link:X keep their letters. */
    private static String sentence(String text) {
        return text.isEmpty() || text.matches("\\w+:.*")
                ? text + "."
                : Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
