package org.bridgehead.core.routing;

import java.util.List;

/**
 * A way through the site graph, names as the topology writes them.
 *
 * @param sites from source to destination, both included; one for a path within a site
 * @param links the link crossed at each hop: the cheapest that joins the two sites, the lowest name among equals
 * @param cost sum of the links' mail costs
 */
public record SitePath(List<String> sites, List<String> links, long cost) {
    /** Copies the lists and checks that they fit. */
    public SitePath {
        sites = List.copyOf(sites);
        links = List.copyOf(links);
        if (sites.size() != links.size() + 1) {
            throw new IllegalArgumentException(sites + " does not fit " + links);
        }
    }

    /** Sites entered, which is links crossed. */
    public int hops() {
        return links.size();
    }

    /** Where it begins. */
    public String source() {
        return sites.get(0);
    }

    /** Where it ends. */
    public String destination() {
        return sites.get(sites.size() - 1);
    }
}
