package org.bridgehead.render;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Position;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.render.draw.TextWidth;
import org.bridgehead.render.layout.Net;

/** A topology as a net to arrange: sites in name order, then the buses of links of many sites in name order. */
final class NetBuilder {
    private static final double BUS_HALF_WIDTH = 16;
    /** With the label below it. */
    private static final double BUS_HALF_HEIGHT = 24;

    private final Topology topology;
    private final Layout layout;
    private final SortedMap<String, Integer> numbers = Names.map();
    private final List<SiteLink> buses;

    NetBuilder(Topology topology, Layout layout) {
        this.topology = topology;
        this.layout = layout;
        topology.sites().keySet().forEach(site -> numbers.put(site, numbers.size()));
        this.buses = topology.links().values().stream().filter(Layout::hasBus).toList();
    }

    /** The links that have a bus. */
    List<String> buses() {
        return buses.stream().map(SiteLink::name).toList();
    }

    Net net() {
        int sites = numbers.size();
        double[] halfWidth = new double[sites + buses.size()];
        double[] halfHeight = new double[sites + buses.size()];
        Arrays.fill(halfWidth, BUS_HALF_WIDTH);
        Arrays.fill(halfHeight, BUS_HALF_HEIGHT);
        numbers.forEach((site, number) -> {
            SiteBox box = layout.box(site);
            halfWidth[number] = box.halfWidth();
            halfHeight[number] = box.halfHeight() + box.roof();
        });
        Net net = new Net(sites, halfWidth, halfHeight);
        for (SiteLink link : topology.links().values()) {
            List<Integer> ends =
                    link.sites().stream().map(this::number).distinct().toList();
            if (!Layout.hasBus(link) && ends.size() == 2) {
                net.join(new int[] {ends.get(0), ends.get(1)}, 1, room(link));
            }
        }
        for (int i = 0; i < buses.size(); i++) {
            int bus = sites + i;
            buses.get(i).sites().stream()
                    .map(this::number)
                    .distinct()
                    .forEach(site -> net.join(new int[] {site, bus}, 0.6, layout.detail().symbol));
        }
        return net;
    }

    /** For the label, and a line or an arrow on both sides of it. */
    private double room(SiteLink link) {
        double size = layout.detail().smallLetters();
        return TextWidth.of(LinkText.label(link), size, false) + size * 4;
    }

    private int number(String site) {
        return Optional.ofNullable(numbers.get(site)).orElseThrow();
    }

    /** Positions of sites by number, as far as the topology tells, y upwards. */
    SortedMap<Integer, Position> known() {
        SortedMap<Integer, Position> known = new TreeMap<>();
        for (Site site : topology.sites().values()) {
            site.position().ifPresent(position -> known.put(number(site.name()), position));
        }
        return known;
    }
}
