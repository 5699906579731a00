package org.bridgehead.whatif.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
        return courses.of(event.time(), event.server(), recipient, event.bytes());
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

    /** Why this way: parts of a sentence, the losers last. */
    List<String> why(Course course) {
        List<String> parts = new ArrayList<>();
        course.connector().ifPresent(its -> {
            parts.add("by connector " + its.chosen() + ", "
                    + (its.alternatives().isEmpty()
                            ? "the only one for such addresses"
                            : "decided by " + its.decidedBy().keyword()));
            losers(its).ifPresent(parts::add);
        });
        course.path().ifPresent(its -> {
            parts.add("by " + way(its.chosen()));
            parts.add(small(Words.clause(Reasons.of(its, course.connector().isPresent()))));
            losers(its).ifPresent(parts::add);
        });
        return parts;
    }

    private static String small(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }

    static String way(SitePath path) {
        return String.join(" > ", path.sites()) + " (" + Words.count(path.hops(), "hop", "hops") + ", cost "
                + path.cost() + ")";
    }

    private static Optional<String> losers(Decision decision) {
        return lost(decision.rejected().stream()
                .map(its -> String.join(" > ", its.path().sites()) + " by "
                        + its.lostBy().keyword())
                .toList());
    }

    private static Optional<String> losers(ConnectorDecision decision) {
        return lost(decision.alternatives().stream()
                .map(its -> its.name() + " by " + its.lostBy().keyword() + " (" + its.because() + ")")
                .toList());
    }

    private static Optional<String> lost(List<String> losers) {
        return losers.isEmpty() ? Optional.empty() : Optional.of("lost: " + Words.some(losers, 3));
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
        String hubs = String.join(", ", routes.hubsOf(site));
        Optional<String> lost = routes.path(from, site).flatMap(now::obstacle);
        if (lost.isPresent()) {
            return lost.map(item -> site + " (" + hubs + ": " + item + " is down)");
        }
        return now.hubAnswers(routes, site) ? Optional.empty() : Optional.of(site + " (" + hubs + ": no answer)");
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
