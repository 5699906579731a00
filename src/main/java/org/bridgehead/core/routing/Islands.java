package org.bridgehead.core.routing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/**
 * The pieces into which the network falls when links and sites are lost; a link of many sites joins those left.
 * Immutable, safe for any thread. O(m log n) for m = sum of the links' member counts.
 */
public final class Islands {
    private final SortedMap<String, Integer> islandOf = Names.map();

    Islands(Topology topology, NavigableSet<String> lostLinks, NavigableSet<String> lostSites) {
        SortedMap<String, List<SiteLink>> linksOf = Names.map();
        for (SiteLink link : topology.links().values()) {
            if (!lostLinks.contains(link.name())) {
                link.sites()
                        .forEach(site -> linksOf.computeIfAbsent(site, name -> new ArrayList<>())
                                .add(link));
            }
        }
        NavigableSet<String> crossed = Names.set();
        for (String site : topology.sites().keySet()) {
            if (!lostSites.contains(site) && !islandOf.containsKey(site)) {
                int island = islandOf.size();
                islandOf.put(site, island);
                ArrayDeque<String> shore = new ArrayDeque<>(List.of(site));
                while (!shore.isEmpty()) {
                    for (SiteLink link : linksOf.getOrDefault(shore.remove(), List.of())) {
                        if (crossed.add(link.name())) {
                            land(link, island, lostSites, shore);
                        }
                    }
                }
            }
        }
    }

    /**
     * The pieces that are left.
     *
     * @param down {@code link:NAME} and {@code site:NAME}; other kinds and unknown names change nothing
     */
    public static Islands of(Topology topology, Collection<String> down) {
        return new Islands(topology, Item.names(down, Item.LINK), Item.names(down, Item.SITE));
    }

    private void land(SiteLink link, int island, NavigableSet<String> lostSites, ArrayDeque<String> shore) {
        for (String site : link.sites()) {
            if (!lostSites.contains(site) && islandOf.putIfAbsent(site, island) == null) {
                shore.add(site);
            }
        }
    }

    /** Whether both sites are there and links lead from one to the other. */
    public boolean joined(String one, String other) {
        Integer island = islandOf.get(one);
        return island != null && island.equals(islandOf.get(other));
    }
}
