package org.bridgehead.io.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;

/**
 * How sites hang together.
 *
 * @param pieces the sites of each part that hangs together, in name order; the largest part first
 * @param busiest the site with the most links, the first by name among equals
 */
record GraphShape(List<List<String>> pieces, String busiest) {
    /** Needs at least one site. O(n log n) in sites and ends of links. */
    static GraphShape of(List<Site> sites, List<SiteLink> links) {
        SortedMap<String, List<SiteLink>> linksOf = Names.map();
        sites.forEach(site -> linksOf.put(site.name(), new ArrayList<>()));
        links.forEach(link -> link.sites()
                .forEach(site -> linksOf.getOrDefault(site, new ArrayList<>()).add(link)));
        TreeSet<String> seen = Names.set();
        List<List<String>> pieces = new ArrayList<>();
        String busiest = linksOf.firstKey();
        for (String site : linksOf.keySet()) {
            if (seen.add(site)) {
                pieces.add(piece(site, linksOf, seen));
            }
            if (degree(linksOf, site) > degree(linksOf, busiest)) {
                busiest = site;
            }
        }
        pieces.sort((one, other) -> Integer.compare(other.size(), one.size()));
        return new GraphShape(pieces, busiest);
    }

    private static int degree(SortedMap<String, List<SiteLink>> linksOf, String site) {
        return linksOf.getOrDefault(site, List.of()).size();
    }

    private static List<String> piece(String first, SortedMap<String, List<SiteLink>> linksOf, TreeSet<String> seen) {
        TreeSet<String> found = Names.set();
        ArrayDeque<String> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            String site = open.remove();
            found.add(site);
            for (SiteLink link : linksOf.getOrDefault(site, List.of())) {
                link.sites().stream().filter(seen::add).forEach(open::add);
            }
        }
        return List.copyOf(found);
    }

    /** Says so when mail cannot get everywhere. */
    void report(Guesses<Place> guesses) {
        if (pieces.size() > 1) {
            long alone = pieces.stream().filter(piece -> piece.size() == 1).count();
            guesses.add(
                    "the graph is in " + pieces.size() + " pieces, imported as they are: no mail between them"
                            + (alone == 0 ? "" : "; sites without any link: " + alone),
                    Place.top(1, 1),
                    "the second has " + pieces.get(1).size()
                            + (pieces.get(1).size() == 1 ? " site, " : " sites, among them ")
                            + pieces.get(1).get(0));
        }
    }
}
