package org.bridgehead.core.hub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bridgehead.core.dumpster.Dumpster;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransferState;

/**
 * Hands back from the {@link Dumpsters} what a storage group may have lost (BEHAVIOUR 4.2): each item becomes a message
 * to the same recipients, not expanded, not reported on, marked as delivered before, so that the store drops what it
 * has. An item leaves the dumpster in the batch that makes the message, and comes back with its delivery; so it is never
 * in neither, and a request that a crash ends is carried out anew. Owned by the hub's thread.
 */
final class Redelivery {
    /** Items read back at once. */
    private static final int PAGE = 200;

    /** A request under way. */
    private static final class Request {
        private final SpoolRecord.Requested asked;
        private final Deque<Long> left = new ArrayDeque<>();
        private int made;

        private Request(SpoolRecord.Requested asked) {
            this.asked = asked;
        }
    }

    private final Desk desk;
    private final Dumpsters dumpsters;
    private final Consumer<SpoolRecord.Accepted> intake;
    private final TreeMap<Long, Request> open = new TreeMap<>();
    /** Until the dumpster is read back, nobody knows what is in it. */
    private boolean ready;

    /**
     * Nothing asked yet.
     *
     * @param intake takes a message that has been made
     */
    Redelivery(Desk desk, Dumpsters dumpsters, Consumer<SpoolRecord.Accepted> intake) {
        this.desk = desk;
        this.dumpsters = dumpsters;
        this.intake = intake;
    }

    /** The request is new: it is written down, then carried out. One that is under way is not begun again. */
    void asked(SpoolRecord.Requested asked) {
        if (!open.containsKey(asked.request())) {
            desk.record(asked);
            Request request = begin(asked);
            if (ready) {
                take(request);
                // Items stand in the spool only once everything before the request is written, which a full disk
                // delays.
                desk.whenWritten(() -> goOn(request));
            }
        }
    }

    /** The request was found in the spool: an earlier life did not carry it out to its end. */
    void recovered(SpoolRecord.Requested asked) {
        if (!open.containsKey(asked.request())) {
            Request request = begin(asked);
            if (ready) {
                start(request);
            }
        }
    }

    private Request begin(SpoolRecord.Requested asked) {
        Request request = new Request(asked);
        open.put(asked.request(), request);
        return request;
    }

    /** All that the spool held of the dumpster is known now. */
    void ready() {
        if (!ready) {
            ready = true;
            List.copyOf(open.values()).forEach(this::start);
        }
    }

    private void start(Request request) {
        take(request);
        goOn(request);
    }

    private void take(Request request) {
        RedeliveryWindow window = new RedeliveryWindow(request.asked.from(), request.asked.to());
        request.left.addAll(Lists.map(dumpsters.take(request.asked.storageGroup(), window), Dumpster.Item::sequence));
    }

    private void goOn(Request request) {
        if (request.left.isEmpty()) {
            end(request);
            return;
        }
        List<Long> page = new ArrayList<>();
        while (page.size() < PAGE && !request.left.isEmpty()) {
            page.add(request.left.removeFirst());
        }
        desk.emit(new HubEffect.Recall(request.asked.request(), request.asked.storageGroup(), page));
    }

    private void end(Request request) {
        long number = request.asked.request();
        int made = request.made;
        open.remove(number);
        desk.recordSynced(new SpoolRecord.RequestDone(number));
        desk.whenWritten(() -> desk.emit(new HubEffect.Redelivered(number, made)));
    }

    /** Items were read back, each with a number for the message it becomes; damaged ones are missing. */
    void recalled(long number, List<Recalled> items) {
        Request request = open.get(number);
        if (request == null) {
            throw new IllegalStateException("no redelivery request " + number + " is under way");
        }
        List<SpoolRecord.Accepted> messages = Lists.map(items, this::message);
        for (int i = 0; i < messages.size(); i++) {
            SpoolRecord.Held held = items.get(i).held();
            desk.record(messages.get(i));
            desk.record(new SpoolRecord.Evicted(held.storageGroup(), held.sequence()));
        }
        request.made += messages.size();
        // Only what is written can be put out of memory and read back.
        desk.whenWritten(() -> messages.forEach(message -> {
            track(request, message);
            intake.accept(message);
        }));
        goOn(request);
    }

    private SpoolRecord.Accepted message(Recalled recalled) {
        SpoolRecord.Held held = recalled.held();
        Facts facts = held.facts();
        TransferState state = facts.state()
                .resubmittedAt(desk.now())
                .with(TransferState.Flag.RESOLVED)
                .with(TransferState.Flag.FROZEN)
                .with(TransferState.Flag.NODSN)
                .with(TransferState.Flag.AGAIN);
        return new SpoolRecord.Accepted(
                recalled.id(),
                held.envelope(),
                new Facts(state, facts.header(), desk.now(), "dumpster " + held.storageGroup()),
                held.body());
    }

    private void track(Request request, SpoolRecord.Accepted message) {
        desk.track(
                TrackingEvent.Kind.REDELIVER,
                TrackingEvent.Source.REDUNDANCY,
                message,
                Lists.map(message.envelope().recipients(), Recipient::address),
                Optional.of(request.asked.storageGroup().server()),
                "",
                request.asked.storageGroup() + " may have lost it");
    }

    /** Requests not carried out to their end. */
    int open() {
        return open.size();
    }
}
