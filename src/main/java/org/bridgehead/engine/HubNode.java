package org.bridgehead.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bridgehead.core.hub.Admission;
import org.bridgehead.core.hub.Hub;
import org.bridgehead.core.hub.HubEffect;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.hub.Snapshot;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StoredMessage;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.io.spool.Recovered;
import org.bridgehead.io.spool.Recovery;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.Spool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one hub or edge. The thread named after it is the only one that touches the {@link Hub}; everybody else puts
 * inputs into the inbox. New mail needs a permit before it is taken in (full = {@code 452}), answers are bounded by the
 * effects they answer. What one drain of the inbox wants written goes to the spool as one batch.
 */
final class HubNode {
    /** What happened, for the hub. */
    interface Input {
        List<HubEffect> to(Hub hub, Instant now);
    }

    /** Messages taken in whose hand-over the hub has not seen. */
    private static final int INBOX = 1000;

    /** Messages of the spool on their way to the hub after a start: few, so that new mail overtakes them. */
    private static final int RECOVERING = 50;

    private static final int DRAIN = 256;
    private static final Logger LOG = LoggerFactory.getLogger(HubNode.class);

    private final String name;
    private final Hub hub;
    private final Spool spool;
    private final Shard shard;
    private final EngineClock clock;
    private final Activity.Scope activity;
    private final Consumer<HubEffect> drivers;
    private final Thread thread;
    private final ExecutorService writer;
    private final LinkedBlockingQueue<Input> inbox = new LinkedBlockingQueue<>();
    private final Semaphore permits = new Semaphore(INBOX);
    private final Semaphore recovering = new Semaphore(RECOVERING);
    private volatile Admission admission;
    private volatile boolean alive = true;
    private volatile @Nullable Throwable bug;
    private volatile int messages;
    private volatile int transmitting;
    private volatile int unwritten;
    private final Object quiet = new Object();
    private @Nullable Runnable wake;
    private int unanswered;
    private volatile boolean refusing;

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
        this.spool = spool;
        this.shard = new Shard(name);
        this.clock = clock;
        this.activity = activity;
        this.drivers = drivers;
        this.admission = hub.admission();
        this.thread = threads.named(name + "-hub").newThread(this::run);
        this.writer = threads.single(name + "-spool");
    }

    String name() {
        return name;
    }

    Admission admission() {
        return admission;
    }

    Activity.Scope activity() {
        return activity;
    }

    void start() {
        thread.start();
    }

    /** Whether new mail may come in; a permit taken is given back by {@link #submitted} or {@link #release}. */
    boolean tryPermit() {
        return alive && permits.tryAcquire();
    }

    /** Gives back a permit that led to no message. */
    void release() {
        permits.release();
    }

    /** Hands over a durable message; cannot fail. The permit is given back when the hub has taken it. */
    void submitted(SpoolRecord.Accepted message) {
        post((hub, now) -> {
            permits.release();
            return hub.submitted(message, now);
        });
    }

    /** Puts an input into the inbox. */
    void post(Input input) {
        activity.begin();
        inbox.add(input);
    }

    /** Hands the hub what the spool held at start, a permit for each message, as fast as it takes them. */
    void recover(Recovery recovery, Consumer<Recovered.Torn> torn) throws IOException {
        try (recovery) {
            recovery.forEach(item -> item.match(
                    message -> recovered(StoredMessage.of(message.records())), held -> {}, request -> {}, torn));
        }
    }

    private void recovered(StoredMessage message) {
        boolean mayGo = false;
        try {
            while (alive && !mayGo) {
                mayGo = recovering.tryAcquire(100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (mayGo) {
            post((hub, now) -> {
                recovering.release();
                return hub.recovered(message, now);
            });
        }
    }

    private void run() {
        List<Input> drained = new ArrayList<>();
        try {
            while (alive) {
                drained.add(inbox.take());
                inbox.drainTo(drained, DRAIN - 1);
                handle(drained);
                drained.clear();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            bug = e;
            alive = false;
            activity.abandon();
            LOG.error("{} stopped: this is a bug", name, e);
        }
    }

    private void handle(List<Input> inputs) {
        List<HubEffect.Persist> writes = new ArrayList<>();
        for (Input input : inputs) {
            for (HubEffect effect : input.to(hub, clock.now())) {
                if (effect instanceof HubEffect.Persist write) {
                    activity.begin();
                    unanswered++;
                    writes.add(write);
                } else {
                    if (effect instanceof HubEffect.Load) {
                        flush(writes); // what is read back includes what was decided before
                    }
                    perform(effect);
                }
            }
        }
        flush(writes);
        admission = hub.admission();
        messages = hub.messages();
        transmitting = hub.transmitting();
        unwritten = hub.unwritten();
        synchronized (quiet) {
            quiet.notifyAll();
        }
        inputs.forEach(input -> activity.end());
    }

    private void flush(List<HubEffect.Persist> writes) {
        if (!writes.isEmpty()) {
            List<HubEffect.Persist> batches = List.copyOf(writes);
            writes.clear();
            writer.execute(() -> write(batches));
        }
    }

    private void perform(HubEffect effect) {
        if (effect instanceof HubEffect.WakeAt at) {
            if (wake != null) {
                wake.run();
            }
            wake = clock.schedule(at.at(), () -> post(Hub::ticked));
        } else if (effect instanceof HubEffect.Load load) {
            activity.begin();
            writer.execute(() -> load(load));
        } else {
            drivers.accept(effect);
        }
    }

    /**
     * What comes behind a refused batch is refused too, or records of one message would change their order: until all of
     * it is answered, for the hub writes it anew only then.
     */
    private void write(List<HubEffect.Persist> writes) {
        Optional<String> failure = refusing ? Optional.of("an earlier batch was refused") : Optional.empty();
        try {
            if (alive && failure.isEmpty()) {
                List<SpoolRecord> records =
                        writes.stream().flatMap(w -> w.records().stream()).toList();
                spool.write(shard, records, writes.stream().anyMatch(HubEffect.Persist::synced));
            }
        } catch (IOException e) {
            LOG.warn("{}: the spool refuses: {}", name, e.toString());
            failure = Optional.of(e.toString());
            refusing = true;
        }
        Optional<String> outcome = failure;
        for (HubEffect.Persist write : writes) {
            post((hub, now) -> persisted(hub, write.batch(), outcome, now));
            activity.end();
        }
    }

    private List<HubEffect> persisted(Hub to, long batch, Optional<String> failure, Instant now) {
        unanswered--;
        if (unanswered == 0) {
            refusing = false;
        }
        return to.persisted(batch, failure, now);
    }

    private void load(HubEffect.Load load) {
        List<StoredMessage> found = new ArrayList<>();
        for (CopyId copy : load.copies()) {
            try {
                spool.load(shard, copy.message()).ifPresent(m -> found.add(StoredMessage.of(m.records())));
            } catch (IOException e) {
                if (!spool.status().healthy()) {
                    LOG.warn("{}: the spool cannot be read, trying again: {}", name, e.toString());
                    clock.schedule(clock.now().plusSeconds(10), () -> loadAgain(load));
                    return;
                }
                LOG.error("{}: left out, to be moved aside at the next start: {}", name, e.getMessage());
            }
        }
        post((hub, now) -> hub.loaded(found, now));
        activity.end();
    }

    private void loadAgain(HubEffect.Load load) {
        if (alive) {
            writer.execute(() -> load(load));
        }
    }

    boolean isAlive() {
        return alive;
    }

    /** The bug that stopped the node, if one did. */
    Optional<Throwable> bug() {
        return Optional.ofNullable(bug);
    }

    /** The queues as of the next moment the hub has time; fails when the node is dead. */
    CompletableFuture<List<QueueView>> queues() {
        CompletableFuture<List<QueueView>> views = new CompletableFuture<>();
        if (!alive) {
            views.completeExceptionally(new IllegalStateException(name + " does not run"));
            return views;
        }
        post((hub, now) -> {
            views.complete(hub.queues());
            return List.of();
        });
        return views;
    }

    int messages() {
        return messages;
    }

    int transmitting() {
        return transmitting;
    }

    int unwritten() {
        return unwritten;
    }

    /** Waits until nothing is being sent and everything is written, for {@code limit} at most. */
    void awaitQuiet(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (quiet) {
            while (alive && (!inbox.isEmpty() || transmitting > 0 || unwritten > 0)) {
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
        activity.abandon();
        thread.interrupt();
        try {
            // The hub's thread first: until it has ended it may still hand something to the writer.
            thread.join(10_000);
            writer.shutdown();
            if (!writer.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("{}: a write to the spool did not end", name);
            }
        } catch (InterruptedException e) {
            writer.shutdown();
            Thread.currentThread().interrupt();
        }
    }
}
