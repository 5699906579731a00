package org.bridgehead.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.mailbox.Outbox.Settled;
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

    private static final Duration LATER_RUNG = Duration.ofMinutes(10);
    private static final Duration AGE = Duration.ofDays(2);

    /** Two rounds that take nothing, then the next rung. */
    private final Outbox outbox = new Outbox("BER-MBX1", new Outbox.Patience() {
        @Override
        public Duration afterFailure(int failures) {
            return failures <= 2 ? PAUSE : LATER_RUNG;
        }

        @Override
        public Duration expiration(Waiting letter) {
            return letter.priority() == Priority.HIGH ? AGE.dividedBy(6) : AGE;
        }
    });

    private static Recipient to(String name) {
        return Recipient.of(EmailAddress.of(name + "@contoso.test"));
    }

    private static Waiting letter(long number) {
        return letter(number, Optional.of("anna@contoso.test"), List.of(to("bert"), to("mia")));
    }

    private static Waiting letter(long number, Optional<String> from, List<Recipient> to) {
        return new Waiting(
                number,
                NOON,
                Envelope.of(from.map(EmailAddress::of), to),
                new MessageId("<" + number + "@x.test>"),
                200,
                Priority.NORMAL,
                "nobody");
    }

    private Settled tried(long number, RecipientOutcome... outcomes) {
        return outbox.tried(number, List.of(outcomes), Optional.of("BER-HT1"));
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
        assertThat(tried(1, LATER, LATER).rest()).map(Waiting::why).contains("later");
        assertThat(outbox.following(first)).map(Waiting::number).contains(2L);
        assertThat(tried(2, TAKEN, TAKEN).rest()).isEmpty();
        assertThat(outbox.following(first)).isEmpty();
        assertThat(outbox.due()).contains(first.plus(PAUSE));
        assertThat(outbox.waiting()).extracting(Waiting::number).containsExactly(1L);
    }

    @Test
    void whoIsPutOffOrInDoubtWaits() {
        outbox.keep(letter(1), NOON);
        for (RecipientOutcome other : List.of(LATER, LOST)) {
            outbox.begin(NOON.plus(PAUSE));
            Settled settled = tried(1, other, other);
            assertThat(settled.rest().orElseThrow().envelope().recipients()).hasSize(2);
            assertThat(settled.report()).isEmpty();
            outbox.stopped();
        }
        Settled settled = tried(1, TAKEN, LOST);
        assertThat(settled.taken()).containsExactly(to("bert"));
        assertThat(settled.rest().orElseThrow().envelope().recipients()).containsExactly(to("mia"));
    }

    @Test
    void whoIsRefusedForGoodIsReportedAndNoLongerWaits() {
        outbox.keep(letter(1), NOON);
        outbox.begin(NOON.plus(PAUSE));
        Settled settled = tried(1, NEVER, LATER);
        DeliveryReport report = settled.report().orElseThrow();
        assertThat(report.to()).isEqualTo(EmailAddress.of("anna@contoso.test"));
        assertThat(report.reportingMta()).isEqualTo("BER-MBX1");
        assertThat(report.original()).isEqualTo(new MessageId("<1@x.test>"));
        assertThat(report.arrival()).isEqualTo(NOON);
        assertThat(report.recipients()).singleElement().satisfies(line -> {
            assertThat(line.recipient()).isEqualTo(to("bert"));
            assertThat(line.action()).isEqualTo(DeliveryReport.Action.FAILED);
            assertThat(line.status()).hasToString("5.7.1");
            assertThat(line.diagnostic()).isEqualTo("never");
            assertThat(line.remoteMta()).contains("BER-HT1");
        });
        assertThat(settled.rest().orElseThrow().envelope().recipients()).containsExactly(to("mia"));
        assertThat(settled.rest().orElseThrow().why()).isEqualTo("later");
        assertThat(tried(1, NEVER).rest()).isEmpty();
        assertThat(outbox.waiting()).isEmpty();
    }

    @Test
    void whoWantsNoReportGetsNone() {
        Recipient silent =
                new Recipient(EmailAddress.of("x@contoso.test"), Optional.empty(), List.of(DsnCondition.NEVER));
        outbox.keep(letter(1, Optional.of("anna@contoso.test"), List.of(silent)), NOON);
        Settled settled = tried(1, NEVER);
        assertThat(settled.refused()).hasSize(1);
        assertThat(settled.report()).isEmpty();
        assertThat(settled.rest()).isEmpty();
    }

    /** A report that is refused is not reported on, and not forgotten: it stays where operators see it, and why. */
    @Test
    void whatHasNoSenderStaysAndShowsWhy() {
        outbox.keep(letter(1, Optional.empty(), List.of(to("anna"))), NOON);
        Settled settled = tried(1, NEVER);
        assertThat(settled.report()).isEmpty();
        assertThat(settled.refused()).isEmpty();
        assertThat(settled.rest()).map(Waiting::why).contains("never");
        assertThat(outbox.overdue(NOON.plus(AGE).plus(AGE))).isEmpty();
        assertThat(outbox.waiting()).hasSize(1);
    }

    @Test
    void whatHasWaitedTooLongIsGivenUpUnderTheStatusOfQueues() {
        outbox.keep(letter(1), NOON);
        assertThat(outbox.overdue(NOON.plus(AGE).minusSeconds(1))).isEmpty();
        Waiting old = outbox.overdue(NOON.plus(AGE)).get(0);
        Settled settled = outbox.tried(1, Outbox.expired(old), Optional.empty());
        assertThat(settled.report().orElseThrow().recipients())
                .extracting(line -> line.status().toString())
                .containsExactly("4.4.7", "4.4.7");
        assertThat(outbox.waiting()).isEmpty();
    }

    /** The last rung may be longer than what is left of the time. */
    @Test
    void aRoundComesWhenALetterHasWaitedTooLong() {
        outbox.keep(letter(1), NOON);
        Instant late = NOON.plus(AGE).minusSeconds(5);
        outbox.begin(late);
        outbox.nobody(1, "dead", late);
        assertThat(outbox.due()).contains(NOON.plus(AGE));
        outbox.begin(NOON.plus(AGE));
        outbox.nobody(1, "dead", NOON.plus(AGE));
        assertThat(outbox.overdue(NOON.plus(AGE))).hasSize(1);
    }

    @Test
    void aReportThatCannotBeWrittenLeavesTheLetterWhereItWas() {
        outbox.keep(letter(1), NOON);
        Waiting letter = letter(1);
        Settled settled = tried(1, TAKEN, NEVER);
        outbox.unreported(letter, settled, "disk full", NOON);
        assertThat(outbox.waiting()).singleElement().satisfies(left -> {
            assertThat(left.envelope().recipients()).containsExactly(to("mia"));
            assertThat(left.why()).isEqualTo("disk full");
        });
    }

    @Test
    void roundsThatTakeNothingComeFurtherApartAndAHubThatTakesBringsThemBack() {
        outbox.keep(letter(1), NOON);
        outbox.keep(letter(2), NOON);
        Instant now = NOON.plus(PAUSE);
        outbox.begin(now);
        outbox.nobody(1, "dead", now);
        assertThat(outbox.due()).as("the second failure").contains(now.plus(PAUSE));
        now = now.plus(PAUSE);
        outbox.begin(now);
        outbox.nobody(1, "dead", now);
        assertThat(outbox.due()).as("the third").contains(now.plus(LATER_RUNG));
        now = now.plus(LATER_RUNG);
        outbox.begin(now);
        tried(1, TAKEN, TAKEN);
        outbox.following(now);
        outbox.nobody(2, "dead", now);
        assertThat(outbox.due()).as("a hub took something").contains(now.plus(PAUSE));
    }

    @Test
    void thatOneMayTakeItLaterGoesBeforeThatAnotherNeverWill() {
        assertThat(Outbox.counts(null, NEVER)).isEqualTo(NEVER);
        assertThat(Outbox.counts(NEVER, NEVER)).isEqualTo(NEVER);
        assertThat(Outbox.counts(LATER, NEVER)).isEqualTo(LATER);
        assertThat(Outbox.counts(NEVER, LATER)).isEqualTo(LATER);
    }

    @Test
    void eachLetterHasAnIdentityThatARestartDoesNotChange() {
        TransportId one = Outbox.identity("BER-MBX1", 1, NOON);
        assertThat(Outbox.identity("ber-mbx1", 1, NOON)).isEqualTo(one);
        assertThat(List.of(
                        Outbox.identity("BER-MBX1", 2, NOON),
                        Outbox.identity("BER-MBX1", 1, NOON.plusMillis(1)),
                        Outbox.identity("MUC-MBX1", 1, NOON)))
                .doesNotHaveDuplicates()
                .doesNotContain(one);
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
