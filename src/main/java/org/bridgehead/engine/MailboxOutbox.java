package org.bridgehead.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.bridgehead.core.hub.OutboxMail;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.mailbox.Outbox;
import org.bridgehead.core.mailbox.Outbox.Settled;
import org.bridgehead.core.mailbox.Outbox.Waiting;
import org.bridgehead.core.smtp.HeaderReader;
import org.bridgehead.core.topology.Server;
import org.bridgehead.io.mailstore.OutboxStore;
import org.bridgehead.io.mailstore.OutboxStore.Kept;
import org.bridgehead.io.net.BodySource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Outbox of an embedded mailbox server: keeps what no hub takes and tries it again as {@link Outbox} decides, in a
 * thread of the organisation; writes the reports on what no hub will ever take. It outlives kills of the server, with a
 * data folder those of the process too. Safe for any thread. Longer than most files: memory, disk and log change together.
 */
final class MailboxOutbox {
    private static final Logger LOG = LoggerFactory.getLogger(MailboxOutbox.class);

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
        this.outbox =
                new Outbox(server, OutboxMail.patience(() -> plant.topology().settings()));
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
            letters.add(waiting(kept, "not tried since the restart"));
            last = kept.number();
        }
        outbox.recovered(letters, plant.clock().now());
    }

    String server() {
        return server;
    }

    /** A letter as the log knows it. */
    private Waiting waiting(Kept kept, String why) {
        MessageId substitute = mail().messageId(kept.number(), kept.since());
        return new Waiting(
                kept.number(),
                kept.since(),
                kept.envelope(),
                HeaderReader.read(kept.octets(), substitute).messageId(),
                kept.octets().length,
                HeaderReader.priority(kept.octets()),
                why);
    }

    private OutboxMail mail() {
        return new OutboxMail(server, plant.topology().server(server).flatMap(Server::site));
    }

    /** A letter stays, on the disk when this returns; says so to who sent it. With a disk that fails, what the hubs said. */
    synchronized SendResult keep(Sender.Letter letter, Sender.Tried tried) {
        Envelope envelope = letter.mail().envelope();
        Instant now = plant.clock().now();
        Waiting waiting;
        try {
            waiting = keep(envelope, named(letter.octets(), now), now, tried.why());
        } catch (IOException e) {
            LOG.error("the Outbox of {} takes nothing: {}", server, e.toString());
            return tried.result();
        }
        plant.tracking().write(mail().stays(waiting, OutboxMail.status(tried.first()), now));
        if (outbox.waiting().size() == 1) {
            LOG.warn("{}: mail stays in the Outbox: {}", server, tried.why());
            arm();
        }
        return SendResult.staying(
                server, waiting.messageId().text(), envelope.recipients().size(), tried.why());
    }

    /** With a Message-ID, by which people can ask for it. */
    private byte[] named(byte[] octets, Instant now) {
        byte[] field = HeaderReader.missingMessageId(octets, mail().messageId(last + 1, now))
                .getBytes(StandardCharsets.US_ASCII);
        byte[] named = Arrays.copyOf(field, field.length + octets.length);
        System.arraycopy(octets, 0, named, field.length, octets.length);
        return named;
    }

    private Waiting keep(Envelope envelope, byte[] octets, Instant now, String why) throws IOException {
        Kept kept = new Kept(last + 1, now, envelope, octets);
        store.keep(kept);
        last++;
        Waiting waiting = waiting(kept, why);
        outbox.keep(waiting, now);
        return waiting;
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
            return settle(letter, List.of(), Optional.empty(), e.toString());
        }
        if (!tried.reached() && tried.stays()) {
            nobody(letter, tried.why());
            return Optional.empty();
        }
        SendResult result = tried.result();
        return settle(letter, result.outcomes(), Optional.of(result.server()), tried.why());
    }

    private synchronized byte[] octets(Waiting letter) throws IOException {
        return store.octets(letter.number());
    }

    private synchronized void nobody(Waiting letter, String why) {
        if (running) {
            outbox.nobody(letter.number(), why, plant.clock().now());
            ended();
        }
    }

    /** A round is over: what has waited too long is given up, and the next one comes in its time. */
    private void ended() {
        for (Waiting letter : outbox.overdue(plant.clock().now())) {
            remember(letter, outbox.tried(letter.number(), Outbox.expired(letter), Optional.empty()), Optional.empty());
        }
        arm();
    }

    /**
     * A hub has answered.
     *
     * @param outcomes none = it could not be tried
     * @param hub which; empty = none
     * @return the next letter of the round
     */
    private synchronized Optional<Waiting> settle(
            Waiting letter, List<RecipientOutcome> outcomes, Optional<String> hub, String why) {
        if (!outcomes.isEmpty()) {
            remember(letter, outbox.tried(letter.number(), outcomes, hub), hub);
        }
        if (!running) {
            return Optional.empty();
        }
        Optional<Waiting> next = outbox.following(plant.clock().now());
        if (next.isEmpty()) {
            ended();
            LOG.info(
                    "{}: {} letters left in the Outbox, the last answer was: {}",
                    server,
                    outbox.waiting().size(),
                    why);
        }
        return next;
    }

    /** On the disk and in the log; the report first, so that nobody is given up without a word. */
    private void remember(Waiting letter, Settled settled, Optional<String> hub) {
        Instant now = plant.clock().now();
        try {
            settled.report().map(report -> letter(report, now)).ifPresent(this::keepReport);
        } catch (UncheckedIOException e) {
            LOG.error("{}: a report on {} cannot be written now: {}", server, letter.messageId(), e.toString());
            outbox.unreported(letter, settled, "the report on it cannot be written: " + e.getMessage(), now);
        }
        mail().tried(letter, settled, hub, now).forEach(plant.tracking()::write);
        Optional<Waiting> rest = outbox.waiting().stream()
                .filter(its -> its.number() == letter.number())
                .findFirst();
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

    /** A report that is about to become a letter. */
    private record Report(Envelope envelope, byte[] octets, MessageId about, Instant now) {}

    private Report letter(DeliveryReport report, Instant now) {
        try {
            byte[] original = store.octets(report.about().value());
            TransportId id = Outbox.identity(server, last + 1, now);
            long most = plant.topology().settings().limits().maxMessageSize() / 2;
            ReportRenderer renderer =
                    new ReportRenderer(plant.topology().settings().defaultDomain());
            try (InputStream octets = renderer.render(report, id, now, BodySource.of(original), most)) {
                boolean eightBit = HeaderReader.hasEightBit(original, original.length);
                return new Report(OutboxMail.envelope(report, eightBit), octets.readAllBytes(), report.original(), now);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keepReport(Report report) {
        try {
            Waiting letter = keep(report.envelope(), report.octets(), report.now(), "not tried yet");
            plant.tracking().write(mail().reported(letter, report.about(), report.now()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The letters that go by a Message-ID, with or without angle brackets, or by an identity. */
    synchronized List<OutboxLetter> letters(String id) {
        String wanted = id.toLowerCase(Locale.ROOT);
        return outbox.waiting().stream()
                .map(letter -> new OutboxLetter(server, mail().identity(letter), letter, outbox.due()))
                .filter(its -> its.identity().toString().equals(wanted)
                        || its.letter().messageId().text().equalsIgnoreCase(id)
                        || its.letter().messageId().text().equalsIgnoreCase("<" + id + ">"))
                .toList();
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
