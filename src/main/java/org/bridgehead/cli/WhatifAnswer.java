package org.bridgehead.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bridgehead.whatif.ClusterState;
import org.bridgehead.whatif.Comparison;
import org.bridgehead.whatif.ConnectorChange;
import org.jspecify.annotations.Nullable;

/** Prints a {@link Comparison}: fields for programs, {@link WhatifText} for people. */
final class WhatifAnswer {
    private final Comparison answer;
    private final Output output;
    private final boolean all;

    /** With {@code all} people get every pair, not only groups of them. */
    WhatifAnswer(Comparison answer, Output output, boolean all) {
        this.answer = answer;
        this.output = output;
        this.all = all;
    }

    void print() {
        if (output.isTable()) {
            new WhatifText(answer, output, all).print();
        } else if (output.isCsv()) {
            pairs();
        } else {
            output.record(fields());
        }
    }

    /** A pair a line: what spreadsheets want. */
    private void pairs() {
        try (Rows rows = output.rows("from", "to", "before", "after", "heldAt", "unreachable", "why")) {
            for (Comparison.Changed pair : answer.changed()) {
                rows.row(
                        pair.from(),
                        pair.to(),
                        pair.before(),
                        pair.after().orElse(null),
                        pair.heldAt().orElse(null),
                        answer.unreachable().contains(new Comparison.Pair(pair.from(), pair.to())),
                        pair.why());
            }
        }
    }

    private Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("pairs", answer.pairs());
        fields.put("held", answer.held());
        fields.put(
                "changed", answer.changed().stream().map(WhatifAnswer::changed).toList());
        fields.put(
                "unreachable",
                answer.unreachable().stream()
                        .map(pair -> record("from", pair.from(), "to", pair.to()))
                        .toList());
        fields.put(
                "passedOver",
                answer.passedOver().stream().map(WhatifAnswer::stops).toList());
        fields.put(
                "newStops", answer.newStops().stream().map(WhatifAnswer::stops).toList());
        fields.put(
                "mustStop", answer.mustStop().stream().map(WhatifAnswer::stops).toList());
        fields.put("mayPass", answer.mayPass().stream().map(WhatifAnswer::stops).toList());
        fields.put(
                "connectors",
                answer.connectors().stream().map(WhatifAnswer::connector).toList());
        fields.put(
                "clusters",
                answer.clusters().stream().map(WhatifAnswer::cluster).toList());
        fields.put("sitesGone", answer.sitesGone());
        fields.put("sitesNew", answer.sitesNew());
        return fields;
    }

    /** Names and values in turn. */
    private static Map<String, @Nullable Object> record(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            record.put(String.valueOf(namesAndValues[at]), namesAndValues[at + 1]);
        }
        return record;
    }

    private static Map<String, @Nullable Object> changed(Comparison.Changed pair) {
        return record(
                "from", pair.from(),
                "to", pair.to(),
                "before", pair.before(),
                "after", pair.after().orElse(null),
                "heldAt", pair.heldAt().orElse(null),
                "cause", pair.cause(),
                "why", pair.why());
    }

    private static Map<String, @Nullable Object> stops(Comparison.OtherStops pair) {
        return record("from", pair.from(), "to", pair.to(), "sites", pair.sites());
    }

    private static Map<String, @Nullable Object> connector(ConnectorChange connector) {
        return record(
                "name",
                connector.name(),
                "status",
                connector.status().keyword(),
                "why",
                connector.why(),
                "waiting",
                connector.waiting().stream()
                        .map(mail -> record("from", mail.from(), "heldAt", mail.heldAt()))
                        .toList(),
                "moved",
                connector.moved().stream()
                        .map(mail -> record(
                                "addressSpace",
                                mail.addressSpace(),
                                "from",
                                mail.from().orElse(null),
                                "to",
                                mail.to().orElse(null),
                                "sites",
                                mail.sites()))
                        .toList());
    }

    private static Map<String, @Nullable Object> cluster(ClusterState cluster) {
        return record(
                "server",
                cluster.server(),
                "site",
                cluster.site(),
                "replication",
                cluster.replication(),
                "online",
                cluster.online(),
                "votes",
                cluster.quorum().votes(),
                "votesUp",
                cluster.quorum().up(),
                "votesNeeded",
                cluster.quorum().needed(),
                "noMarginLeft",
                cluster.noMarginLeft(),
                "activeBefore",
                cluster.activeBefore().orElse(null),
                "activeAfter",
                cluster.activeAfter().orElse(null),
                "why",
                cluster.why());
    }
}
