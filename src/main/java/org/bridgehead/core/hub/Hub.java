package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.queue.DeliveryQueue;
import org.bridgehead.core.queue.QueuedCopy;

/**
 * The mind of one hub or edge: takes what happened and the time, returns what to do (DECISIONS 1.1). Deterministic: the
 * same calls give the same effects. Not thread-safe: whoever owns it calls it, performs the effects in order, and calls
 * back with each answer exactly once.
 *
 * <p>Every call throws {@link IllegalStateException} when it answers something that was not asked: that is a bug in the
 * caller, and nothing sensible can follow. (Longer than most files: it is the list of all that can happen to a hub.)
 */
public final class Hub {
    /** Messages kept in memory before the rest waits in the spool (DECISIONS 1.5). */
    public static final int ROOM = 20_000;

    /** Chunks of one message that can go and wait, before further members are asked for. */
    private static final int MOST_AHEAD = 20;

    /** Room for so many messages lets one of them wait. */
    private static final int ROOM_PER_CHUNK = 500;

    private final Desk desk;
    private final Ledger ledger;
    private final Reporter reporter;
    private final Agents agents;
    private final Shelf shelf;
    private final Queues queues;
    private final Intake intake;
    private final Treatments treatments;
    private final Poison poison;
    private final Dumpsters dumpsters;
    private final Redelivery redelivery;
    private final Notes notes;
    private BackPressure pressure = BackPressure.none();

    /** A hub that knows {@code snapshot} and has no mail. */
    public Hub(Snapshot snapshot) {
        this(snapshot, ROOM);
    }

    /** As {@link #Hub(Snapshot)}, with room for fewer or more messages in memory. */
    public Hub(Snapshot snapshot, int room) {
        this.desk = new Desk(snapshot);
        this.ledger = new Ledger(desk);
        this.reporter = new Reporter(desk, ledger);
        this.agents = new Agents(desk);
        this.shelf = new Shelf(desk, ledger, room);
        this.poison = new Poison(desk, ledger, reporter, shelf);
        this.dumpsters = new Dumpsters(desk);
        this.redelivery = new Redelivery(desk, dumpsters, message -> take(message, true));
        this.queues = new Queues(new Queues.Parts(desk, ledger, reporter, shelf, poison, dumpsters), this::resubmit);
        this.notes = new Notes(ledger, queues.attempts());
        this.treatments = new Treatments(desk, ledger);
        this.intake = new Intake(desk, ledger, reporter, new Intake.Aides(agents, treatments), onward(room));
    }

    private Intake.Onward onward(int room) {
        int plenty = Math.max(1, Math.min(MOST_AHEAD, room / ROOM_PER_CHUNK));
        return new Intake.Onward() {
            @Override
            public void offer(QueuedCopy copy) {
                queues.offer(copy);
            }

            @Override
            public boolean hasPlenty(InternalId message) {
                return queues.isAhead(message, plenty);
            }
        };
    }

    private void resubmit(MailCopy copy, List<Integer> indices) {
        intake.categorize(copy, indices);
    }

    private List<HubEffect> finish() {
        intake.goOn();
        queues.trim();
        return desk.finish();
    }

    /** A message has been accepted and is durable. */
    public List<HubEffect> submitted(SpoolRecord.Accepted message, Instant now) {
        desk.begin(now);
        desk.track(
                TrackingEvent.Kind.RECEIVE,
                TrackingEvent.Source.SMTP,
                message,
                addresses(message),
                Optional.empty(),
                "",
                message.facts().source());
        take(message, false);
        return finish();
    }

    /**
     * A server handed over once more what was accepted before; it stays at that.
     *
     * @param message with the number of the message that these recipients became at first, which may be gone by now
     */
    public List<HubEffect> repeated(SpoolRecord.Accepted message, Instant now) {
        desk.begin(now);
        desk.track(
                TrackingEvent.Kind.DUPLICATERECEIVE,
                TrackingEvent.Source.SMTP,
                message,
                addresses(message),
                Optional.empty(),
                "",
                message.facts().source() + ", which did not hear that it was accepted");
        return finish();
    }

    private void take(SpoolRecord.Accepted message, boolean again) {
        if (shelf.hasRoom()) {
            intake.categorize(ledger.add(message, again));
        } else {
            shelf.park(message, again);
        }
    }

    /** A message was found in the spool at start: what is not settled of it is tried again. */
    public List<HubEffect> recovered(StoredMessage message, Instant now) {
        return recovered(message, List.of(), now);
    }

    /**
     * The same, with what was noted of its deliveries and may not be settled: those recipients are settled as {@link
     * #transmitted} would have done, with dumpster, reports and tracking.
     */
    public List<HubEffect> recovered(StoredMessage message, List<DeliveryNote> noted, Instant now) {
        desk.begin(now);
        notes.keep(message.accepted().id(), noted);
        if (poison.takes(message)) {
            return finish();
        }
        if (shelf.hasRoom()) {
            resume(ledger.add(message, true));
        } else {
            shelf.park(message.accepted(), true);
        }
        return finish();
    }

    private void resume(MailItem item) {
        if (notes.settle(item)) {
            intake.categorize(item);
        }
    }

    /** A dumpster item was found in the spool at start. */
    public List<HubEffect> recovered(SpoolRecord.Held item, Instant now) {
        desk.begin(now);
        dumpsters.recovered(item);
        return finish();
    }

    /** A redelivery request was found in the spool at start: it is carried out from its beginning. */
    public List<HubEffect> recovered(SpoolRecord.Requested request, Instant now) {
        desk.begin(now);
        redelivery.recovered(request);
        return finish();
    }

    /** All dumpster items of the spool have been handed over; until then redelivery waits. Harmless when said twice. */
    public List<HubEffect> dumpsterRecovered(Instant now) {
        desk.begin(now);
        redelivery.ready();
        return finish();
    }

    /** Answers {@link HubEffect.Recall} with the items in the order of the request; damaged ones are left out. */
    public List<HubEffect> recalled(long request, List<Recalled> items, Instant now) {
        desk.begin(now);
        redelivery.recalled(request, items);
        return finish();
    }

    /**
     * Answers {@link HubEffect.Persist}. After a refusal nothing more is emitted until the refused records are written:
     * whoever performs it must refuse the batches behind a refused one too.
     *
     * @param failure why the batch is not in the spool; empty = it is
     */
    public List<HubEffect> persisted(long batch, Optional<String> failure, Instant now) {
        desk.begin(now);
        desk.written(batch, failure);
        return finish();
    }

    /**
     * Answers {@link HubEffect.Load} with the messages in the order of the request; those that the spool no longer has
     * are left out.
     */
    public List<HubEffect> loaded(List<StoredMessage> messages, Instant now) {
        desk.begin(now);
        for (StoredMessage message : messages) {
            DeliveryQueue.Unloaded entry = shelf.loaded(message.accepted().id());
            MailItem item = ledger.add(message, entry.again());
            if (entry.delayReported()) {
                item.copies().forEach(copy -> copy.markDelayReported(copy.open()));
            }
            boolean left = notes.settle(item);
            if (!poison.ends(item) && left) {
                intake.categorize(item);
            }
        }
        shelf.loadEnded();
        return finish();
    }

    /** Answers {@link HubEffect.Connect}. */
    public List<HubEffect> connected(ConnectionId connection, ConnectOutcome outcome, Instant now) {
        desk.begin(now);
        queues.connections().connected(connection, outcome);
        return finish();
    }

    /**
     * Answers {@link HubEffect.Transmit}.
     *
     * @param outcomes one per recipient of the transmission, in its order
     * @param usable whether the connection can take another message
     */
    public List<HubEffect> transmitted(
            ConnectionId connection, List<RecipientOutcome> outcomes, boolean usable, Instant now) {
        desk.begin(now);
        queues.connections().transmitted(connection, outcomes, usable);
        return finish();
    }

    /** Answers {@link HubEffect.LookUp}. */
    public List<HubEffect> answered(long lookUp, Page page, Instant now) {
        desk.begin(now);
        intake.answered(lookUp, page);
        return finish();
    }

    /** Answers {@link HubEffect.Pause}. */
    public List<HubEffect> resumed(long pause, Instant now) {
        desk.begin(now);
        intake.resumed(pause);
        return finish();
    }

    /** Answers {@link HubEffect.ResolveMx}. */
    public List<HubEffect> resolved(long lookUp, MxAnswer answer, Instant now) {
        desk.begin(now);
        queues.connections().resolved(lookUp, answer);
        return finish();
    }

    /** Answers {@link HubEffect.Consult}. */
    public List<HubEffect> consulted(long consultation, AgentVerdict verdict, Instant now) {
        desk.begin(now);
        agents.consulted(consultation, verdict);
        return finish();
    }

    /**
     * Answers {@link HubEffect.Report}.
     *
     * @param rendered the report as a message whose octets are in the spool but which no record names yet; empty = it
     *     could not be rendered now
     */
    public List<HubEffect> reported(long report, Optional<SpoolRecord.Accepted> rendered, Instant now) {
        desk.begin(now);
        reporter.reported(report, rendered).ifPresent(message -> take(message, false));
        return finish();
    }

    /**
     * Answers {@link HubEffect.Treat}.
     *
     * @param made the copy as a message of its own, then a journal report for each rule of the order; their octets are in
     *     the spool, and no record names them yet. Empty = they could not be made now
     */
    public List<HubEffect> treated(long treatment, List<SpoolRecord.Accepted> made, Instant now) {
        desk.begin(now);
        treatments.treated(treatment, made).forEach(message -> take(message, false));
        return finish();
    }

    /** Time has come to at least the last {@link HubEffect.WakeAt}; harmless at any other time. */
    public List<HubEffect> ticked(Instant now) {
        desk.begin(now);
        desk.woken();
        dumpsters.expire();
        Optional<Runnable> due = desk.timers().take(desk.now());
        while (due.isPresent()) {
            due.get().run();
            due = desk.timers().take(desk.now());
        }
        return finish();
    }

    /** The topology changed: whatever waits is routed afresh (BEHAVIOUR 1.9). */
    public List<HubEffect> changed(Snapshot snapshot, Instant now) {
        desk.begin(now);
        desk.snapshot(snapshot);
        dumpsters.expire();
        queues.rerouteAll();
        return finish();
    }

    /** Other stages have an agent from now on; what was decided stands. */
    public List<HubEffect> agents(List<Stage> stages, Instant now) {
        desk.begin(now);
        desk.snapshot(desk.snapshot().withAgents(stages));
        return finish();
    }

    /** The machine's resources were looked at, {@link BackPressure#INTERVAL} after the last time. */
    public List<HubEffect> measured(Resources found, Instant now) {
        desk.begin(now);
        pressure = pressure.after(found);
        return finish();
    }

    /** How hard the server is pressed, and why; {@link #admission} follows it. */
    public Pressure pressure() {
        return pressure.pressure();
    }

    /** An operator wants something. */
    public List<HubEffect> operated(Operation operation, Instant now) {
        desk.begin(now);
        queues.operate(operation);
        return finish();
    }

    /**
     * A newly active mailbox node asks for what it may have lost (BEHAVIOUR 4.2). When that is done, and lasting, {@link
     * HubEffect.Redelivered} says so; a request that is under way is not begun again.
     *
     * @param request number of the request, unique over all that ask this hub
     * @param storageGroup what was lost
     * @param from start of the window
     * @param to end of the window
     */
    public List<HubEffect> redeliver(long request, StorageGroupId storageGroup, Instant from, Instant to, Instant now) {
        desk.begin(now);
        redelivery.asked(new SpoolRecord.Requested(request, storageGroup, from, to));
        return finish();
    }

    /** What the door needs to know of this server now: an immutable value for other threads. */
    public Admission admission() {
        return Admission.of(desk.snapshot(), pressure.pressure());
    }

    /**
     * Tells a hub without mail what stood of the {@link #standing} orders of an earlier life of its server; before
     * anything else.
     */
    public void restore(List<Operation> standing) {
        queues.operators().restore(standing);
    }

    /** What operators told that has to outlive this hub: held queues, held messages, removals under way. */
    public List<Operation> standing() {
        return queues.operators().standing();
    }

    /**
     * The message that the last call worked on, when it ended with an exception; empty = it cannot be told. Whoever
     * restarts the server counts the crash with it ({@link Operation.CountCrashes}).
     */
    public Optional<InternalId> suspect() {
        return desk.focused();
    }

    /**
     * Tells a hub without mail which life of its server this is; before anything else. Lives count up.
     *
     * @param life from 1
     */
    public void begin(long life) {
        dumpsters.begin(life);
    }

    /** What it keeps of delivered mail, by storage group. */
    public List<DumpsterView> dumpsters() {
        return dumpsters.views();
    }

    /** Redelivery requests not carried out to their end. */
    public int redeliveries() {
        return redelivery.open();
    }

    /** How many queues or messages of this hub an operation names; 0 = it would do nothing. */
    public int concerned(Operation operation) {
        return queues.operators().views().concerned(operation);
    }

    /** The delivery queues as operators see them, by name. */
    public List<QueueView> queues() {
        return queues.views();
    }

    /** Those of the delivery queues in which something is ready to go, or that wait for their next try. */
    public List<QueueView> waitingQueues() {
        return queues.waitingViews();
    }

    /** As {@link #queues}, with the messages that are not routed yet as the first queue. */
    public List<QueueView> allQueues() {
        return queues.operators().views().all();
    }

    /** The messages of the queues as operators see them, one for each queue a message is in. */
    public List<MessageView> messageViews(MessageFilter filter) {
        return queues.operators().views().messages(filter);
    }

    /** Whether it is responsible for a message: in memory, or put away. */
    public boolean has(InternalId message) {
        return ledger.find(message).isPresent()
                || !messageViews(MessageFilter.of(message)).isEmpty();
    }

    /** Messages of this life that nothing is left to do of: grows with each of them. */
    public long released() {
        return ledger.released();
    }

    /** Outgoing connections, being opened or open. */
    public int connections() {
        return queues.connections().open();
    }

    /** Messages this server is responsible for: in memory, put away, and not yet written as released. */
    public int messages() {
        return ledger.size() + shelf.size() + queues.unloaded() + poison.size();
    }

    /** Those of them that are in memory now; at most the room, give or take expansion and reports. */
    public int inMemory() {
        return ledger.size();
    }

    /** Messages that the categorizer waits for the directory with. */
    public int categorizing() {
        return intake.waiting();
    }

    /** Whether it has something to do as soon as the spool confirms a batch. */
    public boolean awaits(long batch) {
        return desk.awaits(batch);
    }

    /** Batches that the spool has not confirmed. */
    public int unwritten() {
        return desk.unwritten();
    }

    /** Messages being transmitted. */
    public int transmitting() {
        return queues.connections().busy();
    }

    private static List<EmailAddress> addresses(SpoolRecord.Accepted message) {
        return Lists.map(message.envelope().recipients(), Recipient::address);
    }
}
