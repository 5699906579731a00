package org.bridgehead.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.CostSuggestion;
import org.bridgehead.whatif.CostSuggestion.Candidate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The cost that leads a path over a site. */
@Command(
        name = "suggest",
        header = {
            "The least change of a link's cost that leads a path over a site, and what else it moves.",
            "",
            "Examples:",
            "  bridgehead suggest topologies/contoso.yaml --from Berlin --to Rome --via Zurich",
            "  bridgehead suggest topologies/globalmail.yaml --from Lisbon --to Vienna --via London -o json",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:there is one, or none is needed", "1:no single cost does it", "2:bad usage or topology"})
final class SuggestCommand extends Verb {
    private static final int SHOWN = 10;

    @Parameters(paramLabel = "TOPOLOGY", description = "topology file")
    Path topology;

    @Option(names = "--from", required = true, paramLabel = "A", description = "site, server or address")
    String from;

    @Option(names = "--to", required = true, paramLabel = "B", description = "site, server or address")
    String to;

    @Option(names = "--via", required = true, paramLabel = "C", description = "the site to lead the path over")
    String via;

    @Override
    public Integer call() {
        Organization organization = load(topology).organization();
        Places places = new Places(organization);
        String source = site(places, from);
        String target = site(places, to);
        String over = site(places, via);
        if (Names.same(source, target)) {
            throw Failure.usage("--from and --to are both in " + source);
        }
        Topology parts = organization.topology();
        CostSuggestion answer = CostSuggestion.of(RoutingTable.of(parts), source, target, over)
                .orElseThrow(() -> Failure.usage("no site link leads from " + source + " to " + target));
        if (output().isTable()) {
            print(answer, over, parts);
        } else if (output().isCsv()) {
            candidates(answer);
        } else {
            output().record(fields(answer, over));
        }
        return answer.isDone(over) || !answer.candidates().isEmpty() ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }

    private static String site(Places places, String text) {
        Place place = places.find(text);
        return place.site().orElseThrow(() -> Failure.usage(place.name() + " is outside the organisation"));
    }

    private static Map<String, @Nullable Object> fields(CostSuggestion answer, String via) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("from", answer.before().source());
        fields.put("to", answer.before().destination());
        fields.put("via", via);
        fields.put("before", answer.before().sites());
        fields.put("needed", !answer.isDone(via));
        fields.put(
                "suggestions",
                answer.candidates().stream().map(SuggestCommand::row).toList());
        return fields;
    }

    /** A suggestion a line. */
    private void candidates(CostSuggestion answer) {
        try (Rows rows = output().rows("set", "link", "oldCost", "newCost", "after", "sideEffects")) {
            answer.candidates()
                    .forEach(candidate -> rows.row(
                            setting(candidate),
                            candidate.link(),
                            candidate.oldCost(),
                            candidate.newCost(),
                            candidate.after().sites(),
                            candidate.sideEffects().size()));
        }
    }

    private static Map<String, @Nullable Object> row(Candidate candidate) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("set", setting(candidate));
        row.put("link", candidate.link());
        row.put("oldCost", candidate.oldCost());
        row.put("newCost", candidate.newCost());
        row.put("after", candidate.after().sites());
        row.put(
                "sideEffects",
                candidate.sideEffects().stream()
                        .map(moved -> {
                            Map<String, @Nullable Object> pair = new LinkedHashMap<>();
                            pair.put("from", moved.before().source());
                            pair.put("to", moved.before().destination());
                            pair.put("before", moved.before().sites());
                            pair.put("after", moved.after().sites());
                            return pair;
                        })
                        .toList());
        return row;
    }

    private static String setting(Candidate candidate) {
        return "siteLinks." + candidate.link() + ".exchangeCost=" + candidate.newCost();
    }

    private void print(CostSuggestion answer, String via, Topology topology) {
        PrintWriter out = output().text();
        out.println("now   " + way(answer.before()));
        if (answer.isDone(via)) {
            out.println(output().colors().good("It goes by " + via + " already."));
        } else if (answer.candidates().isEmpty()) {
            out.println(output().colors().bad("No cost of a single link leads it by " + via + "."));
            if (topology.settings().routing().metric() == Metric.HOPS) {
                out.println("The metric is hops: costs only decide between ways of as many links. With"
                        + " organization.routing.metric: cost they decide first.");
            }
        } else {
            Sections sections = new Sections(output(), SHOWN, options().verbose);
            answer.candidates().forEach(candidate -> print(candidate, sections));
        }
        out.flush();
    }

    private void print(Candidate candidate, Sections sections) {
        PrintWriter out = output().text();
        out.println();
        out.println(output().colors().strong("--set " + setting(candidate)) + "   was " + candidate.oldCost());
        out.println("then  " + way(candidate.after()));
        if (candidate.sideEffects().isEmpty()) {
            out.println("No other pair of sites changes.");
        }
        sections.print(
                "also moved",
                candidate.sideEffects().stream()
                        .map(moved -> String.join(" > ", moved.before().sites()) + "   becomes   "
                                + String.join(" > ", moved.after().sites()))
                        .toList());
    }

    private static String way(SitePath path) {
        return String.join(" > ", path.sites()) + "   " + path.hops()
                + (path.hops() == 1 ? " hop, cost " : " hops, cost ") + path.cost();
    }
}
