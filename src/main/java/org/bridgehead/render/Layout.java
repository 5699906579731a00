package org.bridgehead.render;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.render.layout.Arrangement;
import org.bridgehead.render.layout.Spots;

/**
 * Where the sites of a topology lie on paper, in pixels from the upper left corner. Immutable; the same topology gives the
 * same numbers on every JVM.
 *
 * <p>A link of more than two sites has a place of its own, its bus, from which a leg leads to each of them.
 */
public final class Layout {
    private final Detail detail;
    private final NavigableMap<String, Point> sites = Names.map();
    private final NavigableMap<String, Point> buses = Names.map();
    private final NavigableMap<String, SiteBox> boxes = Names.map();
    private final double width;
    private final double height;

    private Layout(Topology topology) {
        detail = Detail.of(topology.sites().size());
        topology.sites().keySet().forEach(site -> boxes.put(site, SiteBox.of(topology, site, detail)));
        NetBuilder builder = new NetBuilder(topology, this);
        Arrangement arrangement = Arrangement.of(builder.net(), builder.known());
        Spots spots = arrangement.spots();
        List<String> names = new ArrayList<>(topology.sites().keySet());
        for (int i = 0; i < names.size(); i++) {
            sites.put(names.get(i), new Point(spots.x(i), spots.y(i)));
        }
        List<String> many = builder.buses();
        for (int i = 0; i < many.size(); i++) {
            buses.put(many.get(i), new Point(spots.x(names.size() + i), spots.y(names.size() + i)));
        }
        width = arrangement.width();
        height = arrangement.height();
    }

    /** Arranges the sites of a topology. */
    public static Layout of(Topology topology) {
        return new Layout(topology);
    }

    /**
     * The middle of a site's box.
     *
     * @throws IllegalArgumentException when there is no such site
     */
    public Point at(String site) {
        return find(sites, site);
    }

    /**
     * The bus of a link of more than two sites.
     *
     * @throws IllegalArgumentException when there is no such link, or it has two sites
     */
    public Point bus(String link) {
        return find(buses, link);
    }

    /** How wide the paper is, margins included. */
    public double width() {
        return width;
    }

    /** How high the paper is, margins included. */
    public double height() {
        return height;
    }

    Detail detail() {
        return detail;
    }

    SiteBox box(String site) {
        return find(boxes, site);
    }

    /** Whether a link has a bus. */
    static boolean hasBus(SiteLink link) {
        return link.sites().size() > 2;
    }

    private static <V> V find(NavigableMap<String, V> map, String name) {
        V found = map.get(name);
        if (found == null) {
            throw new IllegalArgumentException("nothing named " + name + " is on this picture");
        }
        return found;
    }
}
