package org.bridgehead.render;

import java.util.Optional;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.core.routing.Itinerary;

/**
 * A route to show on a picture.
 *
 * @param title what was asked, such as {@code Berlin to Rome}
 * @param decision the way and the ways not taken; empty = there is none
 * @param itinerary where the message stops; empty = it cannot travel
 * @param heldAt the site where the message waits; empty = it arrives or is refused
 * @param reason why this way, or why the message does not arrive; one line or several
 */
public record MapRoute(
        String title,
        Optional<Decision> decision,
        Optional<Itinerary> itinerary,
        Optional<String> heldAt,
        String reason) {}
