package org.bridgehead.render;

import java.util.List;
import java.util.Optional;

/**
 * What a picture shows beyond the topology itself.
 *
 * @param down failed parts as {@code kind:NAME}, names as the topology writes them
 * @param route a route to highlight; empty = none
 */
public record MapMarks(List<String> down, Optional<MapRoute> route) {
    /** Nothing failed, no route asked for. */
    public static final MapMarks NONE = new MapMarks(List.of(), Optional.empty());

    /** Copies the list. */
    public MapMarks {
        down = List.copyOf(down);
    }

    /** Failed parts and no route. */
    public static MapMarks down(List<String> down) {
        return new MapMarks(down, Optional.empty());
    }
}
