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
        exitCodeList = {"0:it catches at least one pair", "1:none: the flag would be ignored", "2:bad usage or topology"
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
        } else {
            output().record(fields(answer, parts));
        }
        return answer.caught().isEmpty() ? ExitCode.BAD_ANSWER : ExitCode.OK;
    }

    private static Map<String, @Nullable Object> fields(HubSiteCoverage answer, Topology topology) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("hubSite", answer.site());
        fields.put("hubs", topology.hubsOf(answer.site()).size());
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
        out.println(
                output().colors().strong(answer.site() + (site.hubSite() ? " is a hub site" : " is no hub site yet"))
                        + ", " + topology.hubsOf(site.name()).size() + " hubs. It is on the path of "
                        + answer.caught().size() + " of " + pairs + " pairs of other sites.");
        if (topology.hubsOf(site.name()).isEmpty()) {
            out.println(output().colors().warning("Without a hub no mail can stop there."));
        }
        Sections sections = new Sections(output(), SHOWN, options().verbose);
        sections.print(
                "caught",
                answer.caught().stream()
                        .map(pair -> String.join(" > ", pair.path().sites()))
                        .toList());
        sections.print("missed", answer.missed().stream().map(this::line).toList());
        out.println();
        out.println("A hub site off the path is ignored. bridgehead suggest --from A --to B --via " + answer.site()
                + " finds the cost that pulls a path there.");
        out.flush();
    }

    private String line(Missed pair) {
        String more = pair.detour()
                .map(detour ->
                        "by " + hubSite + " " + signed(detour.hops()) + " hops, " + signed(detour.cost()) + " cost")
                .orElse("no way by " + hubSite);
        return String.join(" > ", pair.path().sites()) + "   "
                + output().colors().faint(more);
    }

    private static String signed(long number) {
        return number > 0 ? "+" + number : String.valueOf(number);
    }
}
