package org.bridgehead.junit;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.topology.Names;
import org.bridgehead.engine.ReceivedMail;
import org.bridgehead.engine.TrackingLog;

/**
 * Assertions about the tracking log. What shall have happened is waited for, 10 seconds of real time at most; what
 * shall not is looked for at once, so let the mail come to rest before ({@code org.clock().runUntilIdle()}). A failure
 * shows the events in order.
 */
public final class TrackingAssert extends AbstractAssert<TrackingAssert, TrackingLog> {
    private final Predicate<TrackingEvent> wanted;

    TrackingAssert(TrackingLog log) {
        this(log, event -> true);
    }

    private TrackingAssert(TrackingLog log, Predicate<TrackingEvent> wanted) {
        super(log, TrackingAssert.class);
        this.wanted = wanted;
    }

    private TrackingAssert only(Predicate<TrackingEvent> further) {
        return new TrackingAssert(actual, wanted.and(further));
    }

    /** Only of messages with this Message-ID, angle brackets included. */
    public TrackingAssert forMessage(String messageId) {
        return only(event -> event.messageId().equals(new MessageId(messageId)));
    }

    /** Only of the message that this one arrived as. */
    public TrackingAssert forMessage(ReceivedMail mail) {
        return only(event -> event.transportId().equals(mail.transportId()));
    }

    /** Only events that concern a recipient. */
    public TrackingAssert concerning(String recipient) {
        return only(event -> event.recipients().contains(EmailAddress.of(recipient)));
    }

    /** Only events on a server. */
    public TrackingAssert on(String server) {
        return only(event -> Names.same(event.server(), server));
    }

    /** These kinds of event occur in this order; others may stand between them. */
    public TrackingAssert events(Kind... kinds) {
        return await("to show " + Arrays.toString(kinds) + " in this order", () -> inOrder(kinds));
    }

    private boolean inOrder(Kind... kinds) {
        int found = 0;
        for (TrackingEvent event : events()) {
            if (found < kinds.length && event.event() == kinds[found]) {
                found++;
            }
        }
        return found == kinds.length;
    }

    /** These kinds of event occur in this order, and no others. */
    public TrackingAssert exactlyEvents(Kind... kinds) {
        return await(
                "to show exactly " + Arrays.toString(kinds),
                () -> events().stream().map(TrackingEvent::event).toList().equals(List.of(kinds)));
    }

    /** No event of these kinds has occurred. */
    public TrackingAssert noEvents(Kind... kinds) {
        List<Kind> unwanted = List.of(kinds);
        if (events().stream().anyMatch(event -> unwanted.contains(event.event()))) {
            throw failed("to show none of " + unwanted);
        }
        return this;
    }

    /** Delivery failed for good with this enhanced status, such as {@code 5.1.1}. */
    public TrackingAssert bounced(String status) {
        return await(
                "to show a failure with status " + status,
                () -> events().stream()
                        .anyMatch(event -> event.event() == Kind.FAIL
                                && Arrays.asList(event.status().split("[ :;,]+"))
                                        .contains(status)));
    }

    private interface Condition {
        boolean holds();
    }

    private TrackingAssert await(String expectation, Condition condition) {
        isNotNull();
        Semaphore news = new Semaphore(1);
        Runnable end = actual.listen(event -> news.release());
        long until = System.nanoTime() + Settling.PATIENCE.toNanos();
        try {
            while (news.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                news.drainPermits();
                if (condition.holds()) {
                    return this;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end.run();
        }
        throw failed(expectation);
    }

    private List<TrackingEvent> events() {
        isNotNull();
        return actual.events().stream().filter(wanted).toList();
    }

    private AssertionError failed(String expectation) {
        return failure("%s", "Expected the tracking log " + expectation + ".\n" + Story.of(events()));
    }
}
