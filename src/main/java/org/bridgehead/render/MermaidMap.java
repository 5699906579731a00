package org.bridgehead.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/**
 * A topology as a Mermaid flow chart, for pages that draw Mermaid: wikis, READMEs. Nodes have numbers, because Mermaid
 * trips over names such as {@code end}; labels are quoted, with everything unusual as a character code. Immutable.
 */
public final class MermaidMap {
    private final Topology topology;
    private final Layout layout;
    private final MapMarks asked;
    private final Marks marks;
    private final SortedMap<String, String> ids = Names.map();

    private MermaidMap(Topology topology, Layout layout, MapMarks marks) {
        this.topology = topology;
        this.layout = layout;
        this.asked = marks;
        this.marks = new Marks(marks, false);
        topology.sites().keySet().forEach(site -> ids.put(site, "s" + (ids.size() + 1)));
    }

    /** A picture of a topology. */
    public static MermaidMap of(Topology topology, Layout layout, MapMarks marks) {
        return new MermaidMap(topology, layout, marks);
    }

    /** The text. */
    public String mermaid() {
        List<String> lines = new ArrayList<>(List.of("flowchart LR"));
        MapText.route(asked).forEach(line -> lines.add("  %% " + comment(line)));
        topology.sites().values().forEach(site -> lines.add("  " + site(site)));
        Courses courses = new Courses(topology, layout);
        int buses = 0;
        for (SiteLink link : topology.links().values()) {
            buses += Layout.hasBus(link) ? 1 : 0;
            lines.addAll(link(link, courses.of(link), "l" + buses));
        }
        lines.add("  classDef hub stroke-width:4px");
        lines.add("  classDef path stroke:#0b57c2,stroke-width:3px");
        lines.add("  classDef down stroke:#b3261e,stroke-dasharray:6 4");
        lines.add("  classDef held stroke:#6b3a00,stroke-width:4px");
        classes().forEach((name, members) -> lines.add("  class " + String.join(",", members) + " " + name));
        return String.join("\n", lines) + "\n";
    }

    private String id(String site) {
        return ids.getOrDefault(site, "");
    }

    private String site(Site site) {
        String label = quoted(SiteText.of(topology, site.name(), marks));
        return id(site.name()) + (site.hubSite() ? "[[" + label + "]]" : "[" + label + "]");
    }

    private List<String> link(SiteLink link, List<Piece> pieces, String bus) {
        List<String> lines = new ArrayList<>();
        String label = quoted(SiteText.label(link, pieces, marks));
        if (Layout.hasBus(link)) {
            lines.add("  " + bus + "((" + label + "))");
        }
        for (Piece piece : pieces) {
            String far = piece.to().map(this::id).orElse(bus);
            lines.add("  " + line(id(piece.from()), far, piece, piece.to().isPresent() ? "|" + label + "|" : ""));
        }
        return lines;
    }

    private String line(String from, String to, Piece piece, String label) {
        List<String> states = marks.states(piece);
        boolean broken = marks.isDown("link:" + piece.link()) || states.contains("alt") || states.contains("ahead");
        if (!states.contains("path")) {
            return from + (broken ? " -.-" : " ---") + label + " " + to;
        }
        boolean forward = states.contains("forward");
        return (forward ? from : to) + (broken ? " -.->" : " ==>") + label + " " + (forward ? to : from);
    }

    /** In the order in which later ones win. */
    private Map<String, List<String>> classes() {
        Map<String, List<String>> classes = new LinkedHashMap<>();
        for (String state : List.of("hub", "path", "down", "held")) {
            classes.put(state, new ArrayList<>());
        }
        for (Site site : topology.sites().values()) {
            String name = site.name();
            add(classes, "hub", site.hubSite(), name);
            add(classes, "path", marks.isOnPath(name), name);
            add(classes, "down", marks.isDown("site:" + name), name);
            add(classes, "held", marks.isHeld(name), name);
        }
        classes.values().removeIf(List::isEmpty);
        return classes;
    }

    private void add(Map<String, List<String>> classes, String state, boolean holds, String site) {
        if (holds) {
            classes.computeIfAbsent(state, any -> new ArrayList<>()).add(id(site));
        }
    }

    private static String comment(String line) {
        return line.replaceAll("[\\r\\n{}%]", " ");
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                quoted.append("<br/>");
            } else if (Character.isLetterOrDigit(c) || " -.,:()≤✕".indexOf(c) >= 0) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append('#').append(c).append(';');
            }
        });
        return quoted.append('"').toString();
    }
}
