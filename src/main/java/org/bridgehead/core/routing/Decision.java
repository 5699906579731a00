package org.bridgehead.core.routing;

import java.util.List;

/**
 * Why mail goes where it goes.
 *
 * @param chosen the path
 * @param rejected the best of the other simple paths, strongest first; empty exactly when there is no other
 * @param rule what told the chosen path from the strongest of them
 */
public record Decision(SitePath chosen, List<Rejected> rejected, Rule rule) {
    /**
     * A path that was not taken.
     *
     * @param path the path
     * @param lostBy the rule by which it lost against the chosen one
     */
    public record Rejected(SitePath path, Rule lostBy) {}

    /** Copies the list. */
    public Decision {
        rejected = List.copyOf(rejected);
    }
}
