package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.routing.Itinerary;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.routing.Stop;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.Topology;

/**
 * Holds routes against a {@link Policy}. A pair with an end in a failed site is left out (DECISIONS 2.5). One thread.
 */
public final class PolicyCheck {
    private final RoutingTable routes;
    private final Topology topology;

    /**
     * What became of a statement.
     *
     * @param statement which
     * @param pairs looked at
     * @param broken pairs that break it
     * @param example how the first of them breaks it; empty = the statement holds
     */
    public record Verdict(Policy.Statement statement, long pairs, long broken, Optional<String> example) {
        /** Whether the statement is true. */
        public boolean holds() {
            return broken == 0;
        }
    }

    /** A check against the routes of a topology. */
    public PolicyCheck(RoutingTable routes) {
        this.routes = routes;
        this.topology = routes.topology();
    }

    /** Goes through all pairs that a statement is about. */
    public Verdict check(Policy.Statement statement) {
        long pairs = 0;
        long broken = 0;
        Optional<String> example = Optional.empty();
        for (String from : sites(statement.claim().pair().from())) {
            for (String to : sites(statement.claim().pair().to())) {
                if (!Names.same(from, to)) {
                    pairs++;
                    Optional<String> breach = breach(statement.claim(), from, to);
                    broken += breach.isPresent() ? 1 : 0;
                    example = example.or(() -> breach);
                }
            }
        }
        return new Verdict(statement, pairs, broken, example);
    }

    private List<String> sites(Optional<String> one) {
        return one.map(List::of)
                .orElseGet(
                        () -> topology.sites().values().stream().map(Site::name).toList());
    }

    private Optional<String> breach(Policy.Claim claim, String from, String to) {
        if (claim instanceof Policy.Survives survives) {
            return survives(survives, from, to);
        }
        Optional<SitePath> path = routes.path(from, to);
        if (path.isEmpty()) {
            return claim instanceof Policy.NeverTouches
                    ? Optional.empty()
                    : Optional.of("no site link leads from " + from + " to " + to);
        }
        String way = String.join(" > ", path.get().sites());
        if (claim instanceof Policy.NeverTouches never) {
            return touches(path.get(), never.part()) ? Optional.of(way + " touches " + never.part()) : Optional.empty();
        }
        if (claim instanceof Policy.Passes passes) {
            return touches(path.get(), passes.part())
                    ? Optional.empty()
                    : Optional.of(way + " does not pass " + passes.part());
        }
        Policy.Within within = (Policy.Within) claim;
        long is = within.hops() ? path.get().hops() : path.get().cost();
        return is <= within.most()
                ? Optional.empty()
                : Optional.of(way + (within.hops() ? " has " + is + " hops" : " costs " + is));
    }

    private boolean touches(SitePath path, Item part) {
        return switch (part.kind()) {
            case Item.LINK -> contains(path.links(), part.name());
            case Item.SITE -> contains(path.sites(), part.name());
            default ->
                topology.server(part.name())
                        .flatMap(Server::site)
                        .filter(site -> stops(path).contains(site))
                        .isPresent();
        };
    }

    /** Sites that may hand the mail to one of their hubs. */
    private NavigableSet<String> stops(SitePath path) {
        NavigableSet<String> sites = Names.set();
        Itinerary.of(routes, Reachability.of(topology, List.of()), path.source(), path.destination()).stream()
                .flatMap(way -> way.stops().stream())
                .filter(stop -> stop.skippedBecause().isEmpty())
                .map(Stop::site)
                .forEach(sites::add);
        return sites;
    }

    private static boolean contains(List<String> names, String name) {
        return names.stream().anyMatch(its -> Names.same(its, name));
    }

    private Optional<String> survives(Policy.Survives claim, String from, String to) {
        Optional<String> whole = broken(claim, from, to, List.of());
        if (whole.isPresent() || claim.failures() == 0) {
            return whole;
        }
        List<String> first = concerned(claim.kinds(), from, to, List.of());
        for (String one : first) {
            Optional<String> breach = broken(claim, from, to, List.of(one));
            if (breach.isPresent()) {
                return breach;
            }
        }
        return claim.failures() == 1 ? Optional.empty() : survivesTwo(claim, from, to, first);
    }

    /** After the first failure only what the new way uses can hurt. */
    private Optional<String> survivesTwo(Policy.Survives claim, String from, String to, List<String> first) {
        for (String one : first) {
            for (String two : concerned(claim.kinds(), from, to, List.of(one))) {
                Optional<String> breach = broken(claim, from, to, List.of(one, two));
                if (breach.isPresent()) {
                    return breach;
                }
            }
        }
        return Optional.empty();
    }

    /** The parts of the way taken while {@code down} is: no other failure can change anything for this pair. */
    private List<String> concerned(List<String> kinds, String from, String to, List<String> down) {
        List<String> parts = new ArrayList<>();
        routes.without(down).path(from, to).ifPresent(path -> {
            if (kinds.contains(Item.LINK)) {
                path.links().forEach(link -> parts.add(Item.LINK + ":" + link));
            }
            for (String site : path.sites()) {
                boolean end = Names.same(site, from) || Names.same(site, to);
                if (kinds.contains(Item.SITE) && !end) {
                    parts.add(Item.SITE + ":" + site);
                }
                if (kinds.contains(Item.SERVER)) {
                    topology.serversOf(site, Role.HUB_TRANSPORT)
                            .forEach(hub -> parts.add(Item.SERVER + ":" + hub.name()));
                }
            }
        });
        parts.removeAll(down);
        return parts;
    }

    private Optional<String> broken(Policy.Survives claim, String from, String to, List<String> down) {
        String when = down.isEmpty()
                ? ""
                : " while " + String.join(" and ", down) + (down.size() == 1 ? " is" : " are") + " down";
        Reachability now = Reachability.of(topology, down);
        if (claim.arrives()) {
            for (String end : List.of(from, to)) {
                if (routes.strandsMailboxes(end)) {
                    return Optional.of(end + " has mailboxes and no hub transport server");
                }
            }
            Optional<Itinerary> way = Itinerary.of(routes, now, from, to);
            if (way.isEmpty()) {
                return Optional.of("no site link leads from " + from + " to " + to);
            }
            String why = way.get().reason().orElse("");
            String cause = down.size() == 1 && why.startsWith(down.get(0)) ? ": " + why : when + ": " + why;
            return way.get().heldAt().map(site -> from + " to " + to + " is held at " + site + cause);
        }
        boolean joined = routes.without(down).path(from, to).isPresent() && answers(now, from) && answers(now, to);
        return joined ? Optional.empty() : Optional.of(from + " and " + to + " are cut off from each other" + when);
    }

    private boolean answers(Reachability now, String site) {
        return routes.hubsOf(site).isEmpty() || now.hubAnswers(routes, site);
    }
}
