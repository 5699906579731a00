package org.bridgehead.core.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.queue.QueueStatus;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.whatif.People;
import org.bridgehead.whatif.Scene;
import org.junit.jupiter.api.Test;

/** What operators see of one hub and do with it (BEHAVIOUR 3.1). The world answers at once, the next server as told. */
class OperatorsTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final String QUEUE = "site:B";

    private final People people = new People().mailbox("a", "A-MBX").mailbox("b", "B-MBX");
    private final List<HubEffect> seen = new ArrayList<>();
    private Hub hub = hub(Hub.ROOM);
    private Instant now = START;
    private Optional<RecipientOutcome> reply = Optional.of(new RecipientOutcome.Delivered("ok"));
    private boolean answers = true;

    private static Hub hub(int room) {
        return new Hub(Snapshot.of(RoutingTable.of(Scene.of("A-B 10").topology()), "A1"), room);
    }

    private static SpoolRecord.Accepted mail(int id) {
        return new SpoolRecord.Accepted(
                new InternalId(id),
                Envelope.of(Optional.of(People.address("a")), List.of(Recipient.of(People.address("b")))),
                new Facts(
                        TransferState.fresh(new TransportId(0, id), START, 1000, Optional.of("a")),
                        new HeaderFacts(new MessageId("<" + id + "@x>"), "", 0, false, false, Optional.empty()),
                        START,
                        "test"),
                new BodyRef("body" + id, 1000));
    }

    /** Performs effects: the directory knows, the disk takes all, the next server does as the test wants. */
    private void perform(List<HubEffect> effects) {
        for (HubEffect effect : effects) {
            seen.add(effect);
            if (effect instanceof HubEffect.LookUp lookUp) {
                perform(hub.answered(lookUp.id(), people.ask(lookUp.questions(), lookUp.cursor()), now));
            } else if (effect instanceof HubEffect.Persist write) {
                perform(hub.persisted(write.batch(), Optional.empty(), now));
            } else if (effect instanceof HubEffect.Connect connect) {
                ConnectOutcome outcome =
                        answers ? new ConnectOutcome.Ready() : new ConnectOutcome.Unreachable("nobody there");
                perform(hub.connected(connect.connection(), outcome, now));
            } else if (effect instanceof HubEffect.Transmit transmit && reply.isPresent()) {
                perform(hub.transmitted(transmit.connection(), List.of(reply.get()), true, now));
            } else if (effect instanceof HubEffect.Load load) {
                perform(hub.loaded(
                        load.copies().stream()
                                .map(copy -> StoredMessage.of(
                                        List.of(mail((int) copy.message().value()))))
                                .toList(),
                        now));
            } else if (effect instanceof HubEffect.Report report) {
                perform(hub.reported(report.id(), Optional.empty(), now));
            }
        }
    }

    private void submit(int... ids) {
        Arrays.stream(ids).forEach(id -> perform(hub.submitted(mail(id), now)));
    }

    private void operate(Operation operation) {
        assertThat(hub.concerned(operation)).as("%s", operation).isPositive();
        perform(hub.operated(operation, now));
    }

    private void pass(Duration time) {
        now = now.plus(time);
        perform(hub.ticked(now));
    }

    private <T extends HubEffect> List<T> all(Class<T> kind) {
        return seen.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private MessageView only() {
        List<MessageView> views = hub.messageViews(MessageFilter.all(10));
        assertThat(views).hasSize(1);
        return views.get(0);
    }

    private QueueView queue() {
        return hub.allQueues().stream()
                .filter(queue -> queue.name().equals(QUEUE))
                .findFirst()
                .orElseThrow();
    }

    private List<TrackingEvent> fails() {
        return all(HubEffect.Track.class).stream()
                .map(HubEffect.Track::event)
                .filter(event -> event.event() == TrackingEvent.Kind.FAIL)
                .toList();
    }

    private static final RecipientOutcome LATER =
            new RecipientOutcome.Deferred(EnhancedStatus.of("4.2.2"), "mailbox full");

    @Test
    void aMessageThatRestsIsInItsQueueAndGoesWithIt() {
        reply = Optional.of(LATER);
        submit(1);
        assertThat(only().status()).isEqualTo(MessageStatus.RETRY);
        assertThat(only().identity()).isEqualTo("A1\\site:B\\1");
        assertThat(only().lastError()).contains("mailbox full");
        assertThat(only().nextRetry()).contains(START.plus(Duration.ofMinutes(15)));
        assertThat(queue().messages()).isEqualTo(1);
        assertThat(queue().reason()).contains("the first at 2026-03-02T08:15:00Z", "mailbox full");
        assertThat(queue().deliveryType()).isEqualTo(DeliveryType.SMTP_RELAY_TO_REMOTE_AD_SITE);
        reply = Optional.of(new RecipientOutcome.Delivered("ok"));
        operate(new Operation.RetryQueue(QUEUE));
        assertThat(hub.messages()).isZero();
    }

    @Test
    void aHeldMessageWaitsWhileOthersGo() {
        answers = false;
        submit(1, 2);
        operate(new Operation.SuspendMessage(new InternalId(1), QUEUE));
        answers = true;
        operate(new Operation.RetryQueue(QUEUE));
        assertThat(only().id()).isEqualTo(new InternalId(1));
        assertThat(only().status()).isEqualTo(MessageStatus.SUSPENDED);
        pass(Duration.ofHours(1));
        assertThat(hub.messages()).isEqualTo(1);
        operate(new Operation.ResumeMessage(new InternalId(1), Operation.EVERY_QUEUE));
        assertThat(hub.messages()).isZero();
        assertThat(hub.standing()).isEmpty();
    }

    @Test
    void aRestingMessageCanBeHeldAndStillExpires() {
        reply = Optional.of(LATER);
        submit(1);
        operate(new Operation.SuspendMessage(new InternalId(1), Operation.EVERY_QUEUE));
        pass(Duration.ofMinutes(16));
        assertThat(only().status()).isEqualTo(MessageStatus.SUSPENDED);
        pass(Duration.ofHours(5));
        pass(Duration.ofDays(2));
        assertThat(fails()).hasSize(1).allMatch(event -> event.reason().contains("QUEUE.Expired"));
    }

    @Test
    void whatIsBeingSentIsHeldOrDeletedWhenThatFails() {
        reply = Optional.empty();
        submit(1, 2, 3);
        assertThat(all(HubEffect.Transmit.class)).isNotEmpty();
        operate(new Operation.SuspendMessage(new InternalId(1), QUEUE));
        assertThat(hub.messageViews(MessageFilter.of(new InternalId(1))))
                .extracting(MessageView::status)
                .containsExactly(MessageStatus.PENDING_SUSPEND);
        operate(new Operation.RemoveMessage(new InternalId(1), QUEUE, false));
        assertThat(hub.messageViews(MessageFilter.of(new InternalId(1))))
                .extracting(MessageView::status)
                .containsExactly(MessageStatus.PENDING_REMOVE);
        HubEffect.Transmit sending = all(HubEffect.Transmit.class).get(0);
        perform(hub.transmitted(sending.connection(), List.of(LATER), true, now));
        assertThat(hub.messageViews(MessageFilter.of(new InternalId(1)))).isEmpty();
        assertThat(fails()).hasSize(1).allMatch(event -> event.source() == TrackingEvent.Source.ADMIN);
        assertThat(all(HubEffect.Report.class)).isEmpty();
    }

    @Test
    void aRemovedMessageIsReportedUnlessNobodyIsToKnow() {
        answers = false;
        submit(1, 2);
        operate(new Operation.RemoveMessage(new InternalId(1), QUEUE, true));
        assertThat(all(HubEffect.Report.class)).hasSize(1);
        operate(new Operation.RemoveMessage(new InternalId(2), Operation.EVERY_QUEUE, false));
        assertThat(all(HubEffect.Report.class)).hasSize(1);
        assertThat(fails()).hasSize(2).allMatch(event -> event.status().equals("4.3.2"));
        assertThat(queue().messages()).isZero();
    }

    @Test
    void aMessageOutOfMemoryIsReadBackToBeDeleted() {
        hub = hub(10);
        answers = false;
        submit(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        MessageView away = hub.messageViews(MessageFilter.all(100)).stream()
                .filter(view -> view.accepted().isEmpty())
                .findFirst()
                .orElseThrow();
        operate(new Operation.RemoveMessage(away.id(), QUEUE, false));
        assertThat(hub.messageViews(MessageFilter.of(away.id()))).isEmpty();
        assertThat(hub.messages()).isEqualTo(11);
    }

    @Test
    void whatOperatorsHoldStandsInTheNextLife() {
        answers = false;
        submit(1, 2);
        operate(new Operation.SuspendMessage(new InternalId(1), QUEUE));
        operate(new Operation.SuspendQueue(Operation.SUBMISSION));
        List<Operation> standing = hub.standing();
        hub = hub(Hub.ROOM);
        hub.restore(standing);
        answers = true;
        for (int id : new int[] {1, 2}) {
            perform(hub.recovered(StoredMessage.of(List.of(mail(id))), now));
        }
        assertThat(hub.standing()).containsExactlyElementsOf(standing);
        assertThat(hub.messageViews(MessageFilter.all(10)))
                .extracting(MessageView::queue)
                .containsOnly(Operation.SUBMISSION);
        operate(new Operation.ResumeQueue(Operation.SUBMISSION));
        assertThat(only().id()).isEqualTo(new InternalId(1));
        assertThat(only().status()).isEqualTo(MessageStatus.SUSPENDED);
    }

    @Test
    void aHeldQueueIsHeldBeforeItIsThere() {
        hub.restore(List.of(new Operation.SuspendQueue(QUEUE)));
        assertThat(queue().status()).isEqualTo(QueueStatus.SUSPENDED);
        submit(1);
        assertThat(queue().messages()).isEqualTo(1);
        assertThat(queue().reason()).contains("an operator holds the queue");
        operate(new Operation.ResumeQueue(QUEUE));
        assertThat(hub.messages()).isZero();
        assertThat(hub.standing()).isEmpty();
    }

    @Test
    void aDrainedQueueIsRoutedAfresh() {
        answers = false;
        submit(1);
        seen.clear();
        operate(new Operation.DrainQueue(QUEUE));
        assertThat(all(HubEffect.Track.class))
                .extracting(track -> track.event().event())
                .contains(TrackingEvent.Kind.RESUBMIT);
        assertThat(hub.messages()).isEqualTo(1);
    }

    @Test
    void whatIsNotThereIsNotTouched() {
        assertThat(hub.concerned(new Operation.RetryQueue("site:C"))).isZero();
        assertThat(hub.concerned(new Operation.SuspendMessage(new InternalId(7), Operation.EVERY_QUEUE)))
                .isZero();
        assertThat(hub.concerned(new Operation.SuspendQueue(Operation.SUBMISSION)))
                .isEqualTo(1);
    }
}
