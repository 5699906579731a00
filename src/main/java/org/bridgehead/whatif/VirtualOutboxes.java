package org.bridgehead.whatif;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.bridgehead.core.hub.ConnectOutcome;
import org.bridgehead.core.hub.OutboxMail;
import org.bridgehead.core.hub.Target;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mailbox.Outbox;
import org.bridgehead.core.mailbox.Outbox.Settled;
import org.bridgehead.core.mailbox.Outbox.Waiting;
import org.bridgehead.core.routing.Turns;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.jspecify.annotations.Nullable;

/**
 * Mail that mailboxes send: to the hubs beside their server in turn, and as long as none of them answers in the {@link
 * Outbox} of the server, as the live engine does it. One thread. An Outbox outlives deaths of its server. Longer than most
 * files: a letter on its way has many ends, and each of them says here what becomes of it.
 */
final class VirtualOutboxes {
    private static final EnhancedStatus NOBODY = EnhancedStatus.of("4.4.1");
    private static final EnhancedStatus LOST = EnhancedStatus.of("4.4.2");

    /** A letter on its way to a hub. */
    interface Letter {
        Envelope envelope();

        long size();

        MessageId messageId();

        Priority priority();

        /** The same for some of its recipients. */
        Letter to(Envelope rest);

        /** The same with a Message-ID, if it had none. */
        Letter named(MessageId id);

        /** A report on it. */
        Letter report(DeliveryReport report, MessageId id);

        /** A hub listens to it; {@code said} is told what it says, or what was not heard. */
        void handIn(String hub, Consumer<List<RecipientOutcome>> said);
    }

    /** What it works with. */
    interface Hubs {
        /** Whether a mailbox server can hand in mail: it runs and is online. */
        boolean isOpen(String mailboxServer);

        /** Whether it was started and not killed. */
        boolean isRunning(String mailboxServer);
    }

    private final class Box {
        private final String server;
        private final Outbox outbox;
        private final Map<Long, Letter> letters = new LinkedHashMap<>();
        private long last;
        private boolean running = true;
        private int life;
        private boolean going;
        private @Nullable Waiting next;

        Box(String server) {
            this.server = server;
            this.outbox = new Outbox(
                    server, OutboxMail.patience(() -> world.topology().settings()));
        }
    }

    private final Timeline time;
    private final World world;
    private final Hubs hubs;
    private final Observer observer;
    private final Consumer<TrackingEvent> log;
    private final Turns turns = new Turns();
    private final SortedMap<String, Box> boxes = Names.map();

    VirtualOutboxes(Timeline time, World world, Hubs hubs, Observer observer, Consumer<TrackingEvent> log) {
        this.log = log;
        this.time = time;
        this.world = world;
        this.hubs = hubs;
        this.observer = observer;
    }

    private Duration glitch() {
        return world.topology().settings().retry().glitchInterval();
    }

    /** How the tries of a letter end, at once or later. */
    private interface Ending {
        /** A hub has listened and not put it off for everybody. */
        void heard(String hub, List<RecipientOutcome> outcomes);

        /**
         * No hub takes it just now.
         *
         * @param last what counts of what they said
         * @param by who said it; empty = there is none
         * @param reached whether one of them listened at all
         */
        void nobody(RecipientOutcome last, Optional<String> by, boolean reached);
    }

    /** A letter and the hubs that are still to be tried. */
    private final class Try {
        private final String server;
        private final Letter letter;
        private final Ending ending;
        private final ArrayDeque<String> rest;
        private @Nullable RecipientOutcome last;
        private Optional<String> by = Optional.empty();
        private boolean reached;

        Try(String server, Letter letter, Ending ending) {
            this.server = server;
            this.letter = letter;
            this.ending = ending;
            this.rest = new ArrayDeque<>(order(server));
        }

        void go() {
            String hub = rest.poll();
            if (hub == null) {
                ending.nobody(
                        last == null ? new RecipientOutcome.Deferred(NOBODY, "no hub is there") : last, by, reached);
                return;
            }
            ConnectOutcome connected = world.connect(server, new Target.Peer(hub));
            if (connected instanceof ConnectOutcome.Ready) {
                turns.answered(hub);
                reached = true;
                transmit(hub, letter, mishap(hub, letter), outcomes -> said(hub, outcomes));
            } else {
                putOff(hub, refusal(connected));
            }
        }

        private void said(String hub, List<RecipientOutcome> outcomes) {
            if (outcomes.stream().allMatch(RecipientOutcome.Deferred.class::isInstance)) {
                putOff(hub, outcomes.get(0));
            } else {
                ending.heard(hub, outcomes);
            }
        }

        private void putOff(String hub, RecipientOutcome why) {
            RecipientOutcome counts = Outbox.counts(last, why);
            by = counts == why ? Optional.of(hub) : by;
            last = counts;
            turns.failed(hub, glitch(), time.now());
            go();
        }
    }

    /**
     * Somebody whose mailbox is on this server sends a letter.
     *
     * @param said is told what a hub says to it; not when it stays here
     * @return why it is neither taken nor stays; empty = it is, or a hub has it in hand
     */
    Optional<String> send(String server, Letter letter, Consumer<List<RecipientOutcome>> said) {
        if (!hubs.isOpen(server)) {
            return Optional.of(server + " does not answer");
        }
        List<String> refusals = new ArrayList<>();
        new Try(server, letter, new Ending() {
                    @Override
                    public void heard(String hub, List<RecipientOutcome> outcomes) {
                        said.accept(outcomes);
                    }

                    @Override
                    public void nobody(RecipientOutcome last, Optional<String> by, boolean reached) {
                        refused(server, letter, last).ifPresent(refusals::add);
                    }
                })
                .go();
        return refusals.stream().findFirst();
    }

    /** No hub takes a letter: it stays, or its sender is told why not. */
    private Optional<String> refused(String server, Letter letter, RecipientOutcome last) {
        boolean tooBig = letter.size() > world.topology().settings().limits().maxMessageSize();
        if (tooBig || !(last instanceof RecipientOutcome.Deferred) || !hubs.isOpen(server)) {
            return Optional.of(words(last));
        }
        Box box = boxes.computeIfAbsent(server, Box::new);
        Waiting waiting = keep(box, letter.named(mail(box).messageId(box.last + 1, time.now())), words(last));
        log.accept(mail(box).stays(waiting, OutboxMail.status(last), time.now()));
        if (box.letters.size() == 1) {
            arm(box);
        }
        return Optional.empty();
    }

    private Waiting keep(Box box, Letter letter, String why) {
        box.last++;
        box.letters.put(box.last, letter);
        Waiting waiting = new Waiting(
                box.last, time.now(), letter.envelope(), letter.messageId(), letter.size(), letter.priority(), why);
        box.outbox.keep(waiting, time.now());
        observer.stays(box.server, box.last);
        return waiting;
    }

    private OutboxMail mail(Box box) {
        return new OutboxMail(box.server, site(box.server));
    }

    private List<String> order(String server) {
        return world.topology()
                .server(server)
                .flatMap(Server::site)
                .map(site -> turns.order(
                        site,
                        Lists.map(world.topology().hubsOf(site), Server::name),
                        world.topology().settings().routing().loadBalancing(),
                        time.now()))
                .orElse(List.of());
    }

    private static RecipientOutcome refusal(ConnectOutcome outcome) {
        if (outcome instanceof ConnectOutcome.Refused refused) {
            return refused.status().isTransient()
                    ? new RecipientOutcome.Deferred(refused.status(), refused.reply())
                    : new RecipientOutcome.Bounced(refused.status(), refused.reply());
        }
        return new RecipientOutcome.Deferred(NOBODY, ((ConnectOutcome.Unreachable) outcome).reason());
    }

    /** Who learns that his letter is too big never begins it. */
    private Optional<Mishap> mishap(String hub, Letter letter) {
        return letter.size() > world.topology().settings().limits().maxMessageSize()
                ? Optional.empty()
                : world.mishaps().atMessage(hub);
    }

    private void transmit(String hub, Letter letter, Optional<Mishap> mishap, Consumer<List<RecipientOutcome>> said) {
        if (mishap.isEmpty()) {
            letter.handIn(hub, said);
        } else if (mishap.get() instanceof Mishap.LoseReply) {
            RecipientOutcome unknown = new RecipientOutcome.Unknown("connection lost");
            letter.handIn(
                    hub,
                    outcomes -> said.accept(Lists.map(
                            outcomes, heard -> heard instanceof RecipientOutcome.Delivered ? unknown : heard)));
        } else {
            RecipientOutcome no = outcome(mishap.get());
            said.accept(Lists.map(letter.envelope().recipients(), recipient -> no));
        }
    }

    private static RecipientOutcome outcome(Mishap mishap) {
        String words = mishap.spoken().map(Reply::toString).orElse("connection lost");
        if (mishap instanceof Mishap.Defer defer) {
            return new RecipientOutcome.Deferred(defer.status(), words);
        }
        return mishap instanceof Mishap.Bounce bounce
                ? new RecipientOutcome.Bounced(bounce.status(), words)
                : new RecipientOutcome.Deferred(LOST, words);
    }

    static String words(RecipientOutcome outcome) {
        return outcome.match(
                delivered -> delivered.reply(),
                deferred -> deferred.reply(),
                bounced -> bounced.reply(),
                unknown -> unknown.reason());
    }

    // ---- rounds

    private void arm(Box box) {
        box.outbox.due().ifPresent(due -> time.at(due, box.server, () -> round(box)));
    }

    private void round(Box box) {
        Optional<Waiting> letter = box.running ? box.outbox.begin(time.now()) : Optional.empty();
        if (letter.isPresent() && !hubs.isOpen(box.server)) {
            nobody(box, letter.get(), box.server + " is offline");
        } else {
            letter.ifPresent(first -> go(box, first));
        }
    }

    private void nobody(Box box, Waiting letter, String why) {
        box.outbox.nobody(letter.number(), why, time.now());
        ended(box);
    }

    /** A round is over: what has waited too long is given up, and the next one comes in its time. */
    private void ended(Box box) {
        for (Waiting letter : box.outbox.overdue(time.now())) {
            take(box, letter, Outbox.expired(letter), Optional.empty());
        }
        arm(box);
    }

    /** One letter after the other; where nothing takes time, without going deeper for each. */
    private void go(Box box, Waiting first) {
        box.next = first;
        if (box.going) {
            return;
        }
        box.going = true;
        while (box.next != null) {
            Waiting letter = box.next;
            box.next = null;
            tryOne(box, letter);
        }
        box.going = false;
    }

    private void tryOne(Box box, Waiting waiting) {
        Letter letter = box.letters.get(waiting.number());
        int life = box.life;
        if (letter == null) {
            throw new IllegalStateException(box.server + " tries what is not in its Outbox: " + waiting);
        }
        new Try(box.server, letter, new Ending() {
                    @Override
                    public void heard(String hub, List<RecipientOutcome> outcomes) {
                        if (life == box.life) {
                            settle(box, waiting, outcomes, Optional.of(hub));
                        }
                    }

                    @Override
                    public void nobody(RecipientOutcome last, Optional<String> by, boolean reached) {
                        if (life != box.life) {
                            return;
                        }
                        if (!reached && last instanceof RecipientOutcome.Deferred) {
                            VirtualOutboxes.this.nobody(box, waiting, words(last));
                        } else {
                            settle(box, waiting, Lists.map(waiting.envelope().recipients(), who -> last), by);
                        }
                    }
                })
                .go();
    }

    private void settle(Box box, Waiting letter, List<RecipientOutcome> outcomes, Optional<String> hub) {
        take(box, letter, outcomes, hub);
        box.outbox.following(time.now()).ifPresentOrElse(next -> go(box, next), () -> ended(box));
    }

    /** What became of a letter; the report first, so that nobody is given up without a word. */
    private void take(Box box, Waiting letter, List<RecipientOutcome> outcomes, Optional<String> hub) {
        Settled settled = box.outbox.tried(letter.number(), outcomes, hub);
        settled.report().ifPresent(report -> report(box, letter, report));
        mail(box).tried(letter, settled, hub, time.now()).forEach(log);
        boolean whole = isAccounted(letter, outcomes, settled);
        if (settled.rest().isEmpty()) {
            box.letters.remove(letter.number());
        } else {
            box.letters.computeIfPresent(
                    letter.number(),
                    (number, its) -> its.to(settled.rest().get().envelope()));
        }
        if (settled.rest().isEmpty() || !whole) {
            observer.left(box.server, letter.number(), whole);
        }
    }

    private void report(Box box, Waiting letter, DeliveryReport report) {
        Letter original = box.letters.get(letter.number());
        if (original == null) {
            throw new IllegalStateException(box.server + " reports on what is not in its Outbox: " + letter);
        }
        MessageId id = mail(box).messageId(box.last + 1, time.now());
        log.accept(mail(box)
                .reported(keep(box, original.report(report, id), "not tried yet"), letter.messageId(), time.now()));
    }

    /** Whether each recipient that no longer waits was taken, or is named in the report that its sender wants. */
    private static boolean isAccounted(Waiting letter, List<RecipientOutcome> outcomes, Settled settled) {
        List<Recipient> told = settled.report()
                .map(report -> Lists.map(report.recipients(), DeliveryReport.PerRecipient::recipient))
                .orElse(List.of());
        List<Recipient> all = letter.envelope().recipients();
        for (int i = 0; i < all.size(); i++) {
            Recipient one = all.get(i);
            boolean waits = settled.rest()
                    .filter(rest -> rest.envelope().recipients().contains(one))
                    .isPresent();
            boolean reported = outcomes.get(i) instanceof RecipientOutcome.Bounced
                    && (told.contains(one) || !one.wants(DsnCondition.FAILURE));
            if (!waits && !reported && !(outcomes.get(i) instanceof RecipientOutcome.Delivered)) {
                return false;
            }
        }
        return true;
    }

    // ---- servers come and go

    /** Mailbox servers may have started or died. */
    void look() {
        for (Box box : boxes.values()) {
            boolean runs = hubs.isRunning(box.server);
            if (box.running && !runs) {
                box.running = false;
                box.life++;
                box.outbox.stopped();
            } else if (!box.running && runs) {
                box.running = true;
                atOnce(box);
            }
        }
    }

    /** A hub has started. */
    void hubUp(String hub) {
        turns.answered(hub);
        for (Box box : boxes.values()) {
            Optional<String> site = site(hub);
            if (site.isPresent() && Names.same(site.get(), site(box.server).orElse(""))) {
                atOnce(box);
            }
        }
    }

    private void atOnce(Box box) {
        box.outbox.hubUp(time.now());
        if (box.running && !box.letters.isEmpty()) {
            arm(box);
        }
    }

    private Optional<String> site(String server) {
        return world.topology().server(server).flatMap(Server::site);
    }

    /** How many letters wait with a mailbox server. */
    int waiting(String server) {
        Box box = boxes.get(server);
        return box == null ? 0 : box.letters.size();
    }

    /** The mailbox servers with whom letters wait that a hub of their site could take. */
    List<String> overdue() {
        return boxes.values().stream()
                .filter(box -> !box.letters.isEmpty() && !order(box.server).isEmpty())
                .map(box -> box.server)
                .toList();
    }
}
