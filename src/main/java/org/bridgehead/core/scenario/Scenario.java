package org.bridgehead.core.scenario;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A play in an organisation.
 *
 * @param name what it is called
 * @param topology file of the organisation, relative to the scenario file
 * @param start virtual time at which everything is up and no mail is under way
 * @param conditions of the imagined world; empty = {@link Conditions#IDEAL}. On the wire things take the time they take
 * @param scenes in order, at least one; what one breaks stays broken for the next
 */
public record Scenario(
        String name, String topology, Instant start, Optional<Conditions> conditions, List<Scene> scenes) {
    /** Copies the list. */
    public Scenario {
        scenes = List.copyOf(scenes);
        if (scenes.isEmpty()) {
            throw new IllegalArgumentException("a scenario has a scene");
        }
    }
}
