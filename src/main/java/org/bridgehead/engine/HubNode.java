package org.bridgehead.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bridgehead.core.hub.Admission;
import org.bridgehead.core.hub.Hub;
import org.bridgehead.core.hub.HubEffect;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.Pressure;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.hub.Snapshot;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StoredMessage;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.io.spool.Recovered;
import org.bridgehead.io.spool.Recovery;
import org.bridgehead.io.spool.Spool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one hub or edge. One thread at a time touches the {@link Hub}; everybody else puts inputs into the inbox. That is the
 * thread named after it, or a session, connection or writer that has just brought an input and holds no lock: it works on
 * the inbox for a while itself, which costs less than waking another thread. In lockstep all is left to the named one.
 * New mail needs a permit before it is taken in (full = {@code 452}), answers are bounded by the effects they answer. What
 * one drain of the inbox wants written goes to the spool as one batch. Longer than most files: what may touch the hub, and
 * in which order, is meant to be read in one place.
 */
final class HubNode {
    /** What happened, for the hub. */
    interface Input {
        List<HubEffect> to(Hub hub, Instant now);
    }

    /** Messages of the spool on their way to the hub after a start: few, so that new mail overtakes them. */
    private static final int RECOVERING = 50;

    private static final int DRAIN = 256;

    /** In lockstep each input is handled on its own, as in a simulation. */
    private static final int ALONE = 1;

    /** Inputs that another thread than the hub's own handles before it goes on with its own work. */
    private static final int LENT = 32;

    /** So many of them between two looks at the clock. */
    private static final int LENT_AT_ONCE = 8;

    /** For so long at most, for it may be the thread of an event loop, in which all connections wait meanwhile. */
    private static final long LENT_NANOS = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(HubNode.class);

    private final String name;
    private final Hub hub;
    private final EngineClock clock;
    private final Optional<Lockstep> turns;
    private final Activity.Scope activity;
    private final Consumer<HubEffect> drivers;
    private final Thread thread;
    private final SpoolWork disk;
    private final Inbox inbox;
    /** The hub's own thread has to see to the inbox. */
    private final Semaphore called = new Semaphore(0);
    /** Held by who touches the hub. */
    private final ReentrantLock helm = new ReentrantLock();

    private final Permits permits = new Permits();
    private final HandoverTurns handovers = new HandoverTurns();
    private final Semaphore recovering = new Semaphore(RECOVERING);
    private volatile boolean alive = true;
    private volatile @Nullable Throwable bug;
    private volatile Glance last;
    private final Object quiet = new Object();
    private @Nullable Runnable wake;
    private Consumer<Optional<InternalId>> onCrash = suspect -> {};
    private Consumer<SpoolRecord.Accepted> onMail = message -> {};
    private Consumer<SpoolRecord.Accepted> onTaken = message -> {};
    private Runnable onRelease = () -> {};

    /**
     * A node that is not started.
     *
     * @param drivers performs everything but {@code Persist}, {@code Load} and {@code WakeAt}; never blocks
     */
    HubNode(
            Snapshot snapshot,
            Spool spool,
            EngineClock clock,
            Activity.Scope activity,
            Threads threads,
            Consumer<HubEffect> drivers) {
        this.name = snapshot.self().name();
        this.hub = new Hub(snapshot);
        this.clock = clock;
        this.turns = clock.turns();
        this.inbox = new Inbox(turns.isPresent());
        this.activity = activity;
        this.drivers = drivers;
        this.last = Glance.at(hub);
        this.thread = threads.named(name + "-hub").newThread(this::run);
        this.disk = new SpoolWork(this, spool, clock, threads.single(name + "-spool"));
    }

    String name() {
        return name;
    }

    Admission admission() {
        return last.admission();
    }

    Activity.Scope activity() {
        return activity;
    }

    /** Who is told when a bug has ended the node, and with which message in its hands; before the start. */
    void onCrash(Consumer<Optional<InternalId>> told) {
        onCrash = told;
    }

    /** Who is told, in the hub's thread, when nothing is left to do of a message; before the start. */
    void onRelease(Runnable told) {
        onRelease = told;
    }

    /** Who is told of each message before the hub is; before the start. */
    void onMail(Consumer<SpoolRecord.Accepted> told) {
        onMail = told;
    }

    /** Who is told of each message that came in by a door, before anybody else; before the start. */
    void onTaken(Consumer<SpoolRecord.Accepted> told) {
        onTaken = told;
    }

    void start() {
        thread.start();
    }

    /**
     * Whether new mail may come in, waiting a while for the hub to catch up; a permit taken is given back by
     * {@link #submitted} or {@link #release}.
     */
    boolean tryPermit() {
        return alive && permits.tryTake();
    }

    /** Whether {@link #tryPermit} would not wait now. */
    boolean hasRoom() {
        return permits.isPlenty();
    }

    /** Gives back a permit that led to no message. */
    void release() {
        permits.giveBack();
    }

    /**
     * Hands over a durable message; cannot fail. The permit is given back when the hub has taken it. The caller holds no
     * lock: its thread may be the one that works on it.
     */
    void submitted(SpoolRecord.Accepted message) {
        onTaken.accept(message);
        onMail.accept(message);
        activity.begin();
        boolean first = inbox.addMail((hub, now) -> {
            permits.giveBack();
            return hub.submitted(message, now);
        });
        if (first) {
            lend();
        }
    }

    /** The transfers of other servers that are being written. */
    HandoverTurns handovers() {
        return handovers;
    }

    /** Tells the hub that a message, or some of it, was accepted before. The caller holds no lock. */
    void repeated(SpoolRecord.Accepted message) {
        bring(List.of((to, now) -> to.repeated(message, now)));
    }

    /** Puts an input other than new mail into the inbox, for the hub's own thread if nobody is at work. */
    void post(Input input) {
        activity.begin();
        call(inbox.add(input));
    }

    /** As {@link #post}, behind new mail, too. */
    void postLast(Input input) {
        activity.begin();
        call(inbox.addMail(input));
    }

    /** As {@link #post}, by a thread that holds no lock: it may be the one that works on it. */
    void bring(List<Input> inputs) {
        boolean first = false;
        for (Input input : inputs) {
            activity.begin();
            first |= inbox.add(input);
        }
        if (first) {
            lend();
        }
    }

    private void call(boolean first) {
        if (first) {
            called.release();
        }
    }

    private void lend() {
        if (turns.isPresent()) {
            called.release();
        } else {
            work(LENT);
        }
    }

    /** Hands the hub what the spool held at start, a permit for each message, as fast as it takes them. */
    void recover(Recovery recovery, Consumer<Recovered.Torn> torn) throws IOException {
        try (recovery) {
            DumpsterEnd end = new DumpsterEnd();
            recovery.forEach(item -> item.match(
                    message -> {
                        end.reached();
                        StoredMessage stored = StoredMessage.of(message.records());
                        onMail.accept(stored.accepted());
                        recovered((hub, now) -> hub.recovered(stored, message.notes(), now));
                    },
                    held -> recovered((hub, now) -> hub.recovered(held.held(), now)),
                    request -> recovered((hub, now) -> hub.recovered(request.requested(), now)),
                    torn));
            end.reached();
        }
    }

    /** Tells the hub once that no further dumpster item comes. */
    private final class DumpsterEnd {
        private boolean told;

        void reached() {
            if (!told) {
                told = true;
                // In the lane of what was found: in the other one it would overtake the items it speaks of.
                activity.begin();
                call(inbox.addMail(Hub::dumpsterRecovered));
            }
        }
    }

    private void recovered(Input found) {
        boolean mayGo = false;
        try {
            while (alive && !mayGo) {
                mayGo = recovering.tryAcquire(100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (mayGo) {
            activity.begin();
            call(inbox.addMail((hub, now) -> {
                recovering.release();
                return found.to(hub, now);
            }));
        }
    }

    private void run() {
        try {
            while (alive) {
                called.acquire();
                work(Integer.MAX_VALUE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Handles what the inbox holds until it is empty, the node has ended, or, by another thread than the hub's own, so many
     * inputs are handled or a millisecond is over: then the hub's own goes on. For who has to see to the inbox, and nobody
     * else.
     */
    private void work(int most) {
        helm.lock();
        try {
            int left = most;
            boolean own = most == Integer.MAX_VALUE;
            long end = own ? 0 : System.nanoTime() + LENT_NANOS;
            boolean ready = false;
            while (alive && !ready && left > 0 && (own || System.nanoTime() - end < 0)) {
                int handled = handleSome(turns.isPresent() ? ALONE : Math.min(left, own ? DRAIN : LENT_AT_ONCE));
                left -= handled;
                ready = inbox.done(handled);
            }
            call(!ready);
        } catch (RuntimeException | Error e) {
            crashed(e);
        } finally {
            helm.unlock();
        }
    }

    private int handleSome(int most) {
        List<Input> drained = new ArrayList<>();
        inbox.take(drained, most);
        if (drained.isEmpty()) {
            Thread.yield(); // somebody has counted an input and is about to add it
        } else {
            handle(drained);
        }
        return drained.size();
    }

    private void crashed(Throwable e) {
        bug = e;
        alive = false;
        permits.close();
        Optional<InternalId> suspect = hub.suspect();
        LOG.error(
                "{} stopped{}: this is a bug",
                name,
                suspect.map(message -> " while it handled message " + message).orElse(""),
                e);
        onCrash.accept(suspect);
        activity.abandon();
    }

    private void handle(List<Input> inputs) {
        List<HubEffect.Persist> writes = new ArrayList<>();
        for (Input input : inputs) {
            for (HubEffect effect : input.to(hub, clock.now())) {
                if (effect instanceof HubEffect.Persist) {
                    disk.wanted();
                }
                if (turns.isPresent()) {
                    turns.get().want(clock.now(), name, () -> performAlone(effect));
                } else {
                    perform(effect, writes);
                }
            }
        }
        flush(writes);
        Glance now = Glance.at(hub);
        tell(last.pressure(), now.pressure());
        boolean released = now.released() != last.released();
        last = now;
        if (released) {
            onRelease.run();
        }
        synchronized (quiet) {
            quiet.notifyAll();
        }
        inputs.forEach(input -> activity.end());
    }

    private void tell(Pressure before, Pressure now) {
        if (now.level() != before.level()) {
            String why = now.reason().isEmpty() ? "" : ": " + now.reason();
            LOG.warn("{}: back pressure {} -> {}{}", name, before.level(), now.level(), why);
        }
    }

    private void performAlone(HubEffect effect) {
        List<HubEffect.Persist> writes = new ArrayList<>();
        perform(effect, writes);
        flush(writes);
    }

    private void perform(HubEffect effect, List<HubEffect.Persist> writes) {
        if (effect instanceof HubEffect.Persist write) {
            writes.add(write);
        } else {
            if (effect instanceof HubEffect.Load || effect instanceof HubEffect.Recall) {
                flush(writes); // what is read back includes what was decided before
            }
            perform(effect);
        }
    }

    private void flush(List<HubEffect.Persist> writes) {
        if (!writes.isEmpty()) {
            disk.write(List.copyOf(writes));
            writes.clear();
        }
    }

    private void perform(HubEffect effect) {
        if (effect instanceof HubEffect.WakeAt at) {
            wakeAt(at.at());
        } else if (effect instanceof HubEffect.Load load) {
            disk.load(load);
        } else if (effect instanceof HubEffect.Recall recall) {
            disk.recall(recall);
        } else {
            drivers.accept(effect);
        }
    }

    private void wakeAt(Instant at) {
        if (turns.isPresent()) {
            turns.get().wake(name, at, () -> post(Hub::ticked));
            return;
        }
        if (wake != null) {
            wake.run();
        }
        wake = clock.schedule(at, () -> post(Hub::ticked));
    }

    /** Does something when so much time has passed, if the node is alive then; in lockstep in its turn. */
    void after(Duration delay, Runnable work) {
        if (turns.isPresent()) {
            turns.get().want(clock.now().plus(delay), name, work);
            return;
        }
        clock.schedule(clock.now().plus(delay), () -> {
            if (alive) {
                work.run();
            }
        });
    }

    boolean isAlive() {
        return alive;
    }

    /** The bug that stopped the node, if one did. */
    Optional<Throwable> bug() {
        return Optional.ofNullable(bug);
    }

    /** What the hub says as of the next moment it has time; fails when the node is dead. */
    <T> CompletableFuture<T> ask(Function<Hub, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!alive) {
            answer.completeExceptionally(new IllegalStateException(name + " does not run"));
            return answer;
        }
        post((to, now) -> {
            answer.complete(question.apply(to));
            return List.of();
        });
        return answer;
    }

    /**
     * Which life of the server this is, and what earlier ones were told by operators; before the start.
     */
    void begin(long life, List<Operation> standing) {
        hub.begin(life);
        hub.restore(standing);
    }

    /** The queues as of the next moment the hub has time; fails when the node is dead. */
    CompletableFuture<List<QueueView>> queues() {
        return ask(Hub::queues);
    }

    /**
     * Does what an operator wants, unless {@code onlyIf} and it would do nothing.
     *
     * @param stands takes what stands over a restart, in the hub's thread, when it may have changed
     * @return how many queues or messages it named
     */
    CompletableFuture<Integer> operate(Operation operation, boolean onlyIf, Consumer<List<Operation>> stands) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        post((to, now) -> {
            int concerned = to.concerned(operation);
            List<HubEffect> effects = concerned == 0 && onlyIf ? List.of() : to.operated(operation, now);
            stands.accept(to.standing());
            answer.complete(concerned);
            return effects;
        });
        return answer;
    }

    int messages() {
        return last.messages();
    }

    /** How hard the node is pressed, as of its last look. */
    Pressure pressure() {
        return last.pressure();
    }

    /** Messages taken in that the hub has not seen or not resolved. */
    int submissions() {
        return last.categorizing() + permits.taken();
    }

    /** Waits until nothing is being sent and everything is written, for {@code limit} at most. */
    void awaitQuiet(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (quiet) {
            while (alive && (!inbox.isEmpty() || last.transmitting() > 0 || last.unwritten() > 0)) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                quiet.wait(Math.max(1, left / 1_000_000));
            }
        }
    }

    /** Ends the node at once, as a crash would: what the spool has is all that is left. */
    void kill() {
        alive = false;
        permits.close();
        activity.abandon();
        thread.interrupt();
        try {
            // Who works for the hub first: until that has ended it may still hand something to the writer.
            thread.join(10_000);
            if (helm.tryLock(10, TimeUnit.SECONDS)) {
                helm.unlock();
            } else {
                LOG.warn("{}: what the hub was told last is not done", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disk.end();
        turns.ifPresent(all -> all.forget(name));
    }
}
