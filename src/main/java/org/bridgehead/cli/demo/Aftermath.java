package org.bridgehead.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Fault.Action;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/** What the faults of a scene did to its letters, read from the log of the world. */
final class Aftermath {
    private final RoutingTable routes;
    private final Topology topology;
    private final Performance performance;
    private final Account account;
    private final List<TrackingEvent> log;

    Aftermath(RoutingTable routes, Performance performance, Account account, List<TrackingEvent> log) {
        this.routes = routes;
        this.topology = routes.topology();
        this.performance = performance;
        this.account = account;
        this.log = log;
    }

    /** What was down at some time. */
    List<Item> lost() {
        return performance.moments().stream()
                .map(Performance.Moment::fault)
                .filter(fault -> fault.action() == Action.KILL || fault.action() == Action.CUT)
                .map(Fault::item)
                .filter(item -> !item.kind().equals(Item.NODE))
                .toList();
    }

    /** Copies that crossed each hop, those passed over included, until the first link or site worked again. */
    TreeMap<String, Integer> crossed() {
        int end = performance.moments().stream()
                .filter(moment -> moment.fault().action() == Action.MEND)
                .mapToInt(Performance.Moment::events)
                .findFirst()
                .orElse(log.size());
        TreeSet<TransportId> ours = new TreeSet<>();
        account.events().forEach(event -> ours.add(event.transportId()));
        TreeMap<String, Integer> crossed = new TreeMap<>();
        log.subList(performance.since(), end).stream()
                .filter(event -> event.event() == Kind.SEND && ours.contains(event.transportId()))
                .flatMap(event -> path(event).stream())
                .forEach(path -> count(path.sites(), crossed));
        return crossed;
    }

    private Optional<SitePath> path(TrackingEvent sent) {
        Optional<String> to = sent.nextHop().flatMap(topology::server).flatMap(Server::site);
        return sent.site().flatMap(from -> to.flatMap(there -> routes.path(from, there)));
    }

    private static void count(List<String> sites, TreeMap<String, Integer> crossed) {
        for (int i = 1; i < sites.size(); i++) {
            crossed.merge(sites.get(i - 1) + " > " + sites.get(i), 1, Integer::sum);
        }
    }

    /** A line per server that died. */
    List<String> stories(int lost) {
        List<String> stories = new ArrayList<>();
        for (Performance.Moment moment : performance.moments()) {
            if (moment.fault().action() == Action.KILL
                    && moment.fault().item().kind().equals(Item.SERVER)) {
                stories.add("             " + Narrator.pad("kill") + story(moment) + "; lost " + lost);
            }
        }
        return stories;
    }

    private String story(Performance.Moment death) {
        String dead = death.fault().item().name();
        Optional<Integer> birth = performance.moments().stream()
                .filter(moment -> moment.events() >= death.events()
                        && moment.fault().action() == Action.START
                        && Names.same(moment.fault().item().name(), dead))
                .map(Performance.Moment::events)
                .findFirst();
        int reborn = birth.orElse(log.size());
        TreeMap<String, Integer> heirs = heirs(dead, death.events(), reborn);
        long late = log.subList(reborn, log.size()).stream()
                .filter(event -> Names.same(event.server(), dead)
                        && (event.event() == Kind.SEND || event.event() == Kind.DELIVER))
                .count();
        StringBuilder story = new StringBuilder(dead + " died after " + death.taken() + " messages; ");
        heirs.forEach((server, count) ->
                story.append(server).append(" took ").append(count).append(" in its place"));
        story.append(heirs.isEmpty() ? "nobody was there to take over" : "");
        if (birth.isPresent()) {
            story.append(
                    late == 0
                            ? "; started again, it had nothing left"
                            : "; started again, it sent on " + late + " that it had died with");
        }
        return story.toString();
    }

    /** Messages that other hubs of a server's site took meanwhile. */
    private TreeMap<String, Integer> heirs(String dead, int from, int to) {
        TreeMap<String, Integer> heirs = Names.map();
        for (TrackingEvent event : log.subList(from, to)) {
            boolean neighbour = event.site().isPresent()
                    && event.site().equals(topology.server(dead).flatMap(Server::site));
            if (event.event() == Kind.RECEIVE && neighbour && !Names.same(event.server(), dead)) {
                heirs.merge(event.server(), 1, Integer::sum);
            }
        }
        return heirs;
    }
}
