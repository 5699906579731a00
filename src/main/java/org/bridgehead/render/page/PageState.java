package org.bridgehead.render.page;

import java.util.List;
import java.util.Optional;

/**
 * What a page shows when it is opened.
 *
 * @param file how the commands that the page offers name the topology file
 * @param set changes made to that file, as typed after {@code --set}
 * @param down failed parts as {@code kind:NAME}; kinds that a page cannot fail are passed over
 * @param route the two sites of a route; empty = none
 */
public record PageState(String file, List<String> set, List<String> down, Optional<Ends> route) {
    /**
     * The ends of a route.
     *
     * @param from a site
     * @param to another one
     */
    public record Ends(String from, String to) {}

    /** Copies the lists. */
    public PageState {
        set = List.copyOf(set);
        down = List.copyOf(down);
    }
}
