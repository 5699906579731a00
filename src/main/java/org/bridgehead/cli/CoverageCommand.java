package org.bridgehead.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.HubSiteCoverage;
import org.bridgehead.whatif.HubSiteCoverage.Caught;
import org.bridgehead.whatif.HubSiteCoverage.Detour;
import org.bridgehead.whatif.HubSiteCoverage.Missed;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a hub site catches. */
@Command(
        name = "coverage",
        header = {
            "Which pairs of sites a hub site catches, and which pass it by.",
            "",
            "Examples:",
            "  bridgehead coverage topologies/contoso.yaml --hub-site Paris",
            "  bridgehead coverage topologies/contoso.yaml --hub-site Munich -o json      before setting the flag",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:it catches at least one pair",
            "1:none, or no hub is there: the flag is ignored",
            "2:bad usage or topology"
        })
final class CoverageCommand extends Verb {
    private static final int SHOWN = 15;

    @Parameters(paramLabel = "TOPOLOGY", description = "topology file")
    Path topology;

    @Option(names = "--hub-site", required = true, paramLabel = "SITE", description = "a hub site, or one to become it")
    String hubSite;

    @Override
    public Integer call() {
        Organization organization = load(topology).organization();
        Topology parts = organization.topology();
        Site site = parts.site(hubSite)
                .orElseThrow(() -> Failure.usage("no site named \"" + hubSite + "\""
                        + Suggestion.after(hubSite, List.copyOf(parts.sites().keySet()))));
        HubSiteCoverage answer = HubSiteCoverage.of(RoutingTable.of(parts), site.name());
        if (output().isTable()) {
            print(answer, site, parts);
        } else if (output().isCsv()) {
            pairs(answer);
        } else {
            output().record(fields(answer, parts));
        }
        return isHeeded(answer, parts) ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }

    /** Whether the flag has any effect: a hub is there, on some path (BEHAVIOUR 1.3.3, 1.3.4). */
    private static boolean isHeeded(HubSiteCoverage answer, Topology topology) {
        return !answer.caught().isEmpty() && !topology.hubsOf(answer.site()).isEmpty();
    }

    /** A pair a line. */
    private void pairs(HubSiteCoverage answer) {
        try (Rows rows = output().rows("from", "to", "caught", "sites", "extraHops", "extraCost")) {
            answer.caught()
                    .forEach(pair -> rows.row(
                            pair.path().source(),
                            pair.path().destination(),
                            true,
                            pair.path().sites(),
                            null,
                            null));
            answer.missed()
                    .forEach(pair -> rows.row(
                            pair.path().source(),
                            pair.path().destination(),
                            false,
                            pair.path().sites(),
                            pair.detour().map(Detour::hops).orElse(null),
                            pair.detour().map(Detour::cost).orElse(null)));
        }
    }

    private static Map<String, @Nullable Object> fields(HubSiteCoverage answer, Topology topology) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("hubSite", answer.site());
        fields.put("hubs", topology.hubsOf(answer.site()).size());
        fields.put("heeded", isHeeded(answer, topology));
        fields.put("pairs", answer.caught().size() + answer.missed().size());
        fields.put("caught", answer.caught().size());
        fields.put("missed", answer.missed().size());
        fields.put(
                "caughtPairs",
                answer.caught().stream().map(CoverageCommand::row).toList());
        fields.put(
                "missedPairs",
                answer.missed().stream().map(CoverageCommand::row).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> row(Caught pair) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("from", pair.path().source());
        row.put("to", pair.path().destination());
        row.put("sites", pair.path().sites());
        return row;
    }

    private static Map<String, @Nullable Object> row(Missed pair) {
        Map<String, @Nullable Object> row = row(new Caught(pair.path()));
        row.put("extraHops", pair.detour().map(Detour::hops).orElse(null));
        row.put("extraCost", pair.detour().map(Detour::cost).orElse(null));
        return row;
    }

    private void print(HubSiteCoverage answer, Site site, Topology topology) {
        PrintWriter out = output().text();
        int pairs = answer.caught().size() + answer.missed().size();
        int hubs = topology.hubsOf(site.name()).size();
        out.println(
                output().colors().strong(answer.site() + (site.hubSite() ? " is a hub site" : " is no hub site yet"))
                        + ", " + hubs + (hubs == 1 ? " hub" : " hubs") + ". It is on the path of "
                        + answer.caught().size() + " of " + pairs + " pairs of other sites.");
        if (hubs == 0) {
            out.println(output().colors().bad("Without a hub no mail can stop there: the flag is ignored."));
        }
        Sections sections = new Sections(output(), SHOWN, options().verbose);
        sections.print(
                hubs == 0 ? "on the path, but not caught" : "caught",
                answer.caught().stream()
                        .map(pair -> String.join(" > ", pair.path().sites()))
                        .toList());
        sections.print(
                "missed",
                answer.missed().stream().map(pair -> line(pair, answer.site())).toList());
        out.println();
        out.println("A hub site off the path is ignored. bridgehead suggest --from A --to B --via " + answer.site()
                + " finds the cost that pulls a path there.");
        out.flush();
    }

    private String line(Missed pair, String over) {
        String more = pair.detour()
                .map(detour -> "by " + over + " " + signed(detour.hops())
                        + (Math.abs(detour.hops()) == 1 ? " hop, " : " hops, ") + signed(detour.cost()) + " cost")
                .orElse("no way by " + over);
        return String.join(" > ", pair.path().sites()) + "   "
                + output().colors().faint(more);
    }

    private static String signed(long number) {
        return number > 0 ? "+" + number : String.valueOf(number);
    }
}
