package org.bridgehead.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mailbox.Outbox;
import org.bridgehead.core.mailbox.Outbox.Waiting;
import org.bridgehead.core.smtp.HeaderReader;
import org.bridgehead.core.topology.Server;
import org.bridgehead.io.mailstore.OutboxStore;
import org.bridgehead.io.mailstore.OutboxStore.Kept;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Outbox of an embedded mailbox server: keeps what no hub takes and tries it again as {@link Outbox} decides, in a
 * thread of the organisation. It outlives kills of the server, with a data folder those of the process too. Safe for any
 * thread.
 */
final class MailboxOutbox {
    private static final Logger LOG = LoggerFactory.getLogger(MailboxOutbox.class);
    private static final MessageId NONE = new MessageId("<>");

    private final String server;
    private final OutboxStore store;
    private final Plant plant;
    private final Activity.Scope activity;
    private final Outbox outbox;
    private long last;
    private boolean running;

    private MailboxOutbox(String server, OutboxStore store, Plant plant) {
        this.server = server;
        this.store = store;
        this.plant = plant;
        this.activity = plant.activity().scope();
        this.outbox = new Outbox(plant.topology().settings().retry().glitchInterval());
    }

    /** That of a server; what it holds is tried when that starts. */
    static MailboxOutbox of(String server, OutboxStore store, Plant plant) throws IOException {
        MailboxOutbox box = new MailboxOutbox(server, store, plant);
        box.recover();
        return box;
    }

    private synchronized void recover() throws IOException {
        List<Waiting> letters = new ArrayList<>();
        for (Kept kept : store.recover()) {
            letters.add(new Waiting(kept.number(), kept.since(), kept.envelope(), "not tried since the restart"));
            last = kept.number();
        }
        outbox.recovered(letters, plant.clock().now());
    }

    String server() {
        return server;
    }

    /** A letter stays, on the disk when this returns; says so to who sent it. With a disk that fails, what the hubs said. */
    synchronized SendResult keep(Sender.Letter letter, Sender.Tried tried) {
        Envelope envelope = letter.mail().envelope();
        Kept kept = new Kept(last + 1, plant.clock().now(), envelope, letter.octets());
        try {
            store.keep(kept);
        } catch (IOException e) {
            LOG.error("the Outbox of {} takes nothing: {}", server, e.toString());
            return tried.result();
        }
        last++;
        outbox.keep(new Waiting(kept.number(), kept.since(), envelope, tried.why()), kept.since());
        if (outbox.waiting().size() == 1) {
            LOG.warn("{}: mail stays in the Outbox: {}", server, tried.why());
            arm();
        }
        MessageId id = HeaderReader.read(letter.octets(), NONE).messageId();
        return SendResult.staying(
                server,
                Optional.of(id.text()).filter(text -> !text.equals(NONE.text())),
                envelope.recipients().size(),
                tried.why());
    }

    /** The server runs: what waits is tried now. */
    synchronized void start() {
        running = true;
        hubUp();
    }

    /** The server is dead: what waits stays. */
    synchronized void stop() {
        running = false;
        outbox.stopped();
    }

    /** A hub of the site has started. */
    synchronized void hubUp() {
        outbox.hubUp(plant.clock().now());
        if (running && !outbox.waiting().isEmpty()) {
            if (plant.clock().turns().isPresent()) {
                arm();
            } else {
                round();
            }
        }
    }

    /** The next round begins when it is due; one that comes early finds that it is not. */
    private synchronized void arm() {
        outbox.due()
                .ifPresent(due -> plant.clock()
                        .turns()
                        .ifPresentOrElse(
                                turns -> turns.want(due, server, this::round),
                                () -> plant.clock().schedule(due, this::round)));
    }

    private synchronized void round() {
        if (!running) {
            return;
        }
        activity.begin();
        try {
            plant.pool().execute(this::goRound);
        } catch (RejectedExecutionException closing) {
            activity.end();
        }
    }

    private void goRound() {
        boolean whole = false;
        try {
            Optional<Waiting> letter = first();
            while (letter.isPresent()) {
                letter = tryOne(letter.get());
            }
            whole = true;
        } finally {
            if (!whole) {
                broken();
            }
            activity.end();
        }
    }

    /** By a bug; the next round comes all the same. */
    private synchronized void broken() {
        outbox.stopped();
        outbox.postpone(plant.clock().now());
        arm();
    }

    /** The first letter of a round. A server that is offline has no mailboxes that could send. */
    private synchronized Optional<Waiting> first() {
        Optional<Waiting> letter = running ? outbox.begin(plant.clock().now()) : Optional.empty();
        if (letter.isPresent() && plant.mailboxServer(server).store().isEmpty()) {
            nobody(letter.get(), server + " is offline");
            return Optional.empty();
        }
        return letter;
    }

    private Optional<Waiting> tryOne(Waiting letter) {
        Sender.Tried tried;
        try {
            Sender.Letter mail = Sender.Letter.of(letter.envelope(), octets(letter), false);
            tried = plant.sender().attempt(mail, plant.sender().turnsOf(server));
        } catch (IOException e) {
            LOG.error("{}: letter {} in the Outbox cannot be read: {}", server, letter.number(), e.toString());
            return settle(letter, List.of(), e.toString());
        }
        if (!tried.heard()) {
            nobody(letter, tried.why());
            return Optional.empty();
        }
        return settle(letter, tried.result().outcomes(), tried.why());
    }

    private synchronized byte[] octets(Waiting letter) throws IOException {
        return store.octets(letter.number());
    }

    private synchronized void nobody(Waiting letter, String why) {
        if (running) {
            outbox.nobody(letter.number(), why, plant.clock().now());
            arm();
        }
    }

    /**
     * A hub has answered.
     *
     * @param outcomes none = it could not be tried
     * @return the next letter of the round
     */
    private synchronized Optional<Waiting> settle(Waiting letter, List<RecipientOutcome> outcomes, String why) {
        if (!outcomes.isEmpty()) {
            remember(letter, outbox.tried(letter.number(), outcomes));
        }
        if (!running) {
            return Optional.empty();
        }
        Optional<Waiting> next = outbox.following(plant.clock().now());
        if (next.isEmpty()) {
            arm();
            LOG.info(
                    "{}: {} letters left in the Outbox, the last answer was: {}",
                    server,
                    outbox.waiting().size(),
                    why);
        }
        return next;
    }

    private void remember(Waiting letter, Optional<Waiting> rest) {
        try {
            if (rest.isEmpty()) {
                store.remove(letter.number());
            } else if (rest.get().envelope().recipients().size()
                    < letter.envelope().recipients().size()) {
                store.keep(new Kept(
                        letter.number(), letter.since(), rest.get().envelope(), store.octets(letter.number())));
            }
        } catch (IOException e) {
            LOG.error("{}: what a hub took may be sent again after a restart: {}", server, e.toString());
        }
    }

    /** What waits, oldest first. */
    private synchronized Collection<Waiting> waiting() {
        return List.copyOf(outbox.waiting());
    }

    int size() {
        return waiting().size();
    }

    synchronized OutboxState state() {
        Optional<Waiting> oldest = outbox.waiting().stream().findFirst();
        return new OutboxState(
                server,
                plant.topology().server(server).flatMap(Server::site),
                outbox.waiting().size(),
                oldest.map(Waiting::since),
                outbox.due(),
                oldest.map(Waiting::why).orElse(""));
    }

    /** A line on what has not been sent; none when nothing waits. */
    List<String> unsettled() {
        OutboxState now = state();
        return now.waiting() == 0
                ? List.of()
                : List.of(server + "\\Outbox: " + now.waiting() + (now.waiting() == 1 ? " message" : " messages") + " ("
                        + now.reason() + ")");
    }
}
