package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.queue.DeliveryQueue.Unloaded;
import org.bridgehead.core.queue.QueueStatus;

/**
 * Messages in whose processing the server has crashed too often: set aside, never tried again by itself, never expiring,
 * an operator's to free or to delete (BEHAVIOUR 3.1, 3.2: PoisonThreshold). They stay in the spool, out of memory. Owned
 * by the hub's thread.
 */
final class Poison {
    /** Name of the queue; it shows only while something is in it. */
    static final String QUEUE = Operation.ResumeQueue.POISON.queue();

    /** Crashes after which a message is set aside. */
    static final int THRESHOLD = Operation.CountCrashes.MOST;

    private static final EnhancedStatus DELETED = EnhancedStatus.of("5.3.0");
    private static final String DELETED_WORDS = "poison message deleted by administrative action";

    private final Desk desk;
    private final Ledger ledger;
    private final Reporter reporter;
    private final Shelf shelf;
    private final TreeMap<InternalId, Integer> crashes = new TreeMap<>();
    private final TreeMap<InternalId, Unloaded> aside = new TreeMap<>();
    /** Being read back to be deleted; whether the sender is told. */
    private final TreeMap<InternalId, Boolean> condemned = new TreeMap<>();
    /** Counted by earlier lives; this one has not met them yet. */
    private final TreeSet<InternalId> unseen = new TreeSet<>();

    Poison(Desk desk, Ledger ledger, Reporter reporter, Shelf shelf) {
        this.desk = desk;
        this.ledger = ledger;
        this.reporter = reporter;
        this.shelf = shelf;
    }

    /** What earlier lives counted. */
    void restore(Operation.CountCrashes counted) {
        crashes.put(counted.message(), counted.crashes());
        unseen.add(counted.message());
    }

    /** Sets a message aside that was found in the spool at start, if it has to be; false = it goes its way. */
    boolean takes(StoredMessage message) {
        SpoolRecord.Accepted accepted = message.accepted();
        unseen.remove(accepted.id());
        if (crashes.getOrDefault(accepted.id(), 0) < THRESHOLD) {
            return false;
        }
        aside.put(
                accepted.id(),
                new Unloaded(accepted.id(), accepted.facts().state().submitted(), true, false, Priority.NORMAL));
        List<EmailAddress> recipients = accepted.envelope().recipients().stream()
                .map(Recipient::address)
                .toList();
        desk.track(
                TrackingEvent.Kind.POISONMESSAGE,
                TrackingEvent.Source.QUEUE,
                accepted,
                recipients,
                Optional.empty(),
                DELETED.toString(),
                "set aside: the server crashed " + crashes.get(accepted.id()) + " times while it handled this message");
        return true;
    }

    /** Messages set aside. */
    int size() {
        return aside.size();
    }

    boolean has(InternalId message) {
        return aside.containsKey(message);
    }

    /** Those set aside, oldest first. */
    Iterable<Unloaded> messages() {
        return aside.values();
    }

    /** An operator takes the risk: it is tried again as if it were new. */
    void free(InternalId message) {
        Unloaded freed = aside.remove(message);
        if (freed != null) {
            crashes.remove(message);
            shelf.want(freed);
        }
    }

    /** The same for all of them. */
    void freeAll() {
        List.copyOf(aside.keySet()).forEach(this::free);
    }

    /** An operator deletes it. */
    void delete(InternalId message, boolean report) {
        Unloaded deleted = aside.remove(message);
        if (deleted != null) {
            crashes.remove(message);
            condemned.put(message, report);
            shelf.want(deleted);
        }
    }

    /** Ends a message that was read back for that, without looking at it any closer; false = it was not. */
    boolean ends(MailItem item) {
        Boolean report = condemned.remove(item.id());
        if (report == null) {
            return false;
        }
        for (MailCopy copy : List.copyOf(item.copies())) {
            end(copy, copy.open(), report);
        }
        ledger.releaseIfComplete(item);
        return true;
    }

    private void end(MailCopy copy, List<Integer> open, boolean report) {
        if (open.isEmpty()) {
            return;
        }
        if (report) {
            List<Reporter.Failure> failures = new ArrayList<>();
            for (int index : open) {
                failures.add(new Reporter.Failure(
                        index, copy.recipients().get(index), DELETED, DELETED_WORDS, Optional.empty()));
            }
            reporter.fail(copy, TrackingEvent.Source.ADMIN, failures);
            return;
        }
        desk.track(
                TrackingEvent.Kind.FAIL,
                TrackingEvent.Source.ADMIN,
                copy.item().accepted(),
                open.stream()
                        .map(index -> copy.recipients().get(index).address())
                        .toList(),
                Optional.empty(),
                DELETED.toString(),
                DELETED_WORDS + ", no report");
        ledger.settle(copy, open);
    }

    /** How the queue stands; empty = nothing is in it. */
    Optional<QueueView> view() {
        return aside.isEmpty()
                ? Optional.empty()
                : Optional.of(new QueueView(
                        desk.self() + "\\" + QUEUE,
                        0,
                        DeliveryType.UNDEFINED,
                        QUEUE,
                        QueueStatus.SUSPENDED,
                        aside.size(),
                        0,
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        "crashed the server " + THRESHOLD + " times; an operator resumes or removes the message"));
    }

    /** What the next life has to know; counts of messages that are {@code gone} are forgotten. */
    List<Operation> standing(Predicate<InternalId> gone) {
        crashes.keySet().removeIf(id -> !aside.containsKey(id) && !unseen.contains(id) && gone.test(id));
        List<Operation> told = new ArrayList<>();
        for (Map.Entry<InternalId, Integer> counted : crashes.entrySet()) {
            told.add(new Operation.CountCrashes(counted.getKey(), counted.getValue()));
        }
        return told;
    }
}
