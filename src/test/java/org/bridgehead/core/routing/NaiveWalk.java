package org.bridgehead.core.routing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/** Where a message gets along a path while parts are down, written a second time over positions on the whole path. */
final class NaiveWalk {
    private final Topology topology;
    private final RoutingPolicy policy;
    private final TreeSet<String> down;
    private final SitePath path;

    /** Names in {@code down} as the topology writes them. */
    NaiveWalk(Topology topology, List<String> down, SitePath path) {
        this.topology = topology;
        this.policy = topology.settings().routing();
        this.down = new TreeSet<>(down);
        this.path = path;
    }

    /** The sites that handle the message; the last one is where it ends or waits. */
    List<String> stops() {
        List<String> stops = new ArrayList<>(List.of(path.source()));
        int here = takes(0, 0) ? 0 : path.hops();
        while (here < path.hops()) {
            int next = next(here);
            if (next < 0) {
                return stops;
            }
            stops.add(path.sites().get(next));
            here = next;
        }
        return stops;
    }

    private int next(int here) {
        int end = here + 1;
        while (end < path.hops() && !(hasHub(end) && isHubSite(end))) {
            end++;
        }
        for (int at : order(here, end)) {
            if (takes(here, at)) {
                return at;
            }
        }
        return -1;
    }

    private List<Integer> order(int here, int end) {
        List<Integer> order = new ArrayList<>();
        if (policy.relay() == RoutingPolicy.Relay.EVERY_SITE) {
            for (int at = here + 1; at <= end; at++) {
                order.add(at);
            }
        } else {
            order.add(end);
            int first = end;
            while (first > here && !hasHub(first)) {
                first--;
            }
            order.add(first);
            int failed = first;
            while (policy.backOff() == RoutingPolicy.BackOff.BINARY && failed - here > 4) {
                int middle = (here + failed) / 2;
                int best = -1;
                for (int at = here + 1; at < failed; at++) {
                    if (hasHub(at) && (best < 0 || Math.abs(at - middle) < Math.abs(best - middle))) {
                        best = at;
                    }
                }
                if (best < 0) {
                    break;
                }
                order.add(best);
                failed = best;
            }
            for (int at = failed - 1; at > here; at--) {
                order.add(at);
            }
        }
        int destination = path.hops();
        return order.stream()
                .filter(at -> at > here && (hasHub(at) || at == destination))
                .toList();
    }

    private boolean takes(int from, int to) {
        return connected(from, to) && (!hasHub(to) || hubs(to).stream().anyMatch(this::runs));
    }

    private boolean connected(int from, int to) {
        if (policy.connectivity() == RoutingPolicy.Connectivity.ANY_PATH) {
            return joined(topology, down, path.sites().get(from), path.sites().get(to));
        }
        for (int at = from; at <= to; at++) {
            if (down.contains("site:" + path.sites().get(at))
                    || at < to && down.contains("link:" + path.links().get(at))) {
                return false;
            }
        }
        return true;
    }

    /** Whether any links that are left lead from one site to the other. */
    static boolean joined(Topology topology, TreeSet<String> down, String from, String to) {
        TreeSet<String> seen = new TreeSet<>();
        ArrayDeque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            String here = open.remove();
            if (!down.contains("site:" + here) && seen.add(here)) {
                for (SiteLink link : topology.links().values()) {
                    if (!down.contains("link:" + link.name()) && link.sites().contains(here)) {
                        open.addAll(link.sites());
                    }
                }
            }
        }
        return seen.contains(to);
    }

    private boolean isHubSite(int at) {
        return topology.sites().get(path.sites().get(at)).hubSite();
    }

    private boolean hasHub(int at) {
        return !hubs(at).isEmpty();
    }

    private List<Server> hubs(int at) {
        return topology.hubsOf(path.sites().get(at));
    }

    private boolean runs(Server hub) {
        return !down.contains("server:" + hub.name())
                && !down.contains("site:" + hub.site().orElseThrow());
    }

    /** The copies of delayed fan-out, found by walking along the paths site by site. */
    static TreeMap<String, List<String>> copies(RoutingTable routes, String from, List<String> destinations) {
        TreeMap<String, List<String>> copies = new TreeMap<>();
        List<SitePath> paths = destinations.stream()
                .filter(to -> !to.equals(from) && !routes.hubsOf(to).isEmpty())
                .flatMap(to -> routes.path(from, to).stream())
                .toList();
        part(routes, from, 0, paths, copies);
        return copies;
    }

    /** Moves all that go on together from position {@code here} of their paths; {@code at} is the site that sent them. */
    private static void part(
            RoutingTable routes, String at, int here, List<SitePath> paths, TreeMap<String, List<String>> copies) {
        TreeMap<String, List<SitePath>> ways = new TreeMap<>();
        paths.stream()
                .filter(path -> path.hops() > here)
                .forEach(path -> ways.computeIfAbsent(path.sites().get(here + 1), next -> new ArrayList<>())
                        .add(path));
        ways.forEach((next, its) -> {
            int lastHub = -1;
            int position = here + 1;
            while (true) {
                boolean hub = !routes.hubsOf(its.get(0).sites().get(position)).isEmpty();
                lastHub = hub ? position : lastHub;
                if (mustStop(routes, position, its) || !together(position, its)) {
                    break;
                }
                position++;
            }
            if (lastHub > 0) {
                String stop = its.get(0).sites().get(lastHub);
                copies.put(at + ">" + stop + ofWhich(its), names(its));
                part(routes, stop, lastHub, its, copies);
            } else {
                part(routes, at, position, its, copies);
            }
        });
    }

    private static String ofWhich(List<SitePath> paths) {
        return " for " + String.join(" ", names(paths));
    }

    private static List<String> names(List<SitePath> paths) {
        return paths.stream().map(SitePath::destination).sorted().toList();
    }

    private static boolean mustStop(RoutingTable routes, int at, List<SitePath> paths) {
        String site = paths.get(0).sites().get(at);
        boolean hub = !routes.hubsOf(site).isEmpty();
        return hub && routes.topology().sites().get(site).hubSite()
                || paths.stream().anyMatch(path -> path.hops() == at);
    }

    private static boolean together(int at, List<SitePath> paths) {
        return paths.stream().map(path -> path.sites().get(at + 1)).distinct().count() == 1;
    }
}
