package org.bridgehead.whatif.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.routing.ConnectorDecision;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.core.routing.DeliveryPlan;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.Reasons;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.Server;

/**
 * Why a copy goes where it goes: the path or connector with its losers, the sites passed over, the server among its
 * peers. All of it is asked of the routing core, as it was at that moment.
 */
final class Grounds {
    private final Circumstances circumstances;
    private final Courses courses;

    Grounds(TracePlan plan) {
        this.circumstances = new Circumstances(plan);
        this.courses = new Courses(plan, circumstances);
    }

    /** What the server of an event decided about one of its recipients. */
    Optional<Course> course(TrackingEvent event, EmailAddress recipient) {
        return courses.of(event.time(), event.server(), recipient);
    }

    /** Recipients of an event by what they are on their way to, in order of their first. */
    Map<String, List<EmailAddress>> byDestination(TrackingEvent event) {
        Map<String, List<EmailAddress>> groups = new LinkedHashMap<>();
        for (EmailAddress recipient : event.recipients()) {
            String key = course(event, recipient).map(Course::destination).orElse("");
            groups.computeIfAbsent(key, its -> new ArrayList<>()).add(recipient);
        }
        return groups;
    }

    /** Why this way, in sentences; the losers as last ones. */
    List<String> why(Course course) {
        List<String> lines = new ArrayList<>();
        course.connector().ifPresent(its -> {
            lines.add(Words.clause(Reasons.of(its, its.chosen())) + losers(its));
        });
        course.path().ifPresent(its -> {
            lines.add(way(its.chosen()) + ": "
                    + Words.clause(Reasons.of(its, course.connector().isPresent())) + losers(its));
        });
        return lines;
    }

    static String way(SitePath path) {
        return String.join(" > ", path.sites()) + " (" + Words.count(path.hops(), "hop", "hops") + ", cost "
                + path.cost() + ")";
    }

    private static String losers(Decision decision) {
        return decision.rejected().isEmpty()
                ? ""
                : "; lost: "
                        + Words.some(
                                decision.rejected().stream()
                                        .map(lost ->
                                                String.join(" > ", lost.path().sites()) + " by "
                                                        + lost.lostBy().keyword())
                                        .toList(),
                                3);
    }

    private static String losers(ConnectorDecision decision) {
        return decision.alternatives().isEmpty()
                ? ""
                : "; lost: "
                        + Words.some(
                                decision.alternatives().stream()
                                        .map(lost -> lost.name() + " by "
                                                + lost.lostBy().keyword() + " (" + lost.because() + ")")
                                        .toList(),
                                3);
    }

    /** Why the next server is that one: sites passed over or run ahead to, then its turn among its peers. */
    List<String> whyThere(TrackingEvent sent, Course course) {
        RoutingTable routes = circumstances.routes(sent.time());
        Optional<Server> next = sent.nextHop().flatMap(routes.topology()::server);
        List<String> lines = new ArrayList<>();
        if (next.isEmpty()) {
            return lines;
        }
        Optional<String> there = next.get().site().or(next.get()::subscribedSite);
        if (course.hop() instanceof NextHop.Sites sites && there.isPresent()) {
            stops(sent.time(), routes, course, there.get(), lines);
            lines.add(turn(sent.time(), next.get().name(), routes.hubsOf(there.get())));
            return lines;
        }
        if (course.hop() instanceof NextHop.Servers servers) {
            lines.add(turn(sent.time(), next.get().name(), servers.servers()));
        }
        return lines;
    }

    private void stops(Instant at, RoutingTable routes, Course course, String there, List<String> lines) {
        Optional<SitePath> path = course.path().map(Decision::chosen);
        if (path.isEmpty()) {
            return;
        }
        DeliveryPlan plan = DeliveryPlan.of(path.get(), routes);
        boolean direct = routes.topology().settings().routing().relay() == Relay.DIRECT;
        List<String> tried = before(plan.candidates(), there);
        List<String> refusals = tried.stream()
                .flatMap(site -> refusal(at, routes, course.home(), site).stream())
                .toList();
        if (!tried.isEmpty() && refusals.size() < tried.size() && direct) {
            lines.add("one copy goes as far as " + there + ", where the ways of its recipients part");
        } else if (!refusals.isEmpty()) {
            lines.add((direct ? "back along the path to " + there + ": " : "passed over: ")
                    + String.join(", ", refusals));
        } else if (direct && path.get().hops() > 1) {
            boolean end = Names.same(there, path.get().destination());
            lines.add(
                    end
                            ? "direct relay: the sites between do not touch it"
                            : there + " is a hub site: mail must stop there");
        }
        plan.stops().stream()
                .filter(stop ->
                        !direct && stop.skippedBecause().isPresent() && isBefore(path.get(), stop.site(), there))
                .forEach(stop -> lines.add(stop.site() + " is passed over: "
                        + stop.skippedBecause().get()));
    }

    private static boolean isBefore(SitePath path, String site, String there) {
        return path.sites().indexOf(site) < path.sites().indexOf(there);
    }

    private static List<String> before(List<String> candidates, String there) {
        int at = 0;
        while (at < candidates.size() && !Names.same(candidates.get(at), there)) {
            at++;
        }
        return at == candidates.size() ? List.of() : candidates.subList(0, at);
    }

    /** Why no hub of a site could be reached; empty = one could. */
    Optional<String> refusal(Instant at, RoutingTable routes, String from, String site) {
        Reachability now = circumstances.now(at);
        Optional<String> lost = routes.path(from, site).flatMap(now::obstacle);
        if (lost.isPresent()) {
            return lost.map(item -> site + " (" + item + " is down)");
        }
        return now.hubAnswers(routes, site)
                ? Optional.empty()
                : Optional.of(site + " (no answer from " + String.join(", ", routes.hubsOf(site)) + ")");
    }

    private String turn(Instant at, String server, List<String> peers) {
        Reachability now = circumstances.now(at);
        List<String> silent = peers.stream().filter(peer -> !now.serverUp(peer)).toList();
        String others = String.join(", ", peers);
        if (peers.size() == 1) {
            return server + " is the only one there";
        }
        return server
                + (silent.isEmpty() ? " has its turn among " + others : " answers among " + others)
                + (silent.isEmpty()
                        ? ""
                        : "; " + String.join(", ", silent) + (silent.size() == 1 ? " is" : " are") + " down");
    }

    Circumstances circumstances() {
        return circumstances;
    }
}
