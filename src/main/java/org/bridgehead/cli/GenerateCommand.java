package org.bridgehead.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.config.Remarks;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.whatif.NetworkPlan;
import org.bridgehead.whatif.SyntheticTopology;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A synthetic topology of any size, to try things on. */
@Command(
        name = "generate",
        header = {
            "A synthetic topology of any size, to try things on.",
            "",
            "Examples:",
            "  bridgehead generate --sites 12 --degree 3",
            "  bridgehead generate --sites 754 --degree 2.4 --on-failure reroute -O wan.yaml",
            "  bridgehead generate --sites 200 --degree 2.45 --seed 7 --hubs 2 --metric cost -O T.yaml",
            "",
            "Sites are strewn over a plane and near ones joined, as in wide-area networks; a link costs 1 per 5 km.",
            "Each site has hubs and a mailbox server; the first has an edge and a connector to the Internet.",
            "The same numbers and seed give the same bytes on every machine.",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "2:numbers that cannot be", "3:the file cannot be written"})
final class GenerateCommand extends Verb {
    @Option(names = "--sites", required = true, paramLabel = "N", description = "how many sites")
    int sites;

    @Option(
            names = "--degree",
            paramLabel = "D",
            description = "links that end at a site, on average; default: ${DEFAULT-VALUE}")
    double degree = 2.4;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "which of the networks of that kind; default: ${DEFAULT-VALUE}")
    long seed = 1;

    @Option(names = "--hubs", paramLabel = "K", description = "hub servers per site; default: ${DEFAULT-VALUE}")
    int hubs = 1;

    @Option(names = "--name", paramLabel = "NAME", description = "of the organisation; default: ${DEFAULT-VALUE}")
    String name = "Synthetic";

    @Mixin
    RoutingOptions routing = new RoutingOptions();

    @Option(names = "-O", paramLabel = "FILE", description = "write here, over what stands there; default: stdout")
    @Nullable
    Path file;

    @Override
    public Integer call() throws IOException {
        TopologyAnswer.check(options().format);
        NetworkPlan plan = plan();
        if (name.isBlank()) {
            throw Failure.usage("--name: write a name that is not blank");
        }
        Settings settings = TopologyFile.settings(name, "synthetic.test", routing.policy());
        Topology topology = HopRoom.made(SyntheticTopology.of(plan, settings));
        TopologyAnswer answer = new TopologyAnswer(
                new Organization(topology, DirectoryDefinition.EMPTY), Remarks.of(heading(plan, topology)));
        if (file == null) {
            answer.print(output().text(), options().format);
        } else {
            answer.save(file, options().format);
        }
        return ExitCode.OK;
    }

    private NetworkPlan plan() {
        try {
            NetworkPlan plan = new NetworkPlan(sites, degree, seed, hubs);
            if (plan.isRaised() && !options().quiet) {
                err().println(options()
                        .colors()
                        .warning("--degree " + degree + " would leave sites apart; made " + plan.links() + " links, "
                                + String.format(Locale.ROOT, "%.2f", 2.0 * plan.links() / sites) + " per site"));
            }
            return plan;
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), e);
        }
    }

    private List<String> heading(NetworkPlan plan, Topology topology) {
        String policy =
                " --metric " + routing.metric + " --relay " + routing.relay + " --on-failure " + routing.onFailure;
        return List.of(
                "A synthetic network of " + plan.sites() + " sites and "
                        + topology.links().size() + " links, made by",
                "  bridgehead generate --sites " + plan.sites() + " --degree " + plan.degree() + " --seed "
                        + plan.seed() + " --hubs " + plan.hubs() + policy,
                "Positions are kilometres east and north; a link costs 1 per 5 km.",
                topology.settings().limits().maxHops() == HopRoom.MOST
                        ? "maxHops is the most there is; on the longest paths mail needs more Received lines and fails."
                        : "maxHops leaves room for the longest path where the default of 30 does not.");
    }
}
