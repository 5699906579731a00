package org.bridgehead.whatif;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bridgehead.core.hub.AgentVerdict;
import org.bridgehead.core.hub.HubEffect;
import org.bridgehead.core.hub.MxAnswer;
import org.bridgehead.core.hub.Recalled;
import org.bridgehead.core.hub.ReportMail;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StoredMessage;
import org.bridgehead.core.hub.TreatedMail;
import org.bridgehead.core.hub.TreatmentOrder;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.DsnReturn;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.JournalRule;

/** Does in the imagined world what the drivers do in the real one: performs one effect, and answers it. */
final class Performer implements Timeline.Performing {
    /** Octets of a report without what it quotes. */
    private static final long REPORT_SIZE = 2000;
    /** Octets that rules add to a message. */
    private static final long CHANGE_SIZE = 300;

    private final Timeline time;
    private final World world;
    private final Pace pace;
    private final VirtualControllers directory;
    private final Carrier carrier;
    private final VirtualRedeliveries redeliveries;
    private final Observer observer;
    private final Supplier<TransportId> ids;

    Performer(
            Timeline time,
            World world,
            Pace pace,
            VirtualControllers directory,
            Carrier carrier,
            VirtualRedeliveries redeliveries,
            Observer observer,
            Supplier<TransportId> ids) {
        this.time = time;
        this.world = world;
        this.pace = pace;
        this.directory = directory;
        this.carrier = carrier;
        this.redeliveries = redeliveries;
        this.observer = observer;
        this.ids = ids;
    }

    @Override
    public void perform(VirtualServer server, HubEffect effect) {
        // Those that are wanted most often come first.
        if (effect instanceof HubEffect.Track track) {
            observer.tracked(track.event());
        } else if (effect instanceof HubEffect.Persist persist) {
            persist(server, persist);
        } else if (effect instanceof HubEffect.Transmit transmit) {
            carrier.transmit(server, transmit);
        } else if (effect instanceof HubEffect.LookUp lookUp) {
            lookUp(server, lookUp);
        } else if (effect instanceof HubEffect.WakeAt wake) {
            time.wake(server, wake.at());
        } else if (effect instanceof HubEffect.Connect connect) {
            carrier.connect(server, connect);
        } else if (effect instanceof HubEffect.Close close) {
            server.closed(close.connection());
        } else if (effect instanceof HubEffect.Load load) {
            time.onDisk(pace.disk(server, false), server, () -> {
                List<StoredMessage> found = load.copies().stream()
                        .flatMap(copy -> server.disk().load(copy.message()).stream())
                        .toList();
                time.answer(server, load, (hub, now) -> hub.loaded(found, now));
            });
        } else {
            ask(server, effect);
        }
    }

    /**
     * The answer comes a moment behind the write, so that a server may die in between; where nothing waits for it, that
     * would make no difference.
     */
    private void persist(VirtualServer server, HubEffect.Persist persist) {
        int settling = settles(persist.records()) ? 1 : 0;
        server.settling(settling);
        time.onDisk(pace.disk(server, persist.synced()), server, () -> {
            server.settling(-settling);
            boolean refused = server.refusesBatch(persist.synced());
            if (!refused) {
                server.disk().write(persist.records(), persist.synced());
                observer.written(server, persist.records());
            }
            Optional<String> failure = refused ? Optional.of("the disk refuses") : Optional.empty();
            long moment = pace.directory(server);
            time.after(
                    refused || server.hub().awaits(persist.batch()) ? moment : 0,
                    server,
                    () -> time.answer(server, persist, (hub, now) -> hub.persisted(persist.batch(), failure, now)));
        });
    }

    private static boolean settles(List<SpoolRecord> records) {
        for (SpoolRecord record : records) {
            if (record instanceof SpoolRecord.Settled) {
                return true;
            }
        }
        return false;
    }

    private void lookUp(VirtualServer server, HubEffect.LookUp effect) {
        VirtualControllers.Reply reply = directory.ask(server, effect.questions(), effect.cursor(), time.now());
        time.after(
                reply.nanos(),
                server,
                () -> time.answer(server, effect, (hub, now) -> hub.answered(effect.id(), reply.page(), now)));
    }

    private void recall(VirtualServer server, HubEffect.Recall recall) {
        time.onDisk(pace.disk(server, false), server, () -> {
            List<Recalled> found = server.disk().dumpster().items(recall.storageGroup(), recall.sequences()).stream()
                    .map(held -> new Recalled(held, server.disk().allocate()))
                    .toList();
            time.answer(server, recall, (hub, now) -> hub.recalled(recall.request(), found, now));
        });
    }

    private void ask(VirtualServer server, HubEffect effect) {
        if (effect instanceof HubEffect.Recall recall) {
            recall(server, recall);
        } else if (effect instanceof HubEffect.Redelivered done) {
            redeliveries.answered(done.request());
            observer.redelivered(server, done.request(), done.messages());
        } else if (effect instanceof HubEffect.Pause pause) {
            time.answer(server, pause, (hub, now) -> hub.resumed(pause.id(), now));
        } else if (effect instanceof HubEffect.ResolveMx resolve) {
            time.after(pace.directory(server), server, () -> {
                MxAnswer answer = world.internet().resolve(resolve.domain());
                time.answer(server, effect, (hub, now) -> hub.resolved(resolve.id(), answer, now));
            });
        } else if (effect instanceof HubEffect.Consult consult) {
            time.answer(server, effect, (hub, now) -> hub.consulted(consult.id(), new AgentVerdict.Continue(), now));
        } else if (effect instanceof HubEffect.Treat treat) {
            time.onDisk(pace.disk(server, false), server, () -> {
                List<SpoolRecord.Accepted> made = server.refusesWrites() ? List.of() : treat(server, treat.order());
                time.answer(server, effect, (hub, now) -> hub.treated(treat.id(), made, now));
            });
        } else {
            HubEffect.Report report = (HubEffect.Report) effect;
            time.onDisk(pace.disk(server, false), server, () -> {
                Optional<SpoolRecord.Accepted> rendered = server.disk()
                        .accepted(report.report().about())
                        .filter(subject -> !server.refusesWrites())
                        .map(subject -> render(server, report.report(), subject));
                time.answer(server, effect, (hub, now) -> hub.reported(report.id(), rendered, now));
            });
        }
    }

    private List<SpoolRecord.Accepted> treat(VirtualServer server, TreatmentOrder order) {
        SpoolRecord.Accepted original = server.disk()
                .accepted(order.about())
                .orElseThrow(() -> new IllegalStateException("no message " + order.about() + " on the disk"));
        Instant now = time.clock(server);
        InternalId number = server.disk().allocate();
        BodyRef body = order.rules().isEmpty()
                ? original.body()
                : new BodyRef(server.name() + "/" + number, original.body().size() + CHANGE_SIZE);
        List<SpoolRecord.Accepted> made = new ArrayList<>();
        made.add(TreatedMail.successor(original, order, number, body, now));
        for (JournalRule rule : order.journals()) {
            InternalId report = server.disk().allocate();
            TransportId id = ids.get();
            BodyRef octets = new BodyRef(server.name() + "/" + report, body.size() + REPORT_SIZE);
            observer.journaled(server, id, rule, made.get(0));
            made.add(TreatedMail.journal(rule, report, id, octets, made.get(0), now));
        }
        return made;
    }

    /** What a dumpster keeps depends on it. */
    private static long quoted(DeliveryReport report, SpoolRecord.Accepted subject) {
        boolean failed = report.recipients().stream().anyMatch(line -> line.action() == DeliveryReport.Action.FAILED);
        return report.returns() == DsnReturn.FULL && failed ? subject.body().size() : 0;
    }

    private SpoolRecord.Accepted render(VirtualServer server, DeliveryReport report, SpoolRecord.Accepted subject) {
        InternalId id = server.disk().allocate();
        TransportId transport = ids.get();
        observer.reported(transport, subject.facts().state().id(), report);
        return ReportMail.of(
                report,
                id,
                transport,
                new MessageId("<" + transport + "@" + server.name() + ">"),
                new BodyRef(server.name() + "/" + id, REPORT_SIZE + quoted(report, subject)),
                false,
                time.clock(server));
    }
}
