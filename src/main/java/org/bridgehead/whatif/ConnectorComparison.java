package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.bridgehead.core.routing.Itinerary;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy.OnFailure;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.ConnectorChange.Moved;
import org.bridgehead.whatif.ConnectorChange.Status;
import org.bridgehead.whatif.ConnectorChange.Waiting;
import org.jspecify.annotations.Nullable;

/**
 * The connectors before and after: for each site that can send and each address space the connector chosen then and
 * now, and whether mail gets to it.
 */
final class ConnectorComparison {
    private final Exits was;
    private final Exits is;
    private final DownParts down;
    private final HeldMail heldMail;
    private final NavigableSet<String> silent;
    private final boolean reroute;
    private final NavigableMap<String, NavigableMap<String, String>> waiting = Names.map();
    private final NavigableMap<String, List<Moved>> moved = Names.map();

    /** Mail of one address space that changes hands. */
    private record Hands(Optional<String> from, Optional<String> to) {}

    /** With what the same failed parts do to mail between sites. */
    ConnectorComparison(Exits was, Exits is, DownParts down, HeldMail heldMail) {
        this.heldMail = heldMail;
        this.was = was;
        this.is = is;
        this.down = down;
        this.silent = down.silentSites(is.routes());
        this.reroute = topology().settings().routing().onFailure() == OnFailure.REROUTE
                && !down.avoidable().isEmpty();
    }

    private Topology topology() {
        return is.routes().topology();
    }

    /** Those with anything to tell, in name order. */
    List<ConnectorChange> changes() {
        if (was == is && down.none()) {
            return List.of();
        }
        NavigableSet<String> spaces = new TreeSet<>(Exits.spaces(topology()));
        spaces.addAll(Exits.spaces(was.routes().topology()));
        spaces.forEach(this::compareSpace);
        NavigableSet<String> names = Names.set();
        names.addAll(was.routes().topology().sendConnectors().keySet());
        names.addAll(topology().sendConnectors().keySet());
        return names.stream().flatMap(name -> change(name).stream()).toList();
    }

    private void compareSpace(String space) {
        List<Hands> hands = new ArrayList<>();
        List<List<String>> sites = new ArrayList<>();
        for (String site : is.sites()) {
            if (!was.sites().contains(site) || !down.now().hubAnswers(is.routes(), site)) {
                continue;
            }
            Optional<Exits.Exit> before = was.exit(site, space);
            Optional<Exits.Exit> after = reroute ? is.exitAvoiding(site, space, down) : is.exit(site, space);
            Hands change = new Hands(before.map(Exits.Exit::connector), after.map(Exits.Exit::connector));
            if (!same(change)) {
                if (!hands.contains(change)) {
                    hands.add(change);
                    sites.add(new ArrayList<>());
                }
                sites.get(hands.indexOf(change)).add(site);
            }
            boolean nowhere = before.filter(exit -> exit.site().isEmpty()).isPresent();
            after.filter(exit -> exit.site().isPresent() || !nowhere)
                    .flatMap(exit -> heldAt(site, exit))
                    .ifPresent(place -> waiting.computeIfAbsent(after.get().connector(), name -> Names.map())
                            .put(site, place));
        }
        for (int at = 0; at < hands.size(); at++) {
            Moved mail = new Moved(space, hands.get(at).from(), hands.get(at).to(), sites.get(at));
            moved.computeIfAbsent(mail.from().or(mail::to).orElseThrow(), name -> new ArrayList<>())
                    .add(mail);
        }
    }

    private static boolean same(Hands hands) {
        return hands.from().isPresent() == hands.to().isPresent()
                && hands.from()
                        .map(name -> Names.same(name, hands.to().orElse("")))
                        .orElse(true);
    }

    /** Where mail for the exit waits; empty = it gets out. */
    private Optional<String> heldAt(String site, Exits.Exit exit) {
        if (exit.site().isEmpty()) {
            return Optional.of(site);
        }
        String end = exit.site().get();
        Optional<String> onTheWay = Names.same(site, end) ? Optional.empty() : waitsOnTheWay(site, end);
        if (onTheWay.isPresent()) {
            return onTheWay;
        }
        boolean served = !down.connectorDown(exit.connector())
                && is.sources(exit).stream().anyMatch(down::serverUp);
        return served ? Optional.empty() : Optional.of(end);
    }

    private Optional<String> waitsOnTheWay(String from, String to) {
        Optional<SitePath> path = is.routes().path(from, to);
        if (down.none() || path.filter(this::untouched).isPresent()) {
            return Optional.empty();
        }
        return path.flatMap(heldMail::on)
                .map(fate -> fate.held().map(HeldMail.Held::place))
                .orElseGet(() -> Itinerary.of(is.routes(), down.now(), from, to).flatMap(Itinerary::heldAt));
    }

    /** Whether no failed part is on the way, and so nothing keeps mail from its end. */
    private boolean untouched(SitePath path) {
        return !down.crossedBy(path) && path.sites().stream().noneMatch(silent::contains);
    }

    private Optional<ConnectorChange> change(String name) {
        SendConnector old = was.routes().topology().sendConnectors().get(name);
        SendConnector now = topology().sendConnectors().get(name);
        List<Waiting> held = new ArrayList<>();
        waiting.getOrDefault(name, Names.map()).forEach((site, place) -> held.add(new Waiting(site, place)));
        List<Moved> mail = moved.getOrDefault(name, List.of());
        return status(old, now, held, mail)
                .map(status -> new ConnectorChange(
                        now == null ? Objects.requireNonNull(old).name() : now.name(),
                        status,
                        why(status, now, held, mail),
                        held,
                        mail));
    }

    private Optional<Status> status(
            @Nullable SendConnector old, @Nullable SendConnector now, List<Waiting> held, List<Moved> mail) {
        if (now == null) {
            return Optional.of(Status.REMOVED);
        }
        if (old == null) {
            return Optional.of(ConnectorChange.isDark(now, down) ? Status.DARK : Status.ADDED);
        }
        if (!now.enabled()) {
            return old.enabled() ? Optional.of(Status.DISABLED) : Optional.empty();
        }
        if (ConnectorChange.isDark(now, down)) {
            return Optional.of(Status.DARK);
        }
        if (!held.isEmpty()) {
            return Optional.of(Status.CUT_OFF);
        }
        if (!old.enabled()) {
            return Optional.of(Status.ENABLED);
        }
        return !mail.isEmpty()
                ? Optional.of(Status.MOVED)
                : old.equals(now) ? Optional.empty() : Optional.of(Status.CHANGED);
    }

    private String why(Status status, @Nullable SendConnector now, List<Waiting> held, List<Moved> mail) {
        return switch (status) {
            case REMOVED -> "it is not in the topology after";
            case DISABLED -> "its key enabled is false";
            case DARK -> darkness(Objects.requireNonNull(now));
            case CUT_OFF -> "mail of " + count(held.size()) + " does not get to it; another connector is not tried";
            case ADDED -> "it is not in the topology before";
            case ENABLED -> "its key enabled was false";
            case MOVED -> "other connectors are chosen: " + count(sites(mail));
            case CHANGED -> "its settings are others; the same mail goes out by it";
        };
    }

    private String darkness(SendConnector connector) {
        return down.connectorDown(connector.name())
                ? "connector:" + connector.name() + " is down; mail for it waits at its source servers"
                : "none of its source servers runs (" + String.join(", ", connector.sourceServers())
                        + "); another connector is not tried";
    }

    private static int sites(List<Moved> mail) {
        NavigableSet<String> sites = Names.set();
        mail.forEach(one -> sites.addAll(one.sites()));
        return sites.size();
    }

    private static String count(int sites) {
        return sites == 1 ? "1 site" : sites + " sites";
    }
}
