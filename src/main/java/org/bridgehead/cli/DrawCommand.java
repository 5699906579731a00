package org.bridgehead.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.render.Layout;
import org.bridgehead.render.MapMarks;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A picture. */
@Command(
        name = "draw",
        header = {
            "A picture of the sites: SVG, PNG, HTML, Graphviz or Mermaid.",
            "",
            "Examples:",
            "  bridgehead draw topologies/contoso.yaml -O contoso.svg",
            "  bridgehead draw topologies/contoso.yaml -O rome.png --from Berlin --to Rome --down link:Vienna-Rome",
            "  bridgehead draw topologies/contoso.yaml -O dark.png --theme dark --width 3000",
            "  bridgehead draw topologies/contoso.yaml --set siteLinks.Channel=null -f svg > planned.svg",
            "  bridgehead draw topologies/contoso.yaml -f dot | neato -Tpdf -o contoso.pdf",
            "  bridgehead draw topologies/contoso.yaml -f mermaid",
            "",
            "Sites lie where their position: says, if most have one; else where the picture reads best.",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:drawn", "2:bad usage or topology", "3:cannot write the file, or the font for PNG is missing"
        })
final class DrawCommand extends Verb {
    @Parameters(paramLabel = "TOPOLOGY", description = "topology file")
    Path topology;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "svg, png, html, dot or mermaid; without it the file's ending decides, else svg")
    @Nullable
    String format;

    @Option(
            names = {"-O", "--out"},
            paramLabel = "FILE",
            description = "where to write; without it on stdout")
    @Nullable
    Path file;

    @Option(
            names = "--down",
            paramLabel = "ITEM",
            description = "a part to show as failed: site:NAME, link:NAME, server:NAME, node:NAME…; repeatable")
    List<String> down = new ArrayList<>();

    @Option(names = "--from", paramLabel = "X", description = "show a route from this site, server or address …")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "Y", description = "… to this one")
    @Nullable
    String to;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "a change of the topology, as of whatif; repeatable")
    List<String> set = new ArrayList<>();

    @Option(names = "--theme", paramLabel = "THEME", description = "light or dark; SVG without it follows the reader")
    @Nullable
    String theme;

    @Option(names = "--width", paramLabel = "PX", description = "of a PNG, in pixels")
    @Nullable
    Integer width;

    @Override
    public Integer call() {
        if ((from == null) != (to == null)) {
            throw Failure.usage("a route has two ends: write --from X --to Y");
        }
        DrawFormat kind = DrawFormat.of(format, file);
        DrawLook look = DrawLook.of(theme, width, kind);
        Organization organization = load(topology, set).organization();
        Topology parts = organization.topology();
        DrawTarget target = new DrawTarget(file, output());
        target.check(kind);
        MapMarks marks = marks(organization);
        target.write(
                kind == DrawFormat.HTML
                        ? DrawPage.html(organization, new DrawPage.Source(topology, set, options().quiet), marks)
                        : new DrawPicture(parts, Layout.of(parts), marks, look).in(kind));
        return ExitCode.OK;
    }

    private MapMarks marks(Organization organization) {
        Places places = new Places(organization);
        List<String> items = places.items(down);
        if (from == null || to == null) {
            return MapMarks.down(items);
        }
        RouteAnswer answer =
                new RouteFinder(organization.topology(), items, 0).find(places.find(from), places.find(to));
        return new MapMarks(items, Optional.of(DrawRoute.of(answer)));
    }
}
