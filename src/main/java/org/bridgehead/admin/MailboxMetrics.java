package org.bridgehead.admin;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.bridgehead.core.hub.DumpsterView;
import org.bridgehead.core.topology.Names;
import org.bridgehead.engine.ClusterStatus;
import org.bridgehead.engine.Control;
import org.bridgehead.engine.DumpsterContents;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.RedeliveryRequest;

/**
 * Figures of dumpsters and mailbox servers. Labels are as many as hubs times storage groups. To be looked at by one thread
 * at a time.
 */
final class MailboxMetrics {
    private final MailOrganization organization;
    private final Control control;
    private final MeterRegistry registry;
    private final MultiGauge size;
    private final MultiGauge items;
    private final Map<Tags, Counts> latest = new LinkedHashMap<>();
    private final MultiGauge active;
    private final MultiGauge missing;

    MailboxMetrics(MailOrganization organization, MeterRegistry registry) {
        this.organization = organization;
        this.control = organization.control();
        this.registry = registry;
        this.size = gauge("dumpster.size.bytes", "Octets of the delivered mail that a hub keeps for a storage group");
        this.items = gauge("dumpster.items", "Items a hub keeps for a storage group");
        this.active = gauge("cluster.active", "Whether a node hosts the mailboxes of its server");
        this.missing = gauge("cluster.missing.logs", "Logs that the second copy of a storage group lacks");
        counters();
    }

    private MultiGauge gauge(String name, String what) {
        return MultiGauge.builder("bridgehead." + name).description(what).register(registry);
    }

    private void counters() {
        FunctionCounter.builder("bridgehead.failovers", organization, MailboxMetrics::failovers)
                .description("Failovers of mailbox servers since the engine started, handoffs aside")
                .register(registry);
        FunctionCounter.builder("bridgehead.duplicates.dropped", organization, MailboxMetrics::duplicates)
                .description("Second copies that mailbox servers dropped")
                .register(registry);
        Gauge.builder("bridgehead.redelivery.requests.open", control, MailboxMetrics::open)
                .description("Requests for redelivery that no hub has answered yet")
                .register(registry);
    }

    /** A start activates the copy that is the newest already. */
    private static double failovers(MailOrganization organization) {
        return organization.mailboxServers().stream()
                .flatMap(server -> organization.failovers(server).stream())
                .filter(report -> !report.planned() && !Names.same(report.from(), report.to()))
                .count();
    }

    private static double duplicates(MailOrganization organization) {
        return organization.mailboxServers().stream()
                .mapToLong(organization::duplicatesDropped)
                .sum();
    }

    private static double open(Control control) {
        return control.dumpsters().requests().stream()
                .filter(RedeliveryRequest::isOpen)
                .count();
    }

    /** Takes the figures of this moment. */
    void look() {
        List<DumpsterContents> dumpsters = control.dumpsters().contents(Optional.empty());
        register(size, dumpsters, DumpsterView::octets);
        register(items, dumpsters, DumpsterView::items);
        dumpsters.forEach(this::count);
        List<MultiGauge.Row<?>> nodes = new ArrayList<>();
        List<MultiGauge.Row<?>> groups = new ArrayList<>();
        for (ClusterStatus status : control.mailboxes().clusters()) {
            status.nodes()
                    .forEach(node -> nodes.add(MultiGauge.Row.of(
                            Tags.of("server", status.server(), "node", node.node()),
                            status.active().filter(node.node()::equals).isPresent() ? 1 : 0)));
            status.groups()
                    .forEach(group -> group.copy()
                            .ifPresent(copy -> groups.add(MultiGauge.Row.of(
                                    Tags.of("server", status.server(), "group", group.group()), copy.missingLogs()))));
        }
        active.register(nodes, true);
        missing.register(groups, true);
    }

    private static void register(
            MultiGauge gauge, List<DumpsterContents> dumpsters, ToDoubleFunction<DumpsterView> figure) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        dumpsters.forEach(
                dumpster -> rows.add(MultiGauge.Row.of(tags(dumpster), figure.applyAsDouble(dumpster.view()))));
        gauge.register(rows, true);
    }

    private static Tags tags(DumpsterContents dumpster) {
        return Tags.of(
                "hub",
                dumpster.hub(),
                "storage_group",
                dumpster.view().storageGroup().toString());
    }

    /** Counters stay when the hub is down, as they were. */
    private void count(DumpsterContents dumpster) {
        latest.computeIfAbsent(tags(dumpster), tags -> new Counts(tags, registry))
                .set(dumpster.view());
    }

    /** What one dumpster has counted so far. */
    private static final class Counts {
        private volatile long inserts;
        private volatile long deletes;

        Counts(Tags tags, MeterRegistry registry) {
            FunctionCounter.builder("bridgehead.dumpster.inserts", this, its -> its.inserts)
                    .description("Items taken in since the hub started")
                    .tags(tags)
                    .register(registry);
            FunctionCounter.builder("bridgehead.dumpster.deletes", this, its -> its.deletes)
                    .description("Items let go by the limits since the hub started")
                    .tags(tags)
                    .register(registry);
        }

        void set(DumpsterView view) {
            inserts = view.inserts();
            deletes = view.deletes();
        }
    }
}
