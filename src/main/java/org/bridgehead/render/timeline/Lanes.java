package org.bridgehead.render.timeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.trace.Trace;
import org.bridgehead.whatif.trace.Visit;

/** The lanes of a trace: the sender, then sites in the order in which they get the message, their servers in turn. */
final class Lanes {
    private final Topology topology;
    private final Map<String, Map<String, Lane>> groups = new LinkedHashMap<>();
    private final Map<String, Lane> byName = new LinkedHashMap<>();

    Lanes(Trace trace, List<Visit> visits) {
        this.topology = trace.topology();
        add(sender(trace), new Lane("sender", senderName(trace), "client"));
        server(trace.plan().mail().server());
        for (Visit visit : visits) {
            server(visit.server());
            visit.events().stream().filter(Lanes::movesOn).forEach(this::target);
        }
    }

    private static boolean movesOn(TrackingEvent event) {
        return event.event() == Kind.SEND || event.event() == Kind.DELIVER;
    }

    private void target(TrackingEvent event) {
        String name = event.nextHop().orElse("?");
        if (topology.server(name).isPresent()) {
            server(name);
        } else {
            add(name, new Lane("outside", name, "outside"));
        }
    }

    private void server(String name) {
        Optional<Server> server = topology.server(name);
        Optional<String> site = server.flatMap(Server::site);
        String group = site.orElseGet(() ->
                server.flatMap(Server::subscribedSite).map(at -> at + " edge").orElse("gone"));
        boolean store = server.filter(its -> its.is(Role.MAILBOX) && !its.is(Role.HUB_TRANSPORT))
                .isPresent();
        add(name, new Lane(group, name, store ? "store" : site.isPresent() ? "hub" : "edge"));
    }

    private void add(String name, Lane lane) {
        if (byName.putIfAbsent(key(name), lane) == null) {
            groups.computeIfAbsent(lane.group(), its -> new LinkedHashMap<>()).put(key(name), lane);
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String sender(Trace trace) {
        return "sender of " + senderName(trace);
    }

    private static String senderName(Trace trace) {
        return trace.plan().mail().sender().map(EmailAddress::toString).orElse("<>");
    }

    /** All lanes, those of a group together. */
    List<Lane> all() {
        List<Lane> all = new ArrayList<>();
        groups.values().forEach(group -> all.addAll(group.values()));
        return all;
    }

    /** The lane of a server or host. */
    Lane of(String name) {
        return Optional.ofNullable(byName.get(key(name))).orElseThrow();
    }
}
