package org.bridgehead.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bridgehead.core.routing.Damage;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.Clusters;
import org.bridgehead.whatif.ConnectorChange;
import org.jspecify.annotations.Nullable;

/**
 * What {@code sweep} found out.
 *
 * @param parts the organisation
 * @param worst the failures to show, the worst first
 * @param contingencies number of all
 * @param unweighted whether all pairs of sites count the same, for want of mailboxes
 * @param cuts the failures that cut sites off, shown or not
 */
record SweepAnswer(Topology parts, List<Damage> worst, long contingencies, boolean unweighted, Cuts cuts) {
    /** Single points of failure that people see without {@code -v}. */
    private static final int NAMED = 12;

    /**
     * Failures that leave pairs of sites without any way.
     *
     * @param alone whether they are single failures
     * @param count how many
     * @param worst of single failures all, of pairs of failures the worst alone; the worst first
     */
    record Cuts(boolean alone, long count, List<Damage> worst) {
        /** Nothing looked at yet. */
        static final Cuts NONE = new Cuts(true, 0, List.of());

        /** These and those among more failures. */
        Cuts and(List<Damage> damages, boolean single) {
            List<Damage> more = damages.stream()
                    .filter(damage -> damage.unreachablePairs() > 0)
                    .toList();
            List<Damage> sorted = Stream.concat(worst.stream(), more.stream())
                    .sorted(Damage.WORST_FIRST)
                    .limit(single ? Long.MAX_VALUE : 1)
                    .toList();
            return new Cuts(single, count + more.size(), sorted);
        }
    }

    /** Prints it in the format asked for; {@code all} names every single point of failure. */
    void print(Output output, boolean all) {
        if (output.isTable()) {
            table(output, all);
        } else if (output.isCsv()) {
            lines(output);
        } else {
            output.record(fields());
        }
    }

    /** A failure a line. */
    private void lines(Output output) {
        try (Rows rows = output.rows(
                "down",
                "unreachablePairs",
                "changedPairs",
                "extraHops",
                "offlineClusters",
                "darkConnectors",
                "heldPairs",
                "passedOver",
                "pairs",
                "heldWeight",
                "unreachableWeight")) {
            worst.forEach(damage -> rows.row(
                    String.join(" + ", damage.down()),
                    damage.unreachablePairs(),
                    damage.changedPairs(),
                    damage.extraHops(),
                    String.join(" + ", offlineClusters(parts, damage)),
                    String.join(" + ", ConnectorChange.dark(parts, damage.down())),
                    damage.heldPairs(),
                    damage.passedOver(),
                    damage.pairs(),
                    damage.heldWeight(),
                    damage.unreachableWeight()));
        }
    }

    private Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("contingencies", contingencies);
        fields.put("cutting", cuts.count);
        if (cuts.alone) {
            fields.put(
                    "singlePointsOfFailure",
                    cuts.worst.stream().map(damage -> damage.down().get(0)).toList());
        }
        fields.put(
                "results",
                worst.stream()
                        .map(damage -> {
                            Map<String, @Nullable Object> row = new LinkedHashMap<>();
                            row.put("down", damage.down());
                            row.put("unreachablePairs", damage.unreachablePairs());
                            row.put("changedPairs", damage.changedPairs());
                            row.put("extraHops", damage.extraHops());
                            row.put("offlineClusters", offlineClusters(parts, damage));
                            row.put("darkConnectors", ConnectorChange.dark(parts, damage.down()));
                            row.put("heldPairs", damage.heldPairs());
                            row.put("passedOver", damage.passedOver());
                            row.put("pairs", damage.pairs());
                            row.put("heldWeight", damage.heldWeight());
                            row.put("unreachableWeight", damage.unreachableWeight());
                            return row;
                        })
                        .toList());
        return fields;
    }

    private void table(Output output, boolean all) {
        try (Rows rows = output.rows(
                "down",
                "unreachable",
                "held",
                "changed",
                "extraHops",
                "passedOver",
                "offlineClusters",
                "darkConnectors")) {
            worst.forEach(damage -> rows.row(
                    String.join(" + ", damage.down()),
                    damage.unreachablePairs(),
                    damage.heldPairs(),
                    damage.changedPairs(),
                    damage.extraHops(),
                    damage.passedOver(),
                    String.join(", ", offlineClusters(parts, damage)),
                    String.join(", ", ConnectorChange.dark(parts, damage.down()))));
        }
        PrintWriter out = output.text();
        out.println();
        out.println("Pairs of sites, worst first" + (unweighted ? "" : ", weighted by mailboxes at both ends")
                + ": " + worst.size() + " of " + contingencies
                + (cuts.alone ? " failures." : " pairs of failures."));
        out.println(
                cuts.worst.isEmpty()
                        ? output.colors().good("No failure cuts any site off.")
                        : output.colors().bad(summary(cuts.worst.get(0))));
        if (cuts.worst.size() > 1) {
            int named = all ? cuts.worst.size() : Math.min(NAMED, cuts.worst.size());
            out.println("  "
                    + cuts.worst.stream()
                            .limit(named)
                            .map(damage -> damage.down().get(0))
                            .collect(Collectors.joining(", "))
                    + (named < cuts.worst.size()
                            ? " and " + (cuts.worst.size() - named) + " more (-v names all)"
                            : ""));
        }
        out.flush();
    }

    private String summary(Damage damage) {
        String what = cuts.alone
                ? (cuts.count == 1 ? " single point of failure" : " single points of failure")
                : (cuts.count == 1 ? " pair of failures cuts sites off" : " pairs of failures cut sites off");
        return cuts.count + what + ", the worst: " + String.join(" + ", damage.down()) + ".";
    }

    /** Of those that are offline the ones with several nodes. */
    private static List<String> offlineClusters(Topology parts, Damage damage) {
        return Clusters.offline(parts, damage.down()).stream()
                .filter(name -> parts.server(name)
                        .flatMap(Server::mailbox)
                        .filter(role -> role.nodes().size() > 1)
                        .isPresent())
                .toList();
    }
}
