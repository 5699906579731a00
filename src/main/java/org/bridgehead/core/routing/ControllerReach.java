package org.bridgehead.core.routing;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import org.bridgehead.core.topology.Server;

/**
 * What keeps the servers of a site from a domain controller when parts have failed (DECISIONS 2.1): look-ups go the way
 * that mail goes. Immutable; safe for any thread.
 */
public final class ControllerReach {
    private final RoutingTable routes;
    private final NavigableSet<String> controllers;
    private final Reachability reachability;

    /**
     * With these parts down.
     *
     * @param down items as {@link Item} writes them
     */
    public ControllerReach(RoutingTable routes, Collection<String> down) {
        this.routes = routes;
        this.controllers = Item.names(down, Item.CONTROLLER);
        this.controllers.addAll(Item.names(down, Item.SERVER));
        this.reachability = Reachability.of(routes.topology(), down);
    }

    /** One phrase; empty = nothing does. */
    public Optional<String> obstacle(String site, Server controller) {
        if (controllers.contains(controller.name())) {
            return Optional.of("is down");
        }
        Optional<SitePath> path = controller.site().flatMap(there -> routes.path(site, there));
        return path.isEmpty()
                ? Optional.of("cannot be reached: no path leads there")
                : reachability.obstacle(path.get()).map(item -> "cannot be reached: " + item + " is down");
    }
}
