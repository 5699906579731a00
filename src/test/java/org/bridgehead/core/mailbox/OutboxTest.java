package org.bridgehead.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mailbox.Outbox.Waiting;
import org.junit.jupiter.api.Test;

/** What is tried when, and what ends a letter's stay. */
class OutboxTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final RecipientOutcome TAKEN = new RecipientOutcome.Delivered("2.0.0 queued");
    private static final RecipientOutcome LATER = new RecipientOutcome.Deferred(EnhancedStatus.of("4.3.1"), "later");
    private static final RecipientOutcome NEVER = new RecipientOutcome.Bounced(EnhancedStatus.of("5.7.1"), "never");
    private static final RecipientOutcome LOST = new RecipientOutcome.Unknown("lost");

    private final Outbox outbox = new Outbox(PAUSE);

    private static Waiting letter(long number) {
        return new Waiting(
                number,
                NOON,
                Envelope.of(
                        Optional.of(EmailAddress.of("anna@contoso.test")),
                        List.of(
                                Recipient.of(EmailAddress.of("bert@contoso.test")),
                                Recipient.of(EmailAddress.of("mia@contoso.test")))),
                "nobody");
    }

    @Test
    void nothingIsDueWhereNothingWaits() {
        assertThat(outbox.due()).isEmpty();
        assertThat(outbox.begin(NOON)).isEmpty();
        outbox.hubUp(NOON);
        assertThat(outbox.due()).isEmpty();
    }

    @Test
    void aRoundTriesOneAfterTheOtherAndTheNextComesAPauseLater() {
        outbox.keep(letter(1), NOON);
        outbox.keep(letter(2), NOON.plusSeconds(30));
        assertThat(outbox.due()).contains(NOON.plus(PAUSE));
        assertThat(outbox.begin(NOON.plusSeconds(59))).isEmpty();
        Instant first = NOON.plus(PAUSE);
        assertThat(outbox.begin(first)).map(Waiting::number).contains(1L);
        assertThat(outbox.begin(first)).as("one round at a time").isEmpty();
        assertThat(outbox.tried(1, List.of(LATER, LATER))).map(Waiting::why).contains("later");
        assertThat(outbox.following(first)).map(Waiting::number).contains(2L);
        assertThat(outbox.tried(2, List.of(TAKEN, TAKEN))).isEmpty();
        assertThat(outbox.following(first)).isEmpty();
        assertThat(outbox.due()).contains(first.plus(PAUSE));
        assertThat(outbox.waiting()).extracting(Waiting::number).containsExactly(1L);
    }

    @Test
    void onlyWhoWasTakenLeaves() {
        outbox.keep(letter(1), NOON);
        for (RecipientOutcome other : List.of(LATER, NEVER, LOST)) {
            outbox.begin(NOON.plus(PAUSE));
            Waiting rest = outbox.tried(1, List.of(other, other)).orElseThrow();
            assertThat(rest.envelope().recipients()).hasSize(2);
            outbox.stopped();
        }
        Waiting rest = outbox.tried(1, List.of(TAKEN, LOST)).orElseThrow();
        assertThat(rest.envelope().recipients()).containsExactly(Recipient.of(EmailAddress.of("mia@contoso.test")));
    }

    @Test
    void whenNobodyAnswersTheRoundEndsAtItsFirstLetter() {
        outbox.keep(letter(1), NOON);
        outbox.keep(letter(2), NOON);
        Instant first = NOON.plus(PAUSE);
        outbox.begin(first);
        outbox.nobody(1, "dead", first);
        assertThat(outbox.due()).contains(first.plus(PAUSE));
        assertThat(outbox.waiting()).extracting(Waiting::why).containsExactly("dead", "nobody");
    }

    @Test
    void aHubThatStartsIsTriedAtOnceOrRightAfterTheRound() {
        outbox.keep(letter(1), NOON);
        outbox.hubUp(NOON.plusSeconds(5));
        Instant now = NOON.plusSeconds(5);
        assertThat(outbox.begin(now)).isPresent();
        outbox.hubUp(now);
        outbox.nobody(1, "dead", now);
        assertThat(outbox.due()).contains(now);
    }

    @Test
    void whatADiskRemembersIsTriedAtOnceAndADeadServerEndsItsRound() {
        outbox.recovered(List.of(letter(3), letter(4)), NOON);
        assertThat(outbox.begin(NOON)).map(Waiting::number).contains(3L);
        outbox.stopped();
        assertThat(outbox.begin(NOON)).map(Waiting::number).contains(3L);
    }
}
