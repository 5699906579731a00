package org.bridgehead.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/** Finds the lines of all links: from rim to rim, parallel ones apart. */
final class Courses {
    private static final double APART = 30;
    private static final double BUS = 7;
    /** Bulges to try where a straight line would cross a site, in pixels. */
    private static final double[] DETOURS = {30, -30, 60, -60, 100, -100, 150, -150, 210, -210};

    private static final int STEPS = 40;
    private static final double NEAR = 3;
    private final Topology topology;
    private final Layout layout;
    private final List<Place> places;
    private final SortedMap<String, List<SiteLink>> parallels = new TreeMap<>();

    Courses(Topology topology, Layout layout) {
        this.topology = topology;
        this.layout = layout;
        this.places = topology.sites().keySet().stream()
                .map(site -> new Place(site, layout.at(site), layout.box(site)))
                .toList();
        topology.links().values().stream()
                .filter(link -> !Layout.hasBus(link))
                .forEach(link -> parallels
                        .computeIfAbsent(pair(link), any -> new ArrayList<>())
                        .add(link));
    }

    private String pair(SiteLink link) {
        return members(link).stream().sorted().toList().toString();
    }

    /** The sites of a link as the topology writes them, each once. */
    private List<String> members(SiteLink link) {
        return link.sites().stream()
                .flatMap(name -> topology.site(name).stream())
                .map(Site::name)
                .distinct()
                .toList();
    }

    /** The pieces of a link: one, or a leg for each of its sites. */
    List<Piece> of(SiteLink link) {
        List<String> sites = members(link);
        if (Layout.hasBus(link)) {
            return sites.stream().map(site -> leg(link, site)).toList();
        }
        if (sites.size() < 2) {
            return List.of();
        }
        String from = sites.get(0);
        String to = sites.get(1);
        return List.of(new Piece(link.name(), from, Optional.of(to), clear(from, to, bulge(link, from, to))));
    }

    /** The least bent line, beginning with a bulge, that crosses no foreign site; else that which crosses fewest. */
    private Course clear(String from, String to, double bulge) {
        Course best = between(from, to, bulge);
        int least = crossed(best, from, to);
        for (int i = 0; i < DETOURS.length && least > 0; i++) {
            Course other = between(from, to, bulge + DETOURS[i]);
            int hits = crossed(other, from, to);
            if (hits < least) {
                best = other;
                least = hits;
            }
        }
        return best;
    }

    private int crossed(Course course, String from, String to) {
        int hits = 0;
        for (Place place : places) {
            if (place.isNear(course) && !place.site.equals(from) && !place.site.equals(to) && crosses(course, place)) {
                hits++;
            }
        }
        return hits;
    }

    /** A site that lines should not cross. */
    private record Place(String site, Point middle, SiteBox box) {
        boolean isNear(Course course) {
            return course.mayTouch(middle, box.halfWidth() + NEAR, box.halfHeight() + box.roof() + NEAR);
        }
    }

    private static boolean crosses(Course course, Place place) {
        Point middle = place.middle;
        SiteBox box = place.box;
        for (int step = 0; step <= STEPS; step++) {
            Point point = course.at((double) step / STEPS);
            double below = point.y() - middle.y();
            if (Math.abs(point.x() - middle.x()) < box.halfWidth() + NEAR
                    && below < box.halfHeight() + NEAR
                    && below > -box.halfHeight() - box.roof() - NEAR) {
                return true;
            }
        }
        return false;
    }

    private double bulge(SiteLink link, String from, String to) {
        List<SiteLink> all = parallels.getOrDefault(pair(link), List.of(link));
        double side = from.compareTo(to) < 0 ? 1 : -1;
        return (all.indexOf(link) - (all.size() - 1) / 2.0) * APART * 2 * side;
    }

    private Piece leg(SiteLink link, String site) {
        Point bus = layout.bus(link.name());
        Point middle = layout.at(site);
        Point start = rim(site, bus);
        double distance = Math.max(start.distance(bus), 1e-9);
        Point end = bus.towards(start, Math.min(1, BUS / distance));
        return new Piece(link.name(), site, Optional.empty(), new Course(start, middle.towards(bus, 0.5), end));
    }

    private Course between(String from, String to, double bulge) {
        Point a = layout.at(from);
        Point b = layout.at(to);
        double distance = Math.max(a.distance(b), 1e-9);
        Point pull = new Point(
                (a.x() + b.x()) / 2 - (b.y() - a.y()) / distance * bulge,
                (a.y() + b.y()) / 2 + (b.x() - a.x()) / distance * bulge);
        return new Course(rim(from, pull), pull, rim(to, pull));
    }

    /** Where the line from the middle of a site towards a point leaves its box. */
    private Point rim(String site, Point towards) {
        Point middle = layout.at(site);
        SiteBox box = layout.box(site);
        double dx = Math.abs(towards.x() - middle.x());
        double dy = Math.abs(towards.y() - middle.y());
        double share =
                Math.min(dx < 1e-9 ? 1 : box.halfWidth() / dx, Math.min(1, dy < 1e-9 ? 1 : box.halfHeight() / dy));
        return middle.towards(towards, share);
    }
}
