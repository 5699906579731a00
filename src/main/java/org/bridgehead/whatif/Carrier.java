package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.Admission.Refusal;
import org.bridgehead.core.hub.Admission.Trust;
import org.bridgehead.core.hub.ConnectOutcome;
import org.bridgehead.core.hub.Handovers;
import org.bridgehead.core.hub.HubEffect;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.Target;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.smtp.Reply;

/**
 * Imagined connections: performs {@code Connect} and {@code Transmit}, and takes what clients hand in. A message passes
 * in three parts, and either server may die, or the way be cut, between them: its octets arrive, it is synced, the reply
 * arrives. One thread.
 */
final class Carrier {
    private static final EnhancedStatus CONNECTION_LOST = EnhancedStatus.of("4.4.2");
    private static final RecipientOutcome UNKNOWN =
            new RecipientOutcome.Unknown("connection lost before the final reply");
    private static final RecipientOutcome QUEUED = new RecipientOutcome.Delivered("2.0.0 queued");
    private static final RecipientOutcome TAKEN = new RecipientOutcome.Delivered("2.0.0 taken");

    private final Timeline time;
    private final World world;
    private final Pace pace;
    private final Door door;
    private final VirtualMailboxes mailboxes;
    private final Observer observer;
    private final List<Passage> passages = new ArrayList<>();

    Carrier(Timeline time, World world, Pace pace, Door door, VirtualMailboxes mailboxes, Observer observer) {
        this.time = time;
        this.world = world;
        this.pace = pace;
        this.door = door;
        this.mailboxes = mailboxes;
        this.observer = observer;
    }

    /** Messages on their way into hubs and edges. */
    List<Passage> passages() {
        return Collections.unmodifiableList(passages);
    }

    private Passage begin(Optional<VirtualServer> from, VirtualServer to) {
        Passage passage = new Passage(from, to);
        passages.add(passage);
        return passage;
    }

    /** A server has died: who was sending to it hears no reply. */
    void died(VirtualServer server) {
        passages.removeIf(passage -> passage.isFrom(server));
        List<Passage> cut = passages.stream()
                .filter(passage ->
                        passage.isTo(server) && (passage.isFromClient() || passage.state() == Passage.State.TAKING))
                .toList();
        passages.removeAll(cut);
        cut.forEach(Passage::cut);
    }

    void connect(VirtualServer server, HubEffect.Connect effect) {
        time.after(pace.way(server), server, () -> {
            ConnectOutcome outcome = world.connect(server.name(), effect.target());
            if (outcome instanceof ConnectOutcome.Ready) {
                server.opened(
                        effect.connection(),
                        new VirtualServer.Connection(effect.target(), world.lifeOf(effect.target())));
            }
            time.after(
                    pace.way(server),
                    server,
                    () -> time.answer(server, effect, (hub, now) -> hub.connected(effect.connection(), outcome, now)));
        });
    }

    /** Who hands in a message. */
    interface Client {
        /** What will be said to each recipient, before that is heard. */
        void judged(List<Optional<Refusal>> replies);

        /** It was heard. */
        default void heard(List<RecipientOutcome> outcomes) {}

        /** The server died before. */
        default void cut() {}
    }

    /** A client hands in a message. */
    void fromClient(VirtualServer to, Trust trust, Door.Incoming mail, Client client) {
        Passage passage = begin(Optional.empty(), to);
        passage.onCut(client::cut);
        time.after(pace.message(to, mail.size()), to, () -> {
            Door.Replies said = door.judge(to, trust, mail, time.clock(to));
            client.judged(said.byRecipient());
            take(to, said.accepted(), passage, to, () -> {
                passages.remove(passage);
                if (said.accepted().isPresent()) {
                    observer.acknowledged(mail.state().id());
                }
                client.heard(outcomes(said));
            });
        });
    }

    /** What was accepted goes to the disk of {@code to}, and then the reply arrives at {@code from}. */
    private void take(
            VirtualServer to,
            Optional<SpoolRecord.Accepted> accepted,
            Passage passage,
            VirtualServer from,
            Runnable reply) {
        long back = pace.way(from);
        if (accepted.isEmpty()) {
            passage.state(Passage.State.REPLYING);
            time.after(back, from, reply);
            return;
        }
        passage.state(Passage.State.TAKING);
        time.onDisk(pace.disk(to, true), to, () -> {
            Handovers.Decision decision = to.decide(accepted.get());
            List<SpoolRecord> batch = decision.records();
            if (!batch.isEmpty()) {
                to.disk().write(batch, true);
                observer.written(to, batch);
            }
            passage.state(Passage.State.REPLYING);
            decision.repeated().ifPresent(known -> time.call(to, (hub, now) -> hub.repeated(known, now)));
            decision.accepted().ifPresent(fresh -> time.call(to, (hub, now) -> hub.submitted(fresh, now)));
            if (passages.contains(passage)) {
                time.after(back, from, reply);
            }
        });
    }

    void transmit(VirtualServer server, HubEffect.Transmit effect) {
        VirtualServer.Connection connection = server.connection(effect.connection());
        Target target = connection.target();
        Optional<Mishap> mishap = isBroken(server, connection)
                ? Optional.of(new Mishap.LoseConnection())
                : world.mishaps().atMessage(target.displayName()).or(() -> byChance(server));
        if (mishap.isPresent() && !(mishap.get() instanceof Mishap.LoseReply)) {
            time.after(pace.way(server), server, () -> without(server, effect, mishap.get()));
        } else if (target instanceof Target.Peer peer) {
            toPeer(server, effect, connection, world.server(peer.server()), mishap.isPresent());
        } else {
            toStore(server, effect, connection, mishap.isPresent());
        }
    }

    private Optional<Mishap> byChance(VirtualServer server) {
        return switch (pace.luck(server)) {
            case GOOD -> Optional.empty();
            case BROKEN -> Optional.of(new Mishap.LoseConnection());
            case UNANSWERED -> Optional.of(new Mishap.LoseReply());
        };
    }

    private boolean isBroken(VirtualServer server, VirtualServer.Connection connection) {
        return world.isBroken(server.name(), connection);
    }

    private void without(VirtualServer server, HubEffect.Transmit effect, Mishap mishap) {
        String words = mishap.spoken().map(Reply::toString).orElse("");
        if (mishap instanceof Mishap.Defer defer) {
            answer(server, effect, new RecipientOutcome.Deferred(defer.status(), words), true);
        } else if (mishap instanceof Mishap.Bounce bounce) {
            answer(server, effect, new RecipientOutcome.Bounced(bounce.status(), words), true);
        } else {
            lost(server, effect);
        }
    }

    private void lost(VirtualServer server, HubEffect.Transmit effect) {
        answer(server, effect, new RecipientOutcome.Deferred(CONNECTION_LOST, "connection lost"), false);
    }

    private void unanswered(VirtualServer server, HubEffect.Transmit effect) {
        observer.unanswered(
                effect.transmission().state().id(),
                effect.transmission().envelope().recipients());
        answer(server, effect, UNKNOWN, false);
    }

    /** Refusals come before the message and are heard; what became of it is not. */
    private void unheard(VirtualServer server, HubEffect.Transmit effect, List<RecipientOutcome> outcomes) {
        Transmission mail = effect.transmission();
        List<Recipient> inDoubt = new ArrayList<>();
        List<RecipientOutcome> heard = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            boolean taken = outcomes.get(i) instanceof RecipientOutcome.Delivered;
            heard.add(taken ? UNKNOWN : outcomes.get(i));
            if (taken) {
                inDoubt.add(mail.envelope().recipients().get(i));
            }
        }
        observer.unanswered(mail.state().id(), inDoubt);
        answer(server, effect, heard, false);
    }

    private void answer(VirtualServer server, HubEffect.Transmit effect, RecipientOutcome all, boolean usable) {
        answer(server, effect, Lists.map(effect.transmission().envelope().recipients(), recipient -> all), usable);
    }

    private void answer(
            VirtualServer server, HubEffect.Transmit effect, List<RecipientOutcome> outcomes, boolean usable) {
        time.answer(server, effect, (hub, now) -> hub.transmitted(effect.connection(), outcomes, usable, now));
    }

    /** To a mailbox server or somebody outside: they have no disk that could fail here. */
    private void toStore(
            VirtualServer server, HubEffect.Transmit effect, VirtualServer.Connection connection, boolean losesReply) {
        Transmission mail = effect.transmission();
        time.after(pace.message(server, mail.body().size()), server, () -> {
            if (isBroken(server, connection)) {
                lost(server, effect);
                return;
            }
            List<RecipientOutcome> outcomes = store(connection.target(), mail);
            server.settling(1);
            time.after(pace.way(server), server, () -> {
                server.settling(-1);
                if (isBroken(server, connection)) {
                    unanswered(server, effect);
                } else if (losesReply && outcomes.stream().anyMatch(RecipientOutcome.Delivered.class::isInstance)) {
                    unheard(server, effect, outcomes);
                } else {
                    answer(server, effect, outcomes, true);
                }
            });
        });
    }

    private List<RecipientOutcome> store(Target target, Transmission mail) {
        if (target instanceof Target.Mailbox mailbox) {
            return mailboxes.store(mailbox.server(), mail);
        }
        mailboxes.takeOutside(target.displayName(), mail);
        return Lists.map(mail.envelope().recipients(), recipient -> TAKEN);
    }

    private void toPeer(
            VirtualServer from,
            HubEffect.Transmit effect,
            VirtualServer.Connection connection,
            VirtualServer to,
            boolean losesReply) {
        Transmission mail = effect.transmission();
        Passage passage = begin(Optional.of(from), to);
        passage.onCut(() -> time.after(pace.way(from), from, () -> unanswered(from, effect)));
        time.after(pace.message(from, mail.body().size()), from, () -> {
            if (isBroken(from, connection)) {
                passages.remove(passage);
                lost(from, effect);
                return;
            }
            Door.Incoming incoming = new Door.Incoming(
                    mail.envelope(),
                    mail.state(),
                    mail.header().withLine(),
                    mail.body().size(),
                    "server " + from.name(),
                    Optional.of(new Handover(
                            from.name(), new Handover.Mark(from.disk().identity(), mail.copy()))));
            Door.Replies replies = door.judge(to, Trust.SERVER, incoming, time.clock(to));
            take(to, replies.accepted(), passage, from, () -> {
                passages.remove(passage);
                if (isBroken(from, connection)) {
                    unanswered(from, effect);
                } else if (losesReply && replies.accepted().isPresent()) {
                    unheard(from, effect, outcomes(replies));
                } else {
                    answer(from, effect, outcomes(replies), true);
                }
            });
        });
    }

    private static List<RecipientOutcome> outcomes(Door.Replies replies) {
        return Lists.map(
                replies.byRecipient(), refusal -> refusal.map(Carrier::refused).orElse(QUEUED));
    }

    private static RecipientOutcome refused(Refusal refusal) {
        return refusal.code() < 500
                ? new RecipientOutcome.Deferred(refusal.status(), refusal.line())
                : new RecipientOutcome.Bounced(refusal.status(), refusal.line());
    }
}
