package org.bridgehead.render;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.core.routing.Itinerary;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.routing.Stop;
import org.bridgehead.core.topology.Names;

/** Which parts of a picture are in which state. */
final class Marks {
    private final boolean interactive;
    private final NavigableSet<String> down = Names.set();
    private final Optional<MapRoute> route;
    private final Optional<SitePath> path;
    private final List<SitePath> losers;
    private final List<String> stops;

    /** {@code interactive}: a script will change the states, so everything is drawn and style sheets hide it. */
    Marks(MapMarks marks, boolean interactive) {
        this.interactive = interactive;
        down.addAll(marks.down());
        route = marks.route();
        Optional<Decision> decision = route.flatMap(MapRoute::decision);
        path = decision.map(Decision::chosen);
        losers = decision.map(Decision::rejected).orElse(List.of()).stream()
                .map(Decision.Rejected::path)
                .toList();
        stops = route.flatMap(MapRoute::itinerary).map(Itinerary::stops).orElse(List.of()).stream()
                .filter(stop -> stop.skippedBecause().isEmpty())
                .map(Stop::site)
                .toList();
    }

    /** Whether the sign of a state is drawn, given whether the state holds now. */
    boolean draws(boolean holds) {
        return interactive || holds;
    }

    /** Whether a part, as {@code kind:NAME}, has failed. */
    boolean isDown(String item) {
        return down.contains(item);
    }

    /** Whether the message waits in the site. */
    boolean isHeld(String site) {
        return route.flatMap(MapRoute::heldAt)
                .filter(held -> Names.same(held, site))
                .isPresent();
    }

    /** Whether the way leads through the site. */
    boolean isOnPath(String site) {
        return path.stream().flatMap(way -> way.sites().stream()).anyMatch(its -> Names.same(its, site));
    }

    /** The how manyth stop a site is, from 1; 0 = the message does not stop there. */
    int stop(String site) {
        for (int i = 0; i < stops.size(); i++) {
            if (Names.same(stops.get(i), site)) {
                return i + 1;
            }
        }
        return 0;
    }

    /** The classes of a piece: on the way and in which direction, or on which of the ways not taken. */
    List<String> states(Piece piece) {
        List<String> states = new ArrayList<>();
        path.ifPresent(way -> states.addAll(onPath(piece, way)));
        if (states.isEmpty()) {
            List<Integer> ways = losers(piece);
            if (!ways.isEmpty()) {
                states.add("alt");
                states.add("alt" + ways.get(0));
            }
        }
        return states;
    }

    private List<String> onPath(Piece piece, SitePath way) {
        int at = crossing(piece, way);
        if (at < 0) {
            return List.of();
        }
        boolean forward = Names.same(way.sites().get(at), piece.from());
        List<String> states = new ArrayList<>(List.of("path", forward ? "forward" : "backward"));
        if (at >= travelled(way)) {
            states.add("ahead");
        }
        return states;
    }

    /** How many links the message crosses before it waits. */
    private int travelled(SitePath way) {
        Optional<String> held = route.flatMap(MapRoute::heldAt);
        for (int i = 0; i < way.hops() && held.isPresent(); i++) {
            if (Names.same(way.sites().get(i), held.get())) {
                return i;
            }
        }
        return way.hops();
    }

    /** The letters of the ways not taken that lead over a link where the chosen one does not, each after a blank. */
    String ways(List<Piece> pieces) {
        return pieces.stream()
                .filter(piece -> !states(piece).contains("path"))
                .flatMap(piece -> losers(piece).stream())
                .distinct()
                .sorted()
                .map(way -> " " + letter(way))
                .collect(Collectors.joining());
    }

    /** The letter of a way not taken, from 1. */
    static String letter(int way) {
        return String.valueOf((char) ('A' + way - 1));
    }

    /** The ways not taken that lead over a piece, from 1. */
    List<Integer> losers(Piece piece) {
        List<Integer> ways = new ArrayList<>();
        for (int i = 0; i < losers.size(); i++) {
            if (crossing(piece, losers.get(i)) >= 0) {
                ways.add(i + 1);
            }
        }
        return ways;
    }

    /** Which hop of a way crosses a piece; negative = none. */
    private static int crossing(Piece piece, SitePath way) {
        for (int hop = 0; hop < way.hops(); hop++) {
            String from = way.sites().get(hop);
            String to = way.sites().get(hop + 1);
            boolean begins = Names.same(piece.from(), from)
                    && piece.to().map(its -> Names.same(its, to)).orElse(true);
            boolean ends = Names.same(piece.from(), to)
                    && piece.to().map(its -> Names.same(its, from)).orElse(true);
            if (Names.same(way.links().get(hop), piece.link()) && (begins || ends)) {
                return hop;
            }
        }
        return -1;
    }
}
