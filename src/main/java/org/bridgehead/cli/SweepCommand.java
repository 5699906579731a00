package org.bridgehead.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.routing.Damage;
import org.bridgehead.core.routing.FailureSweep;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.engine.Workers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Every failure, or every pair of failures, ranked by damage. */
@Command(
        name = "sweep",
        header = {
            "Every single failure, or every pair, ranked by the damage to mail.",
            "",
            "Examples:",
            "  bridgehead sweep topologies/contoso.yaml",
            "  bridgehead sweep topologies/contoso.yaml -n 2 --of links --top 10",
            "  bridgehead sweep topologies/contoso.yaml --of links,sites --max-unreachable 0      fail a build",
            "  bridgehead sweep topologies/contoso.yaml -o json",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:a failure cuts off more than --max-unreachable", "2:bad usage or topology"})
final class SweepCommand extends Verb {
    private static final int SHOWN = 20;
    /** Failures counted at a time, which bounds memory. */
    private static final int BLOCK = 50_000;

    /** Pieces of work in a block. */
    private static final int PARTS = 16;

    @Parameters(paramLabel = "TOPOLOGY", description = "topology file")
    Path topology;

    @Option(names = "-n", paramLabel = "1|2", description = "failures at once; default: ${DEFAULT-VALUE}")
    int atOnce = 1;

    @Option(
            names = "--of",
            split = ",",
            paramLabel = "KIND",
            description = "what may fail: links, sites, servers; default: all of them")
    List<String> kinds = List.of("links", "sites", "servers");

    @Option(names = "--top", paramLabel = "K", description = "only the K worst; default: all, for people " + SHOWN)
    @Nullable
    Integer top;

    @Option(
            names = "--max-unreachable",
            paramLabel = "N",
            description = "exit 1 when a failure leaves more than N pairs of sites without any way")
    @Nullable
    Long maxUnreachable;

    private SweepAnswer.Cuts cuts = SweepAnswer.Cuts.NONE;
    private Optional<Damage> mostCut = Optional.empty();

    @Override
    public Integer call() {
        if (atOnce != 1 && atOnce != 2) {
            throw Failure.usage("-n " + atOnce + ": one or two failures at once, write 1 or 2");
        }
        if (top != null && top < 1) {
            throw Failure.usage("--top " + top + ": write a number from 1");
        }
        if (maxUnreachable != null && maxUnreachable < 0) {
            throw Failure.usage("--max-unreachable " + maxUnreachable + ": write a number of pairs from 0");
        }
        Organization organization = load(topology).organization();
        Topology parts = organization.topology();
        List<String> items = items(parts);
        RoutingTable routes = RoutingTable.of(parts);
        TreeMap<String, Long> mailboxes = Mailboxes.bySite(organization);
        long contingencies = atOnce == 1 ? items.size() : items.size() * (items.size() - 1L) / 2;
        int most = top != null ? top : output().isTable() ? SHOWN : Integer.MAX_VALUE;
        List<Damage> worst = new ArrayList<>();
        try (ProgressBar bar = progress(contingencies, parts.sites().size())) {
            for (long first = 0; first < contingencies; first += BLOCK) {
                List<List<String>> block = block(items, first, Math.min(contingencies, first + BLOCK));
                worst.addAll(damages(routes, mailboxes, block, bar));
                worst.sort(Damage.WORST_FIRST);
                if (worst.size() > most) {
                    worst.subList(most, worst.size()).clear();
                }
            }
        }
        new SweepAnswer(parts, worst, contingencies, mailboxes.isEmpty(), cuts).print(output(), options().verbose);
        return verdict();
    }

    private List<String> items(Topology parts) {
        List<String> items = new ArrayList<>();
        for (String kind : kinds) {
            switch (kind.strip().toLowerCase(Locale.ROOT)) {
                case "links", "link" -> parts.links().keySet().forEach(name -> items.add("link:" + name));
                case "sites", "site" -> parts.sites().keySet().forEach(name -> items.add("site:" + name));
                case "servers", "server" ->
                    parts.servers().values().stream()
                            .filter(server -> server.is(Role.HUB_TRANSPORT)
                                    || server.is(Role.EDGE_TRANSPORT)
                                    || server.is(Role.MAILBOX))
                            .forEach(server -> items.add("server:" + server.name()));
                default -> throw Failure.usage("--of " + kind + ": write links, sites or servers, with commas between");
            }
        }
        return items.stream().distinct().toList();
    }

    /** Failures by number; a pair's number counts the pairs before it, the first part's row by row. */
    private List<List<String>> block(List<String> items, long from, long to) {
        List<List<String>> block = new ArrayList<>();
        if (atOnce == 1) {
            items.subList((int) from, (int) to).forEach(item -> block.add(List.of(item)));
            return block;
        }
        long number = 0;
        for (int one = 0; one < items.size() && number < to; one++) {
            int row = items.size() - one - 1;
            long skip = Math.min(row, Math.max(0, from - number));
            for (int two = one + 1 + (int) skip; two < items.size() && number + two - one - 1 < to; two++) {
                block.add(List.of(items.get(one), items.get(two)));
            }
            number += row;
        }
        return block;
    }

    private List<Damage> damages(
            RoutingTable routes, TreeMap<String, Long> mailboxes, List<List<String>> block, @Nullable ProgressBar bar) {
        FailureSweep sweep =
                FailureSweep.of(routes, site -> mailboxes.isEmpty() ? 1 : mailboxes.getOrDefault(site, 0L), block);
        int sources = sweep.sources();
        int pieces = Math.min(PARTS, sources);
        List<FailureSweep.Tally> tallies = Workers.map(
                pieces,
                piece -> sweep.count(piece * sources / pieces, (piece + 1) * sources / pieces),
                done -> Optional.ofNullable(bar).ifPresent(shown -> shown.stepBy(block.size() / pieces)));
        FailureSweep.Tally sum = sweep.tally();
        tallies.forEach(sum::add);
        List<Damage> damages = sweep.damages(sum);
        cuts = cuts.and(damages, atOnce == 1);
        mostCut = Stream.concat(mostCut.stream(), damages.stream())
                .max(Comparator.comparingLong(Damage::unreachablePairs));
        return damages;
    }

    private @Nullable ProgressBar progress(long contingencies, int sites) {
        boolean large = contingencies * sites > 5_000_000;
        return large && !options().quiet && System.console() != null
                ? new ProgressBarBuilder()
                        .setTaskName("failures")
                        .setInitialMax(contingencies)
                        .build()
                : null;
    }

    private int verdict() {
        long most = mostCut.map(Damage::unreachablePairs).orElse(0L);
        if (maxUnreachable == null || most <= maxUnreachable) {
            return ExitCode.OK;
        }
        err().println("bridgehead: " + String.join(" + ", mostCut.orElseThrow().down()) + " leaves " + most
                + " pairs of sites without any way, more than --max-unreachable " + maxUnreachable);
        return ExitCode.BAD_ANSWER;
    }
}
