package org.bridgehead.whatif;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.scenario.Lag;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.smtp.Reply;

/**
 * Imagined connections: performs {@code Connect} and {@code Transmit}, and takes what clients hand in. A message passes
 * in three parts, and either server may die, or the way be cut, between them: its octets arrive, it is synced, the reply
 * arrives. One thread. Longer than most files: what may happen to a message between two servers is read in one place.
 */
final class Carrier {
    /** Subject of a status that speaks of the server (RFC 3463). */
    private static final int SERVER = 3;

    private static final EnhancedStatus CONNECTION_LOST = EnhancedStatus.of("4.4.2");
    private static final RecipientOutcome UNKNOWN =
            new RecipientOutcome.Unknown("connection lost before the final reply");
    private static final RecipientOutcome QUEUED = new RecipientOutcome.Delivered("2.0.0 queued");
    private static final RecipientOutcome TAKEN = new RecipientOutcome.Delivered("2.0.0 taken");

    private static final ConnectOutcome NO_GREETING =
            new ConnectOutcome.Unreachable("no greeting within " + Lag.GREETING.toMinutes() + " minutes");

    private final Timeline time;
    private final World world;
    private final Pace pace;
    private final Door door;
    private final VirtualMailboxes mailboxes;
    private final Observer observer;
    private final Crashes crashes;
    private final List<Passage> passages = new ArrayList<>();

    /** Ends the life of a server that a bug has stopped. */
    interface Crashes {
        /**
         * It has crashed.
         *
         * @param message what it was about to send on
         * @param suspect what its hub says that it was working on
         */
        void crashed(VirtualServer server, InternalId message, Optional<InternalId> suspect);
    }

    Carrier(
            Timeline time,
            World world,
            Pace pace,
            Door door,
            VirtualMailboxes mailboxes,
            Crashes crashes,
            Observer observer) {
        this.time = time;
        this.world = world;
        this.pace = pace;
        this.door = door;
        this.mailboxes = mailboxes;
        this.crashes = crashes;
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

    /** Slow answers are delays before the outcome (DECISIONS 6.1); nobody waits longer for a greeting than is usual. */
    void connect(VirtualServer server, HubEffect.Connect effect) {
        observer.connecting(server, effect.target());
        Duration lag = world.lag(effect.target());
        if (lag.compareTo(Lag.GREETING) > 0) {
            time.after(Lag.GREETING.toNanos(), server, () -> connected(server, effect, NO_GREETING));
        } else {
            time.after(lag.toNanos(), server, () -> dial(server, effect));
        }
    }

    private void connected(VirtualServer server, HubEffect.Connect effect, ConnectOutcome outcome) {
        observer.connected(server, effect.target(), outcome);
        time.answer(server, effect, (hub, now) -> hub.connected(effect.connection(), outcome, now));
    }

    private void dial(VirtualServer server, HubEffect.Connect effect) {
        time.after(pace.way(server), server, () -> {
            ConnectOutcome outcome = world.connect(server.name(), effect.target());
            if (outcome instanceof ConnectOutcome.Ready) {
                server.opened(
                        effect.connection(),
                        new VirtualServer.Connection(effect.target(), world.lifeOf(effect.target())));
            }
            time.after(pace.way(server), server, () -> connected(server, effect, outcome));
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
            observer.judged(to, trust, said);
            client.judged(said.byRecipient());
            take(to, said, passage, to, answer -> {
                passages.remove(passage);
                if (answer.accepted().isPresent()) {
                    observer.acknowledged(mail.state().id());
                } else {
                    client.judged(answer.byRecipient());
                }
                client.heard(outcomes(answer));
            });
        });
    }

    /** What was accepted goes to the disk of {@code to}, and then the reply arrives at {@code from}. */
    private void take(
            VirtualServer to, Door.Replies said, Passage passage, VirtualServer from, Consumer<Door.Replies> reply) {
        long back = pace.way(from);
        if (said.accepted().isEmpty()) {
            passage.state(Passage.State.REPLYING);
            time.after(back, from, () -> reply.accept(said));
            return;
        }
        passage.state(Passage.State.TAKING);
        SpoolRecord.Accepted accepted = said.accepted().get();
        time.onDisk(pace.disk(to, true), to, () -> {
            Handovers.Decision decision = to.decide(accepted);
            List<SpoolRecord> batch = decision.records();
            boolean kept = !to.failsSync();
            passage.state(Passage.State.REPLYING);
            if (kept) {
                if (!batch.isEmpty()) {
                    to.disk().write(batch, true);
                    observer.written(to, batch);
                }
                decision.repeated().ifPresent(known -> time.call(to, (hub, now) -> hub.repeated(known, now)));
                decision.accepted().ifPresent(fresh -> {
                    to.poisons().taken(fresh.id());
                    time.call(to, (hub, now) -> hub.submitted(fresh, now));
                });
            } else {
                to.disk().fail(batch);
            }
            if (passages.contains(passage)) {
                time.after(back, from, () -> reply.accept(kept ? said : said.notKept()));
            }
        });
    }

    /** To a server that takes its time, or to one that takes too much. */
    void transmit(VirtualServer server, HubEffect.Transmit effect) {
        Duration lag = world.lag(server.connection(effect.connection()).target());
        if (lag.compareTo(Lag.FINAL_REPLY) > 0) {
            time.after(Lag.FINAL_REPLY.toNanos(), server, () -> lost(server, effect));
        } else {
            time.after(lag.toNanos(), server, () -> send(server, effect));
        }
    }

    private void send(VirtualServer server, HubEffect.Transmit effect) {
        InternalId message = effect.transmission().copy().message();
        if (server.poisons().crashesWith(message)) {
            time.after(pace.way(server), server, () -> crash(server, effect));
            return;
        }
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

    /** A bug in what brings the outcome: one for each recipient was promised, and the hub cannot go on. */
    private void crash(VirtualServer server, HubEffect.Transmit effect) {
        server.answered(effect);
        Optional<InternalId> suspect = Optional.empty();
        boolean alive = false;
        try {
            server.hub().transmitted(effect.connection(), List.of(), true, time.clock(server));
            alive = true;
        } catch (IllegalStateException bug) {
            suspect = server.hub().suspect();
        }
        if (alive) {
            throw new IllegalStateException(server.name() + " goes on without knowing what became of " + effect);
        }
        crashes.crashed(server, effect.transmission().copy().message(), suspect);
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
        for (RecipientOutcome outcome : outcomes) {
            if (outcome instanceof RecipientOutcome.Deferred no && no.status().subject() == SERVER) {
                observer.pressed(server, server.connection(effect.connection()).target());
            }
        }
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
            Door.Replies judged = door.judge(to, Trust.SERVER, incoming, time.clock(to));
            observer.judged(to, Trust.SERVER, judged);
            take(to, judged, passage, from, replies -> {
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
