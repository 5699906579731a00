package org.bridgehead.admin;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.engine.Control;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.ServerState;
import org.bridgehead.engine.SyncTimes;

/**
 * Figures by Micrometer. Labels are bounded: servers are as many as the topology has, of queues the
 * {@value #MOST_QUEUES} longest are named and the rest is summed, addresses and domains of senders never show. Safe for any
 * thread.
 */
final class PrometheusMetrics implements MetricsPage {
    /** Queues that have a line of their own. */
    static final int MOST_QUEUES = 200;

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OTHERS = "(others)";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Control control;
    private final Runnable unlisten;
    private final MultiGauge queues = gauge("bridgehead.queue.messages", "Messages in a queue");
    private final MultiGauge messages = gauge("bridgehead.messages", "Messages a server is responsible for");
    private final MultiGauge outboxes =
            gauge("bridgehead.outbox.messages", "Messages that no hub of the site has taken");
    private final MultiGauge connections = gauge("bridgehead.connections", "Connections open to and from a server");
    private final MultiGauge pressure = gauge("bridgehead.pressure.level", "Back pressure: 0 normal, 1 medium, 2 high");
    private final MailboxMetrics mailboxes;
    private final MultiGauge up = gauge("bridgehead.server.up", "Whether a server runs");

    PrometheusMetrics(MailOrganization organization) {
        this.control = organization.control();
        this.mailboxes = new MailboxMetrics(organization, registry);
        new DirectoryMetrics(control).register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        FunctionTimer.builder(
                        "bridgehead.spool.sync",
                        control.syncs(),
                        SyncTimes::count,
                        SyncTimes::seconds,
                        TimeUnit.SECONDS)
                .description("Synced writes to the spool, and the time their callers waited")
                .register(registry);
        Gauge.builder("bridgehead.spool.bytes", control, its -> its.spool().bytes())
                .description("Size of the spool")
                .register(registry);
        Gauge.builder("bridgehead.spool.healthy", control, its -> its.spool().healthy() ? 1 : 0)
                .description("Whether the spool takes mail")
                .register(registry);
        this.unlisten = organization.tracking().listen(this::count);
    }

    private MultiGauge gauge(String name, String what) {
        return MultiGauge.builder(name).description(what).register(registry);
    }

    private void count(TrackingEvent event) {
        Counter.builder("bridgehead.events")
                .description("Events of message tracking: accepted (RECEIVE), delivered, deferred, failed and the rest")
                .tag("server", event.server())
                .tag("event", event.event().name())
                .register(registry)
                .increment();
    }

    @Override
    public synchronized Answer answer() {
        List<ServerState> servers =
                control.servers().stream().filter(ServerState::here).toList();
        register(messages, servers, ServerState::messages);
        register(pressure, servers, server -> server.pressure().level().ordinal());
        register(up, servers, server -> server.running() ? 1 : 0);
        List<MultiGauge.Row<?>> lines = new ArrayList<>();
        for (ServerState server : servers) {
            lines.add(MultiGauge.Row.of(Tags.of("server", server.name(), "direction", "in"), server.incoming()));
            lines.add(MultiGauge.Row.of(Tags.of("server", server.name(), "direction", "out"), server.outgoing()));
        }
        connections.register(lines, true);
        List<MultiGauge.Row<?>> waiting = new ArrayList<>();
        control.outboxes()
                .forEach(its -> waiting.add(MultiGauge.Row.of(Tags.of("server", its.server()), its.waiting())));
        outboxes.register(waiting, true);
        queues.register(rows(control.queues(Optional.empty())), true);
        mailboxes.look();
        return Answer.text(200, TYPE, registry.scrape());
    }

    private static void register(MultiGauge gauge, List<ServerState> servers, ToIntFunction<ServerState> figure) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        servers.forEach(
                server -> rows.add(MultiGauge.Row.of(Tags.of("server", server.name()), figure.applyAsInt(server))));
        gauge.register(rows, true);
    }

    /** The longest queues by name, the others summed by server and status. */
    static List<MultiGauge.Row<?>> rows(List<QueueView> views) {
        List<QueueView> byLength = views.stream()
                .sorted(Comparator.comparingInt(QueueView::messages).reversed().thenComparing(QueueView::identity))
                .toList();
        Map<Tags, Integer> sums = new LinkedHashMap<>();
        for (int i = 0; i < byLength.size(); i++) {
            QueueView view = byLength.get(i);
            Tags tags = Tags.of(
                    "server",
                    view.identity().substring(0, view.identity().indexOf('\\')),
                    "queue",
                    i < MOST_QUEUES ? view.name() : OTHERS,
                    "status",
                    Fields.title(view.status().name()));
            sums.merge(tags, view.messages(), Integer::sum);
        }
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        sums.forEach((tags, sum) -> rows.add(MultiGauge.Row.of(tags, sum)));
        return rows;
    }

    @Override
    public void close() {
        unlisten.run();
        registry.close();
    }
}
