package org.bridgehead.whatif;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.hub.Admission.Refusal;
import org.bridgehead.core.hub.Admission.Trust;
import org.bridgehead.core.hub.AgentVerdict;
import org.bridgehead.core.hub.BuiltInInternet;
import org.bridgehead.core.hub.ConnectOutcome;
import org.bridgehead.core.hub.Hub;
import org.bridgehead.core.hub.HubEffect;
import org.bridgehead.core.hub.ReportMail;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StoredMessage;
import org.bridgehead.core.hub.Target;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.smtp.Reply;

/** Does in the imagined world what the drivers do in the real one: performs one effect, and answers it. */
final class Performer {
    private static final EnhancedStatus CONNECTION_LOST = EnhancedStatus.of("4.4.2");

    /** Octets of a report without what it quotes. */
    private static final long REPORT_SIZE = 2000;

    /** The organisation that the performer works for. */
    interface Host {
        Instant now();

        TransportId newTransportId();

        void tracked(TrackingEvent event);

        /** A server wants to be called at a time of its own clock. */
        void wake(VirtualServer server, Instant at);

        /** A server's hub is called, and wants these things done. */
        void call(VirtualServer server, Function<Hub, List<HubEffect>> call);
    }

    private record Sent(List<RecipientOutcome> outcomes, boolean usable) {}

    private final Host host;
    private final World world;
    private final Directory directory;
    private final Door door;
    private final VirtualMailboxes mailboxes;

    Performer(Host host, World world, Directory directory, Door door, VirtualMailboxes mailboxes) {
        this.host = host;
        this.world = world;
        this.directory = directory;
        this.door = door;
        this.mailboxes = mailboxes;
    }

    void perform(VirtualServer server, HubEffect effect) {
        Instant now = host.now();
        if (effect instanceof HubEffect.Persist persist) {
            Optional<String> refusal = server.refusal();
            if (refusal.isEmpty()) {
                server.disk().write(persist.records(), persist.synced());
            }
            server.writeAnswered();
            host.call(server, hub -> hub.persisted(persist.batch(), refusal, now));
        } else if (effect instanceof HubEffect.Load load) {
            List<StoredMessage> found = load.copies().stream()
                    .flatMap(copy -> server.disk().load(copy.message()).stream())
                    .toList();
            host.call(server, hub -> hub.loaded(found, now));
        } else if (effect instanceof HubEffect.Connect connect) {
            connect(server, connect);
        } else if (effect instanceof HubEffect.Transmit transmit) {
            Sent sent = transmit(server, transmit);
            host.call(server, hub -> hub.transmitted(transmit.connection(), sent.outcomes(), sent.usable(), now));
        } else if (effect instanceof HubEffect.Close close) {
            server.closed(close.connection());
        } else {
            ask(server, effect, now);
        }
    }

    private void ask(VirtualServer server, HubEffect effect, Instant now) {
        if (effect instanceof HubEffect.LookUp lookUp) {
            host.call(
                    server, hub -> hub.answered(lookUp.id(), directory.ask(lookUp.questions(), lookUp.cursor()), now));
        } else if (effect instanceof HubEffect.ResolveMx resolve) {
            BuiltInInternet internet = BuiltInInternet.of(world.topology().internet());
            host.call(server, hub -> hub.resolved(resolve.id(), internet.resolve(resolve.domain()), now));
        } else if (effect instanceof HubEffect.Consult consult) {
            host.call(server, hub -> hub.consulted(consult.id(), new AgentVerdict.Continue(), now));
        } else if (effect instanceof HubEffect.Report report) {
            Optional<SpoolRecord.Accepted> rendered =
                    server.refusesWrites() ? Optional.empty() : Optional.of(render(server, report.report()));
            host.call(server, hub -> hub.reported(report.id(), rendered, now));
        } else if (effect instanceof HubEffect.Track track) {
            host.tracked(track.event());
        } else {
            host.wake(server, ((HubEffect.WakeAt) effect).at());
        }
    }

    private void connect(VirtualServer server, HubEffect.Connect effect) {
        ConnectOutcome outcome = world.connect(server.name(), effect.target());
        if (outcome instanceof ConnectOutcome.Ready) {
            server.opened(
                    effect.connection(), new VirtualServer.Connection(effect.target(), world.lifeOf(effect.target())));
        }
        host.call(server, hub -> hub.connected(effect.connection(), outcome, host.now()));
    }

    private Sent transmit(VirtualServer server, HubEffect.Transmit effect) {
        VirtualServer.Connection connection = server.connection(effect.connection());
        Target target = connection.target();
        Transmission mail = effect.transmission();
        boolean broken = world.obstacle(server.name(), target).isPresent() || world.lifeOf(target) != connection.life();
        if (broken) {
            return lost(mail);
        }
        Optional<Mishap> mishap = world.mishaps().atMessage(target.displayName());
        if (mishap.isEmpty()) {
            return new Sent(handOver(server, target, mail), true);
        }
        return mishap.get() instanceof Mishap.LoseReply
                ? unheard(handOver(server, target, mail))
                : without(mail, mishap.get());
    }

    /** Refusals come before the message and are heard; a connection breaks only where something was taken. */
    private static Sent unheard(List<RecipientOutcome> outcomes) {
        RecipientOutcome unknown = new RecipientOutcome.Unknown("connection lost before the final reply");
        return new Sent(
                outcomes.stream()
                        .map(outcome -> outcome instanceof RecipientOutcome.Delivered ? unknown : outcome)
                        .toList(),
                outcomes.stream().noneMatch(RecipientOutcome.Delivered.class::isInstance));
    }

    private static Sent without(Transmission mail, Mishap mishap) {
        String words = mishap.spoken().map(Reply::toString).orElse("");
        if (mishap instanceof Mishap.Defer defer) {
            return new Sent(all(mail, new RecipientOutcome.Deferred(defer.status(), words)), true);
        }
        return mishap instanceof Mishap.Bounce bounce
                ? new Sent(all(mail, new RecipientOutcome.Bounced(bounce.status(), words)), true)
                : lost(mail);
    }

    private static Sent lost(Transmission mail) {
        return new Sent(all(mail, new RecipientOutcome.Deferred(CONNECTION_LOST, "connection lost")), false);
    }

    private static List<RecipientOutcome> all(Transmission mail, RecipientOutcome outcome) {
        return mail.envelope().recipients().stream().map(recipient -> outcome).toList();
    }

    /** The target takes the message; one reply per recipient. */
    private List<RecipientOutcome> handOver(VirtualServer from, Target target, Transmission mail) {
        if (target instanceof Target.Peer peer) {
            return toPeer(from, world.server(peer.server()), mail);
        }
        if (target instanceof Target.Mailbox mailbox) {
            mailboxes.store(mailbox.server(), mail, host.now());
        } else {
            mailboxes.takeOutside(target.displayName(), mail, host.now());
        }
        return all(mail, new RecipientOutcome.Delivered("2.0.0 taken"));
    }

    private List<RecipientOutcome> toPeer(VirtualServer from, VirtualServer to, Transmission mail) {
        Door.Incoming incoming = new Door.Incoming(
                mail.envelope(),
                mail.state(),
                withLine(mail.header()),
                mail.body().size(),
                "server " + from.name());
        Door.Replies replies = door.take(to, Trust.SERVER, incoming, host.now());
        replies.accepted().ifPresent(message -> host.call(to, hub -> hub.submitted(message, host.now())));
        return replies.byRecipient().stream()
                .map(refusal ->
                        refusal.map(Performer::refused).orElseGet(() -> new RecipientOutcome.Delivered("2.0.0 queued")))
                .toList();
    }

    private static RecipientOutcome refused(Refusal refusal) {
        return refusal.code() < 500
                ? new RecipientOutcome.Deferred(refusal.status(), refusal.line())
                : new RecipientOutcome.Bounced(refusal.status(), refusal.line());
    }

    private static HeaderFacts withLine(HeaderFacts header) {
        return new HeaderFacts(
                header.messageId(),
                header.subject(),
                header.receivedLines() + 1,
                header.eightBit(),
                header.utf8Header(),
                header.autoSubmitted());
    }

    private SpoolRecord.Accepted render(VirtualServer server, DeliveryReport report) {
        InternalId id = server.disk().allocate();
        TransportId transport = host.newTransportId();
        return ReportMail.of(
                report,
                id,
                transport,
                new MessageId("<" + transport + "@" + server.name() + ">"),
                new BodyRef(server.name() + "/" + id, REPORT_SIZE),
                false,
                host.now());
    }
}
