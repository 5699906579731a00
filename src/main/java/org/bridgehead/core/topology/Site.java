package org.bridgehead.core.topology;

import java.util.List;

/**
 * An Active Directory site: one hop of the message path.
 *
 * @param name unique ignoring case
 * @param hubSite whether every message whose path crosses the site must stop there (BEHAVIOUR 1.3.2)
 * @param subnets in CIDR notation, IPv4 or IPv6
 */
public record Site(String name, boolean hubSite, List<String> subnets) {
    /** Copies the list. */
    public Site {
        subnets = List.copyOf(subnets);
    }

    /** A site with nothing but a name. */
    public static Site of(String name) {
        return new Site(name, false, List.of());
    }
}
