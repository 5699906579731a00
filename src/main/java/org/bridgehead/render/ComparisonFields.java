package org.bridgehead.render;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bridgehead.whatif.ClusterState;
import org.bridgehead.whatif.Comparison;
import org.bridgehead.whatif.ConnectorChange;
import org.jspecify.annotations.Nullable;

/** A {@link Comparison} as the fields of {@code whatif} (CONTRACT 3): what programs read, and the interactive page. */
public final class ComparisonFields {
    private ComparisonFields() {}

    /** All fields in their order. */
    public static Map<String, @Nullable Object> of(Comparison answer) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("pairs", answer.pairs());
        fields.put("held", answer.held());
        fields.put(
                "changed",
                answer.changed().stream().map(ComparisonFields::changed).toList());
        fields.put(
                "unreachable",
                answer.unreachable().stream()
                        .map(pair -> record("from", pair.from(), "to", pair.to()))
                        .toList());
        fields.put(
                "passedOver",
                answer.passedOver().stream().map(ComparisonFields::stops).toList());
        fields.put(
                "newStops",
                answer.newStops().stream().map(ComparisonFields::stops).toList());
        fields.put(
                "mustStop",
                answer.mustStop().stream().map(ComparisonFields::stops).toList());
        fields.put(
                "mayPass",
                answer.mayPass().stream().map(ComparisonFields::stops).toList());
        fields.put(
                "connectors",
                answer.connectors().stream().map(ComparisonFields::connector).toList());
        fields.put(
                "clusters",
                answer.clusters().stream().map(ComparisonFields::cluster).toList());
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

    /** One pair of sites. */
    public static Map<String, @Nullable Object> changed(Comparison.Changed pair) {
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

    /** One send connector. */
    public static Map<String, @Nullable Object> connector(ConnectorChange connector) {
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

    /** One mailbox server. */
    public static Map<String, @Nullable Object> cluster(ClusterState cluster) {
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
