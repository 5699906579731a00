package org.bridgehead.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.routing.Item;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.whatif.Comparison;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Before and after. */
@Command(
        name = "whatif",
        header = {
            "What happens to all routes when parts fail or settings change, and why.",
            "",
            "Examples:",
            "  bridgehead whatif topologies/contoso.yaml --down link:Vienna-Rome",
            "  bridgehead whatif topologies/contoso.yaml --down server:PAR-HT1 server:PAR-HT2 node:BER-MBX1A",
            "  bridgehead whatif topologies/contoso.yaml --set siteLinks.Munich-Vienna.exchangeCost=50",
            "  bridgehead whatif topologies/contoso.yaml --set siteLinks.Berlin-Munich=null -o json",
            "  bridgehead whatif topologies/contoso.yaml --against planned.yaml",
            "",
            "Down is not removed: routes stay as they are and mail waits (or goes round, with onFailure: reroute).",
            "--set changes the topology as an administrator would: routes are computed anew.",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all mail still arrives",
            "1:some is held or unreachable, a connector is dark or a mailbox server offline",
            "2:bad usage or topology"
        })
final class WhatifCommand extends Verb {
    private static final List<String> KINDS = List.of("site", "link", "server", "connector", "node", "dc");

    @Parameters(
            paramLabel = "TOPOLOGY",
            arity = "1..*",
            description = "topology file; items that follow count as if after --down")
    List<String> words = new ArrayList<>();

    @Option(
            names = "--down",
            paramLabel = "ITEM",
            description = "a part that fails: site:NAME, link:NAME, server:NAME, connector:NAME, node:NAME or dc:NAME;"
                    + " repeatable")
    List<String> down = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "a change of the topology: keys joined by dots, VALUE in YAML, null removes; repeatable")
    List<String> set = new ArrayList<>();

    @Option(
            names = "--against",
            paramLabel = "TOPOLOGY2",
            description = "the topology after; --set and --down then apply to this one")
    @Nullable
    Path against;

    @Override
    public Integer call() {
        Path file = topologyFile();
        if (down.isEmpty() && set.isEmpty() && against == null) {
            throw Failure.usage(
                    "what if what? Name a part that fails, a change, or a second topology: bridgehead whatif " + file
                            + " --down link:" + anyLink(file) + "; see bridgehead whatif -h");
        }
        LoadedTopology before = load(file);
        LoadedTopology after = after(file, before);
        List<String> items = new Places(after.organization()).items(down);
        if (!options().quiet && items.stream().anyMatch(item -> item.startsWith("dc:"))) {
            err().println("dc: items change no route: hubs ask the next domain controller");
        }
        Comparison answer = Comparison.of(
                before.organization().topology(), after.organization().topology(), items);
        new WhatifAnswer(answer, output(), options().verbose).print();
        return answer.isBad() ? ExitCode.BAD_ANSWER : ExitCode.OK;
    }

    private LoadedTopology after(Path file, LoadedTopology before) {
        if (against != null) {
            return load(against, set);
        }
        if (set.isEmpty()) {
            return before;
        }
        LoadedTopology after = read(file, set);
        warn(after.warnings().stream()
                .filter(warning -> !before.warnings().contains(warning))
                .toList());
        return after;
    }

    private String anyLink(Path file) {
        return read(file, List.of()).organization().topology().links().keySet().stream()
                .findFirst()
                .orElse("NAME");
    }

    /** Items may follow the first one without another {@code --down}, so the file is the word that is no item. */
    private Path topologyFile() {
        Optional<String> file = words.stream()
                .filter(word -> Item.tryParse(word)
                        .filter(item -> KINDS.contains(item.kind()))
                        .isEmpty())
                .findFirst();
        words.stream().filter(word -> !word.equals(file.orElse(null))).forEach(down::add);
        return Path.of(file.orElseThrow(() -> Failure.usage("which topology file?")));
    }
}
