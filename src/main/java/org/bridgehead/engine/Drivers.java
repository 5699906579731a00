package org.bridgehead.engine;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.hub.HubEffect;
import org.bridgehead.core.hub.MxAnswer;
import org.bridgehead.core.hub.ReportMail;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs the effects of one hub that reach outside: connections, look-ups, reports, tracking. Returns at once; each
 * answer comes to the node's inbox later.
 */
final class Drivers implements Consumer<HubEffect> {
    private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);
    /** Chance, drawn once for the process: no other one gives its messages the same identities. */
    private static final long PROCESS = new SecureRandom().nextLong();

    private static final AtomicLong MESSAGES = new AtomicLong(new SecureRandom().nextLong());

    /** What all nodes share. */
    record Shared(
            Spool spool,
            Directory directory,
            MxResolver mx,
            ReportRenderer renderer,
            Consumer<TrackingEvent> tracking,
            EngineClock clock,
            ExecutorService pool,
            long maxAttachedToReport,
            Redelivered redelivered,
            HubAgents agents) {}

    /** Hears that a hub has carried out a redelivery request. */
    interface Redelivered {
        void by(String hub, long request, int messages);
    }

    /** Answers MX questions; may block. */
    interface MxResolver {
        MxAnswer resolve(String domain);
    }

    private final Shared shared;
    private final TreatmentDriver treatments;
    private HubNode node;
    private Outbound outbound;

    @SuppressWarnings("NullAway.Init") // node and drivers know each other; bound before the node starts
    Drivers(Shared shared) {
        this.shared = shared;
        this.treatments = new TreatmentDriver(shared);
    }

    void bind(HubNode to, Outbound connections) {
        node = to;
        outbound = connections;
    }

    @Override
    public void accept(HubEffect effect) {
        if (effect instanceof HubEffect.Connect connect) {
            outbound.connect(connect);
        } else if (effect instanceof HubEffect.Transmit transmit) {
            outbound.transmit(transmit);
        } else if (effect instanceof HubEffect.Close close) {
            outbound.close(close);
        } else if (effect instanceof HubEffect.Track track) {
            shared.tracking().accept(track.event());
        } else if (effect instanceof HubEffect.Redelivered done) {
            shared.redelivered().by(node.name(), done.request(), done.messages());
        } else if (effect instanceof HubEffect.LookUp lookUp) {
            answer(() -> {
                Page page = shared.directory().ask(lookUp.questions(), lookUp.cursor());
                return (hub, now) -> hub.answered(lookUp.id(), page, now);
            });
        } else if (effect instanceof HubEffect.Pause pause) {
            node.postLast((hub, now) -> hub.resumed(pause.id(), now));
        } else if (effect instanceof HubEffect.ResolveMx resolve) {
            answer(() -> {
                MxAnswer mx = shared.mx().resolve(resolve.domain());
                return (hub, now) -> hub.resolved(resolve.id(), mx, now);
            });
        } else if (effect instanceof HubEffect.Consult consult) {
            consult(consult);
        } else if (effect instanceof HubEffect.Report report) {
            answer(() -> {
                Optional<SpoolRecord.Accepted> rendered = render(report.report());
                return (hub, now) -> hub.reported(report.id(), rendered, now);
            });
        } else if (effect instanceof HubEffect.Treat treat) {
            answer(() -> {
                List<SpoolRecord.Accepted> made = treatments.make(treat.order());
                return (hub, now) -> hub.treated(treat.id(), made, now);
            });
        } else {
            throw new IllegalStateException("no driver performs " + effect);
        }
    }

    private void consult(HubEffect.Consult consult) {
        node.activity().begin();
        SpoolBody body = new SpoolBody(shared.spool(), consult.copy().body());
        shared.agents().ask(new HubAgent.Case(node.name(), consult.stage(), consult.copy(), body), verdict -> {
            node.post((hub, now) -> hub.consulted(consult.id(), verdict, now));
            node.activity().end();
        });
    }

    private interface Work {
        HubNode.Input run();
    }

    private void answer(Work work) {
        node.activity().begin();
        shared.pool().execute(() -> {
            node.bring(List.of(work.run()));
            node.activity().end();
        });
    }

    private Optional<SpoolRecord.Accepted> render(DeliveryReport report) {
        Spool spool = shared.spool();
        Shard shard = new Shard(node.name());
        Instant now = shared.clock().now();
        TransportId id = newTransportId();
        try {
            SpoolRecord.Accepted original = spool.load(shard, report.about())
                    .orElseThrow(() -> new IOException("message " + report.about() + " is not in the spool"))
                    .accepted();
            InternalId number = spool.allocate(shard);
            BodyRef body;
            try (InputStream octets = shared.renderer()
                    .render(report, id, now, new SpoolBody(spool, original.body()), shared.maxAttachedToReport())) {
                body = spool.body(octets);
            }
            return Optional.of(ReportMail.of(
                    report,
                    number,
                    id,
                    shared.renderer().messageId(report, id),
                    body,
                    original.facts().header().eightBit(),
                    now));
        } catch (IOException e) {
            LOG.warn("{}: a report on {} cannot be written now: {}", node.name(), report.original(), e.toString());
            return Optional.empty();
        }
    }

    static TransportId newTransportId() {
        return new TransportId(PROCESS, MESSAGES.incrementAndGet());
    }
}
