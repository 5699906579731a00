package org.bridgehead.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.routing.Itinerary;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.Rule;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.Names;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Routing tables. */
@Command(
        name = "routes",
        header = {
            "The routing table of a site, or of all.",
            "",
            "Examples:",
            "  bridgehead routes topologies/contoso.yaml --from Berlin",
            "  bridgehead routes topologies/contoso.yaml -o csv > routes.csv",
            "  bridgehead routes topologies/contoso.yaml --from Berlin --down site:Munich",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every site is reachable", "1:some are not", "2:bad usage or topology"})
final class RoutesCommand extends Verb {
    @Parameters(paramLabel = "TOPOLOGY", description = "topology file")
    Path topology;

    @Option(names = "--from", paramLabel = "SITE", description = "only from here; default: from every site")
    @Nullable
    String from;

    @Option(
            names = "--down",
            paramLabel = "ITEM",
            description = "a part that has failed: site:NAME, link:NAME, server:NAME; repeatable")
    List<String> down = new ArrayList<>();

    private boolean allReachable = true;
    private boolean full;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "a change of the topology, as of whatif; repeatable")
    List<String> set = new ArrayList<>();

    @Override
    public Integer call() {
        Organization organization = load(topology, set).organization();
        Places places = new Places(organization);
        RoutingTable routes = RoutingTable.of(organization.topology());
        List<String> lost = places.items(down);
        Optional<Reachability> now =
                lost.isEmpty() ? Optional.empty() : Optional.of(Reachability.of(organization.topology(), lost));
        List<String> sites = organization.topology().sites().values().stream()
                .map(site -> site.name())
                .toList();
        List<String> sources = from == null ? sites : List.of(site(places, from));
        Output output = output();
        try (Rows rows = output.rows(columns(output))) {
            for (String source : sources) {
                sites.stream()
                        .filter(target -> !Names.same(source, target))
                        .forEach(target -> print(rows, routes, now, source, target));
                if (output.text().checkError()) {
                    break; // whoever read has gone: "| head"
                }
            }
        }
        return allReachable ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }

    /** For people, the state of each way only where something is down. */
    private String[] columns(Output output) {
        full = !output.isTable() || !down.isEmpty();
        String[] all = {"from", "to", "hops", "cost", "nextSite", "decidedBy", "sites", "reachable", "heldAt"};
        return full ? all : Arrays.copyOf(all, all.length - 2);
    }

    private static String site(Places places, String name) {
        return places.find(name).site().orElseThrow(() -> Failure.usage(name + " is outside the organisation"));
    }

    private void print(Rows rows, RoutingTable table, Optional<Reachability> now, String from, String to) {
        RoutingTable routes = now.map(state -> state.learned(table, from, to)).orElse(table);
        Optional<SitePath> path = routes.path(from, to);
        Optional<String> heldAt = table.strandsMailboxes(from) || table.strandsMailboxes(to)
                ? Optional.of(from)
                : now.flatMap(state -> Itinerary.of(table, state, from, to)).flatMap(Itinerary::heldAt);
        boolean reachable = path.isPresent() && heldAt.isEmpty();
        allReachable &= reachable;
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                from,
                to,
                path.map(SitePath::hops).orElse(null),
                path.map(SitePath::cost).orElse(null),
                path.map(way -> way.sites().get(1)).orElse(null),
                routes.decidedBy(from, to).map(Rule::keyword).orElse(null),
                path.map(SitePath::sites).orElse(List.of())));
        if (full) {
            row.add(reachable);
            row.add(heldAt.orElse(null));
        }
        rows.row(row.toArray());
    }
}
