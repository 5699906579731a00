package org.bridgehead.core.scenario;

import java.time.Instant;
import java.util.List;

/**
 * A play in an organisation.
 *
 * @param name what it is called
 * @param topology file of the organisation, relative to the scenario file
 * @param start virtual time at which everything is up and no mail is under way
 * @param scenes in order, at least one; what one breaks stays broken for the next
 */
public record Scenario(String name, String topology, Instant start, List<Scene> scenes) {
    /** Copies the list. */
    public Scenario {
        scenes = List.copyOf(scenes);
        if (scenes.isEmpty()) {
            throw new IllegalArgumentException("a scenario has a scene");
        }
    }
}
