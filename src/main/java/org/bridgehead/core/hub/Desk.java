package org.bridgehead.core.hub;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Numbered;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.mail.TransferState;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of one hub share while they handle one call: the time, the snapshot, the effects so far, the records
 * to write. Owned by the hub's thread.
 */
final class Desk {
    private static final Duration REWRITE_INTERVAL = Duration.ofSeconds(10);

    private final Timers timers = new Timers();
    private final List<HubEffect> effects = new ArrayList<>();
    private final List<SpoolRecord> records = new ArrayList<>();
    private final Numbered<List<SpoolRecord>> unwritten = new Numbered<>();
    private final TreeMap<Long, List<SpoolRecord>> refused = new TreeMap<>();
    private final List<SpoolRecord> behindRefused = new ArrayList<>();
    private Snapshot snapshot;
    private Instant now = Instant.EPOCH;
    /** What is to be run when the batch of a number is written. */
    private final TreeMap<Long, List<Runnable>> onWritten = new TreeMap<>();

    /** The same for what is recorded and not in a batch yet. */
    private final List<Runnable> waiting = new ArrayList<>();

    private boolean synced;
    private @Nullable InternalId focus;
    private @Nullable Instant wakeAt;
    private long lastNumber;
    private long lastBatch;

    Desk(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    void snapshot(Snapshot other) {
        snapshot = other;
    }

    Instant now() {
        return now;
    }

    /** What a message counts for in a queue: the same as all others unless the organisation minds priorities. */
    Priority priority(TransferState state) {
        return snapshot.settings().connections().byPriority()
                ? state.priority().forSize(state.size())
                : Priority.NORMAL;
    }

    Timers timers() {
        return timers;
    }

    String self() {
        return snapshot.self().name();
    }

    /** A number for a batch, look-up, consultation or report. */
    long number() {
        return ++lastNumber;
    }

    void begin(Instant time) {
        focus = null;
        // Time never goes back for the hub, whatever the machine's clock does.
        now = time.isAfter(now) ? time : now;
    }

    /** Whoever was to call at the next wake-up has called; if that was too early, it has to be asked again. */
    void woken() {
        wakeAt = null;
    }

    /** From here on the call works on this message. */
    void focus(InternalId message) {
        focus = message;
    }

    /** The message that the present call, or the one that failed, was working on. */
    Optional<InternalId> focused() {
        return Optional.ofNullable(focus);
    }

    void emit(HubEffect effect) {
        effects.add(effect);
    }

    void record(SpoolRecord record) {
        records.add(record);
    }

    /** As {@link #record}; the batch it is in must be on stable storage before it counts as written. */
    void recordSynced(SpoolRecord record) {
        records.add(record);
        synced = true;
    }

    /** Once everything recorded so far is written, {@code action} is run, within the call that says so. */
    void whenWritten(Runnable action) {
        waiting.add(action);
    }

    /** Once everything recorded by now is written, {@code action} is run: at once, if it is. */
    void afterWritten(Runnable action) {
        if (!records.isEmpty() || !refused.isEmpty()) {
            waiting.add(action);
        } else if (unwritten.get(lastBatch) != null) {
            // Whoever writes it has written those before: after a refusal all that follow are refused.
            onWritten.computeIfAbsent(lastBatch, batch -> new ArrayList<>()).add(action);
        } else {
            action.run();
        }
    }

    /** The effects of the call; what is to be written comes first, the next wake-up last. */
    List<HubEffect> finish() {
        Instant next = timers.next();
        boolean wakes = next != null && !next.equals(wakeAt);
        wakeAt = next;
        if (records.isEmpty() && effects.isEmpty() && !wakes) {
            return List.of();
        }
        List<HubEffect> out = new ArrayList<>(effects.size() + 2);
        if (!records.isEmpty()) {
            if (refused.isEmpty()) {
                out.add(write(records.size() == 1 ? List.of(records.get(0)) : List.copyOf(records)));
            } else {
                behindRefused.addAll(records);
            }
            records.clear();
        }
        for (HubEffect effect : effects) {
            out.add(effect);
        }
        effects.clear();
        if (next != null && wakes) {
            out.add(new HubEffect.WakeAt(next));
        }
        return out;
    }

    private HubEffect write(List<SpoolRecord> batch) {
        long number = number();
        lastBatch = number;
        unwritten.put(number, batch);
        if (!waiting.isEmpty()) {
            onWritten.put(number, new ArrayList<>(waiting));
            waiting.clear();
        }
        boolean sync = synced;
        synced = false;
        return new HubEffect.Persist(number, batch, sync);
    }

    /**
     * A batch was written, or was not and is tried again later. Until then everything behind it waits, so that no record
     * of a message overtakes an earlier one.
     */
    void written(long number, Optional<String> failure) {
        List<SpoolRecord> batch = unwritten.remove(number);
        if (batch == null) {
            throw new IllegalStateException("no batch " + number + " is under way");
        }
        List<Runnable> actions = onWritten.remove(number);
        if (failure.isPresent()) {
            if (refused.isEmpty()) {
                timers.at(now.plus(REWRITE_INTERVAL), this::rewrite);
            }
            refused.put(number, batch);
            if (actions != null) {
                waiting.addAll(actions);
                synced = true;
            }
        } else if (actions != null) {
            actions.forEach(Runnable::run);
        }
    }

    private void rewrite() {
        if (!unwritten.isEmpty()) {
            timers.at(now.plus(REWRITE_INTERVAL), this::rewrite);
            return;
        }
        List<SpoolRecord> due = new ArrayList<>();
        refused.values().forEach(due::addAll);
        due.addAll(behindRefused);
        due.addAll(records);
        refused.clear();
        behindRefused.clear();
        records.clear();
        records.addAll(due);
    }

    /** Whether an action is run once a batch is written. */
    boolean awaits(long batch) {
        return onWritten.containsKey(batch);
    }

    /** Batches not yet written. */
    int unwritten() {
        return unwritten.size() + refused.size();
    }

    void track(
            TrackingEvent.Kind kind,
            TrackingEvent.Source source,
            SpoolRecord.Accepted message,
            List<EmailAddress> recipients,
            Optional<String> nextHop,
            String status,
            String reason) {
        Facts facts = message.facts();
        TransferState state = facts.state();
        emit(new HubEffect.Track(new TrackingEvent(
                now,
                kind,
                source,
                self(),
                snapshot.self().site(),
                facts.header().messageId(),
                message.id(),
                state.id(),
                message.envelope().sender(),
                recipients,
                nextHop,
                state.trace().size() + 1,
                state.size(),
                status,
                reason)));
    }
}
