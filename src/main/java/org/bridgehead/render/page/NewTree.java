package org.bridgehead.render.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The paths from one source after a failure, as changes to its predecessors. One thread. */
final class NewTree {
    private final SiteNumbers sites;
    private final int source;
    private final Map<Integer, Integer> changed = new TreeMap<>();

    NewTree(SiteNumbers sites, int source) {
        this.sites = sites;
        this.source = source;
    }

    /** Takes a path in; of two that contradict each other the first counts. */
    void learn(List<Integer> path) {
        for (int at = 1; at < path.size(); at++) {
            if (sites.previous(source, path.get(at)) != path.get(at - 1)) {
                changed.putIfAbsent(path.get(at), path.get(at - 1));
            }
        }
    }

    /** Site and predecessor in turn. */
    List<Integer> changes() {
        List<Integer> changes = new ArrayList<>();
        changed.forEach((site, before) -> {
            changes.add(site);
            changes.add(before);
        });
        return changes;
    }

    /** The path as the page will find it; not the true one where paths contradict each other. */
    List<Integer> pathTo(int site) {
        List<Integer> path = new ArrayList<>(List.of(site));
        int at = site;
        while (at != source && at != SiteNumbers.NONE && path.size() <= sites.count()) {
            at = changed.getOrDefault(at, sites.previous(source, at));
            path.add(at);
        }
        Collections.reverse(path);
        return path;
    }
}
