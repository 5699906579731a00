package org.bridgehead.render.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SourceTree;
import org.bridgehead.core.topology.Names;

/**
 * Sites by number, which is their place in name order, and the chosen path between any two as a table of predecessors:
 * the site before {@code to} on the path from {@code from}. Immutable; safe for any thread.
 */
final class SiteNumbers {
    /** What stands before the source itself and what no path leads to. */
    static final int NONE = -1;

    private final SortedMap<String, Integer> numbers = Names.map();
    private final int[][] previous;

    SiteNumbers(RoutingTable routes) {
        for (String site : routes.topology().sites().keySet()) {
            numbers.put(site, numbers.size());
        }
        previous = new int[numbers.size()][];
        for (int from = 0; from < previous.length; from++) {
            previous[from] = row(SourceTree.of(routes, from), previous.length);
        }
    }

    private static int[] row(SourceTree tree, int sites) {
        int[] row = new int[sites];
        for (int site = 0; site < row.length; site++) {
            row[site] = tree.previous(site);
        }
        return row;
    }

    int count() {
        return previous.length;
    }

    int of(String site) {
        return Objects.requireNonNull(numbers.get(site), site);
    }

    /** Numbers in the order of the names. */
    List<Integer> all(Collection<String> sites) {
        List<Integer> all = new ArrayList<>(sites.size());
        sites.forEach(site -> all.add(of(site)));
        return all;
    }

    int previous(int from, int to) {
        return previous[from][to];
    }

    /** Ascending numbers as runs: first, length, first, length. */
    static List<Integer> runs(List<Integer> ascending) {
        List<Integer> runs = new ArrayList<>();
        for (int at = 0; at < ascending.size(); at++) {
            int last = runs.size() - 1;
            if (last > 0 && runs.get(last - 1) + runs.get(last) == ascending.get(at)) {
                runs.set(last, runs.get(last) + 1);
            } else {
                runs.add(ascending.get(at));
                runs.add(1);
            }
        }
        return runs;
    }
}
