package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.core.routing.DeliveryPlan;
import org.bridgehead.core.routing.ForkSites;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy.Relay;

/**
 * What a traffic matrix puts on links and hubs: every message walked from stop to stop by the same plans that hubs
 * follow, once with one copy for all recipients that share a way (BEHAVIOUR 1.5), once with a copy for each site.
 *
 * @param links by name: all of the topology
 * @param hubs by name: all of the topology, the messages of a site shared evenly
 * @param transfers messages handed from site to site
 * @param bytes octets over all links
 * @param bytesWithoutFanOut the same with a copy for each destination site
 * @param held messages times destinations that wait for a failed part, by the site where they wait
 * @param unreachable messages times destinations to which no link leads
 * @param refused messages times destinations that come back because of their size (BEHAVIOUR 1.6.1)
 */
public record TrafficLoad(
        Map<String, LinkLoad> links,
        Map<String, HubLoad> hubs,
        long transfers,
        long bytes,
        long bytesWithoutFanOut,
        Map<String, Long> held,
        long unreachable,
        long refused) {
    /**
     * One row of the matrix.
     *
     * @param from site of the sender
     * @param to sites of the recipients; several in one message
     * @param messages how many
     * @param size octets of each
     */
    public record Demand(String from, List<String> to, long messages, long size) {
        /** Copies the list. */
        public Demand {
            to = List.copyOf(to);
        }
    }

    /**
     * What crosses a link.
     *
     * @param messages copies
     * @param bytes octets
     * @param bytesWithoutFanOut octets with a copy for each destination site
     */
    public record LinkLoad(long messages, long bytes, long bytesWithoutFanOut) {}

    /**
     * What a hub handles.
     *
     * @param site where it stands
     * @param messages copies
     * @param bytes octets
     */
    public record HubLoad(String site, long messages, long bytes) {}

    /** The load while parts are down. */
    public static TrafficLoad of(RoutingTable routes, Reachability now, List<Demand> demands) {
        Count shared = new Count(routes, now);
        Count single = new Count(routes, now);
        for (Demand demand : demands) {
            shared.submit(demand, demand.to());
            for (String to : demand.to()) {
                single.walk(demand, demand.from(), List.of(to));
            }
        }
        return shared.result(single);
    }

    private static final class Count {
        private final RoutingTable routes;
        private final Reachability now;
        private final TreeMap<String, long[]> links = Names.map();
        private final TreeMap<String, long[]> sites = Names.map();
        private final TreeMap<String, Long> held = Names.map();
        private long transfers;
        private long bytes;
        private long unreachable;
        private long refused;

        Count(RoutingTable routes, Reachability now) {
            this.routes = routes;
            this.now = now;
        }

        void submit(Demand demand, List<String> to) {
            add(sites, demand.from(), demand);
            walk(demand, demand.from(), to);
        }

        /** Hands the message on from a site, and follows each copy. */
        void walk(Demand demand, String here, List<String> to) {
            List<SitePath> paths = new ArrayList<>();
            for (String target : to) {
                Optional<SitePath> path = now.learned(routes, here, target).path(here, target);
                if (path.isEmpty()) {
                    unreachable += demand.messages();
                } else if (isTooBig(path.get(), demand.size())) {
                    refused += demand.messages();
                } else if (path.get().hops() > 0) {
                    paths.add(path.get());
                }
            }
            copies(here, paths, demand).forEach((next, targets) -> {
                transfer(demand, here, next);
                walk(demand, next, targets);
            });
        }

        private boolean isTooBig(SitePath path, long size) {
            return size > routes.topology().settings().limits().maxMessageSize()
                    || routes.linkTooSmall(path, size).isPresent();
        }

        /** Next stop to destinations, each stop one copy; those for which nobody answers are held. */
        private Map<String, List<String>> copies(String here, List<SitePath> paths, Demand demand) {
            Map<String, List<String>> copies = new LinkedHashMap<>();
            forks(paths).forEach((path, fork) -> {
                Optional<String> next = fork.filter(site -> takes(here, site))
                        .or(() -> DeliveryPlan.of(path, table(path)).candidates().stream()
                                .filter(site -> takes(here, site))
                                .findFirst());
                if (next.isPresent()) {
                    copies.computeIfAbsent(next.get(), site -> new ArrayList<>())
                            .add(path.destination());
                } else {
                    held.merge(here, demand.messages(), Long::sum);
                }
            });
            return copies;
        }

        private RoutingTable table(SitePath path) {
            return now.learned(routes, path.source(), path.destination());
        }

        private boolean takes(String from, String to) {
            return now.transferWorks(now.learned(routes, from, to), from, to) && now.hubAnswers(routes, to);
        }

        /** The site to split at, under direct relay, for those paths that share a way. */
        private Map<SitePath, Optional<String>> forks(List<SitePath> paths) {
            Map<SitePath, DeliveryPlan> plans = new LinkedHashMap<>();
            paths.forEach(path -> plans.put(path, DeliveryPlan.of(path, table(path))));
            boolean direct = routes.topology().settings().routing().relay() == Relay.DIRECT;
            SortedMap<String, String> forks = direct
                    ? ForkSites.of(plans.values().stream()
                            .filter(plan -> !plan.candidates().isEmpty())
                            .toList())
                    : Names.map();
            Map<SitePath, Optional<String>> byPath = new LinkedHashMap<>();
            plans.forEach((path, plan) ->
                    byPath.put(path, plan.candidates().stream().findFirst().map(forks::get)));
            return byPath;
        }

        private void transfer(Demand demand, String from, String to) {
            transfers += demand.messages();
            for (String link :
                    now.learned(routes, from, to).path(from, to).orElseThrow().links()) {
                bytes += demand.messages() * demand.size();
                add(links, link, demand);
            }
            add(sites, to, demand);
        }

        private static void add(TreeMap<String, long[]> sums, String name, Demand demand) {
            long[] sum = sums.computeIfAbsent(name, its -> new long[2]);
            sum[0] += demand.messages();
            sum[1] += demand.messages() * demand.size();
        }

        TrafficLoad result(Count single) {
            long[] none = new long[2];
            TreeMap<String, LinkLoad> byLink = Names.map();
            for (String link : routes.topology().links().keySet()) {
                long[] load = links.getOrDefault(link, none);
                byLink.put(link, new LinkLoad(load[0], load[1], single.links.getOrDefault(link, none)[1]));
            }
            TreeMap<String, HubLoad> byHub = Names.map();
            for (String site : routes.topology().sites().keySet()) {
                long[] load = sites.getOrDefault(site, none);
                List<String> hubs =
                        routes.hubsOf(site).stream().filter(now::serverUp).toList();
                for (int i = 0; i < hubs.size(); i++) {
                    byHub.put(
                            hubs.get(i),
                            new HubLoad(site, part(load[0], hubs.size(), i), part(load[1], hubs.size(), i)));
                }
            }
            return new TrafficLoad(byLink, byHub, transfers, bytes, single.bytes, held, unreachable, refused);
        }

        /** The share of one of {@code of}, the first ones taking what is left over. */
        private static long part(long sum, int of, int at) {
            return sum / of + (at < sum % of ? 1 : 0);
        }
    }
}
