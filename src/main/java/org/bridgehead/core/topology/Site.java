package org.bridgehead.core.topology;

import java.util.List;
import java.util.Optional;

/**
 * An Active Directory site: one hop of the message path.
 *
 * @param name unique ignoring case
 * @param hubSite whether every message whose path crosses the site must stop there (BEHAVIOUR 1.3.2)
 * @param subnets in CIDR notation, IPv4 or IPv6
 * @param position where pictures show it; empty = where there is room
 */
public record Site(String name, boolean hubSite, List<String> subnets, Optional<Position> position) {
    /** Copies the list. */
    public Site {
        subnets = List.copyOf(subnets);
    }

    /** A site whose position is not known. */
    public Site(String name, boolean hubSite, List<String> subnets) {
        this(name, hubSite, subnets, Optional.empty());
    }

    /** A site with nothing but a name. */
    public static Site of(String name) {
        return new Site(name, false, List.of());
    }
}
