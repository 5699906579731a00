package org.bridgehead.cli.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.bridgehead.cli.demo.Ink.Meaning;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.SiteLink;

/**
 * The sites as one of them sees them: the tree of the ways that its mail takes. What mail crossed is drawn double, what
 * is lost has an x; links that its mail never takes are listed below.
 */
final class SiteMap {
    private static final int WIDTH = 100;
    private static final int SEGMENT = 5;
    private static final int MOST_SITES = 60;

    private final RoutingTable routes;
    private final String root;
    private final Ink ink;
    private final SortedMap<String, Integer> crossed;
    private final SortedSet<String> lost = Names.set();
    private final SortedMap<String, List<String>> children = Names.map();
    private final SortedMap<String, String> linkTo = Names.map();
    private final List<Integer> columns = new ArrayList<>();

    private SiteMap(RoutingTable routes, String root, Map<String, Integer> crossed, Collection<Item> lost, Ink ink) {
        this.routes = routes;
        this.root = root;
        this.ink = ink;
        this.crossed = Collections.unmodifiableSortedMap(new TreeMap<>(crossed));
        lost.forEach(item -> this.lost.add(item.toString()));
    }

    /**
     * Draws.
     *
     * @param root the site that looks
     * @param crossed copies that crossed, by {@code A > B}
     * @param lost links, sites and servers that are down
     * @return lines of at most {@value #WIDTH} columns; none when that cannot be drawn in such a width
     */
    static List<String> draw(
            RoutingTable routes, String root, Map<String, Integer> crossed, Collection<Item> lost, Ink ink) {
        SiteMap map = new SiteMap(routes, root, crossed, lost, ink);
        map.grow();
        return map.fits() ? map.lines() : List.of();
    }

    private void grow() {
        Collection<String> all = routes.topology().sites().keySet();
        for (String site : all) {
            Optional<SitePath> path = routes.path(root, site).filter(way -> way.hops() > 0);
            if (path.isPresent() && (all.size() <= MOST_SITES || concerns(path.get()))) {
                add(path.get());
            }
        }
        measure(root, 0);
    }

    /** Whether mail took the last hop of a way, or it is lost. */
    private boolean concerns(SitePath path) {
        return crossed.containsKey(hop(path, path.hops())) || lost.contains("link:" + last(path.links()));
    }

    private static String hop(SitePath path, int number) {
        return path.sites().get(number - 1) + " > " + path.sites().get(number);
    }

    private static String last(List<String> names) {
        return names.get(names.size() - 1);
    }

    private void add(SitePath path) {
        for (int i = 1; i <= path.hops(); i++) {
            String site = path.sites().get(i);
            if (linkTo.putIfAbsent(site, path.links().get(i - 1)) == null) {
                children.computeIfAbsent(path.sites().get(i - 1), parent -> new ArrayList<>())
                        .add(site);
            }
        }
    }

    private void measure(String site, int depth) {
        if (columns.size() <= depth) {
            columns.add(0);
        }
        columns.set(depth, Math.max(columns.get(depth), label(site).length()));
        children.getOrDefault(site, List.of()).forEach(child -> measure(child, depth + 1));
    }

    private boolean fits() {
        return columns.stream().mapToInt(Integer::intValue).sum() + (columns.size() - 1) * (SEGMENT + 3) <= WIDTH;
    }

    /** A site with its dead servers; one without a hub in parentheses. */
    private String label(String site) {
        StringBuilder label = new StringBuilder(routes.hubsOf(site).isEmpty() ? "(" + site + ")" : site);
        if (lost.contains("site:" + site)) {
            label.append(" x");
        }
        for (Server server : routes.topology().servers().values()) {
            boolean here = server.site().filter(its -> Names.same(its, site)).isPresent();
            if (here && lost.contains("server:" + server.name())) {
                label.append(" x ").append(server.name());
            }
        }
        return label.toString();
    }

    private String marked(String site) {
        String label = label(site);
        int dead = label.indexOf(" x");
        String name = dead < 0 ? label : label.substring(0, dead);
        boolean visited =
                Names.same(site, root) || crossed.keySet().stream().anyMatch(hop -> hop.endsWith(" > " + site));
        return ink.mark(visited ? Meaning.STRONG : Meaning.NAME, name)
                + (dead < 0 ? "" : ink.mark(Meaning.BAD, label.substring(dead)));
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(subtree(root, 0));
        List<String> unused = routes.topology().links().values().stream()
                .filter(link -> linkTo.values().stream().noneMatch(name -> Names.same(name, link.name())))
                .map(this::named)
                .toList();
        if (!unused.isEmpty() && linkTo.size() < MOST_SITES) {
            wrap("not on any way from " + root + ": " + String.join(", ", unused), lines);
        }
        return lines;
    }

    private String named(SiteLink link) {
        return link.name() + (lost.contains("link:" + link.name()) ? " x" : "");
    }

    private void wrap(String text, List<String> lines) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() + word.length() + 1 > WIDTH) {
                lines.add(ink.mark(Meaning.FAINT, line.toString()));
                line.setLength(0);
                line.append(' ');
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(ink.mark(Meaning.FAINT, line.toString()));
    }

    private List<String> subtree(String site, int depth) {
        List<String> below = children.getOrDefault(site, List.of());
        if (below.isEmpty()) {
            return List.of(marked(site));
        }
        boolean any = below.stream().anyMatch(child -> copies(site, child) > 0);
        int gap = columns.get(depth) - label(site).length();
        String fill = (any ? "═" : "─").repeat(gap + 1);
        String blank = " ".repeat(columns.get(depth) + 2);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < below.size(); i++) {
            String child = below.get(i);
            boolean last = i == below.size() - 1;
            boolean used = copies(site, child) > 0;
            String start = i == 0 ? marked(site) + " " + paint(fill, any) : blank;
            String joint = paint(joint(i == 0, last, used), used);
            List<String> inner = subtree(child, depth + 1);
            lines.add(start + joint + segment(site, child) + " " + inner.get(0));
            String rest = blank + (last ? " " : "│") + " ".repeat(SEGMENT + 1);
            inner.stream().skip(1).forEach(line -> lines.add(rest + line));
        }
        return lines;
    }

    private static String joint(boolean first, boolean last, boolean used) {
        if (first) {
            return last ? (used ? "═" : "─") : used ? "╤" : "┬";
        }
        return last ? (used ? "╘" : "└") : used ? "╞" : "├";
    }

    private String paint(String line, boolean used) {
        return used ? ink.mark(Meaning.GOOD, line) : line;
    }

    private int copies(String from, String to) {
        return crossed.getOrDefault(from + " > " + to, 0);
    }

    private String segment(String from, String to) {
        if (lost.contains("link:" + linkTo.get(to))) {
            return ink.mark(Meaning.BAD, "──x──");
        }
        int copies = copies(from, to);
        if (copies == 0) {
            return "─".repeat(SEGMENT);
        }
        boolean several = crossed.values().stream().anyMatch(count -> count > 1);
        String number = several && copies < 10_000 ? String.valueOf(copies) : "";
        return ink.mark(Meaning.GOOD, "═" + number + "═".repeat(SEGMENT - 1 - number.length()));
    }
}
