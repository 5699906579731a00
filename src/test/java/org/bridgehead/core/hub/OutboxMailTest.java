package org.bridgehead.core.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mailbox.Outbox;
import org.bridgehead.core.mailbox.Outbox.Refused;
import org.bridgehead.core.mailbox.Outbox.Settled;
import org.bridgehead.core.mailbox.Outbox.Waiting;
import org.bridgehead.core.topology.ConnectionLimits;
import org.bridgehead.core.topology.Limits;
import org.bridgehead.core.topology.Settings;
import org.junit.jupiter.api.Test;

/** What the log tells of letters in an Outbox, and how long they wait. */
class OutboxMailTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Recipient BERT = Recipient.of(EmailAddress.of("bert@contoso.test"));
    private static final Recipient MIA = Recipient.of(EmailAddress.of("mia@contoso.test"));

    private final OutboxMail mail = new OutboxMail("BER-MBX1", Optional.of("Berlin"));

    private static Waiting letter(Priority priority) {
        return new Waiting(
                7,
                NOON,
                Envelope.of(Optional.of(EmailAddress.of("anna@contoso.test")), List.of(BERT, MIA)),
                new MessageId("<7@x.test>"),
                200,
                priority,
                "nobody");
    }

    @Test
    void aLetterThatStaysIsPutOff() {
        TrackingEvent event = mail.stays(letter(Priority.NORMAL), EnhancedStatus.of("4.4.1"), NOON);
        assertThat(event.event()).isEqualTo(Kind.DEFER);
        assertThat(event.server()).isEqualTo("BER-MBX1");
        assertThat(event.site()).contains("Berlin");
        assertThat(event.recipients()).containsExactly(BERT.address(), MIA.address());
        assertThat(event.status()).isEqualTo("4.4.1");
        assertThat(event.reason()).isEqualTo("stays in the Outbox: 4.4.1 nobody");
        assertThat(event.transportId()).isEqualTo(Outbox.identity("BER-MBX1", 7, NOON));
        assertThat(event.internalId()).hasToString("7");
        assertThat(event.hop()).isEqualTo(1);
    }

    @Test
    void whoWasTakenWasSubmittedAndWhoWasRefusedHasFailed() {
        Settled settled = new Settled(
                List.of(BERT),
                List.of(new Refused(MIA, EnhancedStatus.of("5.7.1"), "550 5.7.1 never")),
                Optional.empty(),
                Optional.empty());
        List<TrackingEvent> events = mail.tried(letter(Priority.NORMAL), settled, Optional.of("BER-HT1"), NOON);
        assertThat(events).extracting(TrackingEvent::event).containsExactly(Kind.SUBMIT, Kind.FAIL);
        assertThat(events).allSatisfy(event -> assertThat(event.nextHop()).contains("BER-HT1"));
        assertThat(events.get(0).recipients()).containsExactly(BERT.address());
        assertThat(events.get(1).recipients()).containsExactly(MIA.address());
        assertThat(events.get(1).status()).isEqualTo("5.7.1");
    }

    @Test
    void lettersWaitAsQueuesDoAndUrgencyCountsWhereTheOrganisationMindsIt() {
        Settings usual = Settings.of("Contoso", "contoso.test");
        Outbox.Patience patience = OutboxMail.patience(() -> usual);
        assertThat(patience.afterFailure(1)).isEqualTo(usual.retry().glitchInterval());
        assertThat(patience.afterFailure(100)).isEqualTo(usual.retry().interval());
        assertThat(patience.expiration(letter(Priority.HIGH))).isEqualTo(Duration.ofDays(2));
        Settings byPriority = new Settings(
                usual.name(),
                usual.acceptedDomains(),
                usual.routing(),
                usual.limits(),
                usual.retry(),
                usual.edgeRetry(),
                new ConnectionLimits(1000, 20, 20, true),
                usual.dumpster(),
                usual.secretFile());
        Outbox.Patience urgent = OutboxMail.patience(() -> byPriority);
        assertThat(urgent.expiration(letter(Priority.HIGH))).isEqualTo(Duration.ofHours(8));
        assertThat(urgent.expiration(letter(Priority.NORMAL))).isEqualTo(Duration.ofDays(2));
    }

    @Test
    void moreThanTheOrganisationAllowsIsRefusedAsAWhole() {
        Limits limits = new Limits(1000, 3, 30, 1000);
        assertThat(OutboxMail.tooMany(3, limits)).isEmpty();
        assertThat(OutboxMail.tooMany(4, limits))
                .hasValueSatisfying(no -> assertThat(no.said()).startsWith("5.5.3 "));
    }
}
