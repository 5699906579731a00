package org.bridgehead.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bridgehead.core.hub.Hub;
import org.bridgehead.core.hub.HubEffect;
import org.bridgehead.core.hub.Recalled;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StoredMessage;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes and reads the spool for one hub node: one thing after the other in a thread of its own, each answered in the
 * node's inbox.
 */
final class SpoolWork {
    /** So many are written at once at most. */
    private static final int MOST_BATCHES = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(SpoolWork.class);

    private final HubNode node;
    private final Spool spool;
    private final Shard shard;
    private final EngineClock clock;
    private final ExecutorService writer;
    /** Wanted and not begun. */
    private final ConcurrentLinkedQueue<HubEffect.Persist> waiting = new ConcurrentLinkedQueue<>();
    /** Whether the writer has a turn before it in which it takes all that waits. */
    private final AtomicBoolean due = new AtomicBoolean();
    /** Batches without an answer; owned by the hub's thread. */
    private int unanswered;

    private volatile boolean refusing;

    SpoolWork(HubNode node, Spool spool, EngineClock clock, ExecutorService writer) {
        this.node = node;
        this.spool = spool;
        this.shard = new Shard(node.name());
        this.clock = clock;
        this.writer = writer;
    }

    /** The hub wants a batch written, now or in its turn. */
    void wanted() {
        unanswered++;
    }

    /** Writes these, and all that are wanted until their turn comes, as one. */
    void write(List<HubEffect.Persist> batches) {
        batches.forEach(batch -> node.activity().begin());
        waiting.addAll(batches);
        if (due.compareAndSet(false, true)) {
            writer.execute(this::writeWaiting);
        }
    }

    /**
     * One by one, each would wait for a sync of the mail that comes in meanwhile: what is settled would lag behind by
     * hundreds of messages, all of which would be sent again after a crash.
     */
    private void writeWaiting() {
        due.set(false);
        while (!waiting.isEmpty()) {
            List<HubEffect.Persist> batches = new ArrayList<>();
            HubEffect.Persist next = waiting.poll();
            while (next != null) {
                batches.add(next);
                next = batches.size() < MOST_BATCHES ? waiting.poll() : null;
            }
            written(batches);
        }
    }

    /**
     * What comes behind a refused batch is refused too, or records of one message would change their order: until all of
     * it is answered, for the hub writes it anew only then.
     */
    private void written(List<HubEffect.Persist> writes) {
        Optional<String> failure = refusing ? Optional.of("an earlier batch was refused") : Optional.empty();
        try {
            if (node.isAlive() && failure.isEmpty()) {
                List<SpoolRecord> records =
                        writes.stream().flatMap(w -> w.records().stream()).toList();
                spool.write(shard, records, writes.stream().anyMatch(HubEffect.Persist::synced));
            }
        } catch (IOException e) {
            LOG.warn("{}: the spool refuses: {}", node.name(), e.toString());
            failure = Optional.of(e.toString());
            refusing = true;
        }
        Optional<String> outcome = failure;
        List<HubNode.Input> answers = new ArrayList<>();
        for (HubEffect.Persist write : writes) {
            answers.add((hub, now) -> persisted(hub, write.batch(), outcome, now));
        }
        node.bring(answers);
        writes.forEach(write -> node.activity().end());
    }

    private List<HubEffect> persisted(Hub to, long batch, Optional<String> failure, Instant now) {
        unanswered--;
        if (unanswered == 0) {
            refusing = false;
        }
        return to.persisted(batch, failure, now);
    }

    /** Reads messages back. */
    void load(HubEffect.Load load) {
        node.activity().begin();
        writer.execute(() -> loaded(load));
    }

    private void loaded(HubEffect.Load load) {
        List<StoredMessage> found = new ArrayList<>();
        for (CopyId copy : load.copies()) {
            try {
                spool.load(shard, copy.message()).ifPresent(m -> found.add(StoredMessage.of(m.records())));
            } catch (IOException e) {
                if (!spool.status().healthy()) {
                    LOG.warn("{}: the spool cannot be read, trying again: {}", node.name(), e.toString());
                    clock.schedule(clock.now().plusSeconds(10), () -> again(() -> loaded(load)));
                    return;
                }
                LOG.error("{}: left out, to be moved aside at the next start: {}", node.name(), e.getMessage());
            }
        }
        node.bring(List.of((hub, now) -> hub.loaded(found, now)));
        node.activity().end();
    }

    /** Reads dumpster items back, each with a number for the message it becomes. */
    void recall(HubEffect.Recall recall) {
        node.activity().begin();
        writer.execute(() -> recalled(recall));
    }

    private void recalled(HubEffect.Recall recall) {
        List<Recalled> found = new ArrayList<>();
        try {
            for (SpoolRecord.Held held : spool.held(shard, recall.storageGroup(), recall.sequences())) {
                found.add(new Recalled(held, spool.allocate(shard)));
            }
        } catch (IOException e) {
            LOG.warn("{}: the dumpster cannot be read, trying again: {}", node.name(), e.toString());
            clock.schedule(clock.now().plusSeconds(10), () -> again(() -> recalled(recall)));
            return;
        }
        node.bring(List.of((hub, now) -> hub.recalled(recall.request(), found, now)));
        node.activity().end();
    }

    private void again(Runnable work) {
        if (node.isAlive()) {
            writer.execute(work);
        }
    }

    /** Takes nothing more, and waits for what is under way. */
    void end() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("{}: a write to the spool did not end", node.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
