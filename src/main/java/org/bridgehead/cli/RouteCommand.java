package org.bridgehead.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.directory.Organization;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One route and why. */
@Command(
        name = "route",
        header = {
            "Which way mail goes from X to Y, and why.",
            "",
            "Examples:",
            "  bridgehead route topologies/contoso.yaml --from Berlin --to Rome",
            "  bridgehead route topologies/contoso.yaml --from BER-EDGE1 --to mia@contoso.test",
            "  bridgehead route topologies/contoso.yaml --from anna@contoso.test --to x@fabrikam.test --size 12MB",
            "  bridgehead route topologies/contoso.yaml --from Berlin --to Rome --down link:Vienna-Rome",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:reachable", "1:not reachable", "2:bad usage or topology"})
final class RouteCommand extends Verb {
    @Parameters(paramLabel = "TOPOLOGY", description = "topology file")
    Path topology;

    @Option(names = "--from", required = true, paramLabel = "X", description = "site, server or address")
    String from;

    @Option(names = "--to", required = true, paramLabel = "Y", description = "site, server or address")
    String to;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "of the message, such as 12MB")
    long size;

    @Option(
            names = "--down",
            paramLabel = "ITEM",
            description = "a part that has failed: site:NAME, link:NAME, server:NAME, connector:NAME; repeatable")
    List<String> down = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "a change of the topology, as of whatif; repeatable")
    List<String> set = new ArrayList<>();

    @Override
    public Integer call() {
        Organization organization = load(topology, set).organization();
        Places places = new Places(organization);
        RouteFinder finder = new RouteFinder(organization.topology(), places.items(down), size);
        RouteAnswer answer = finder.find(places.find(from), places.find(to));
        Output output = output();
        if (output.isTable()) {
            new RouteText(answer, output).print();
        } else {
            output.record(answer.fields());
        }
        return answer.reachable() ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }
}
