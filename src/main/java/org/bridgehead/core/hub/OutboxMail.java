package org.bridgehead.core.hub;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.mailbox.Outbox;
import org.bridgehead.core.mailbox.Outbox.Settled;
import org.bridgehead.core.mailbox.Outbox.Waiting;
import org.bridgehead.core.queue.RetrySchedule;
import org.bridgehead.core.topology.Limits;
import org.bridgehead.core.topology.Settings;

/**
 * What the tracking log tells of letters in an Outbox (BEHAVIOUR 3.4), the same in the live engine and in simulations:
 * {@code DEFER} when one stays, {@code SUBMIT} when a hub takes it, {@code FAIL} when it is given up, {@code DSN} when its
 * sender is told. Until a hub takes it a letter goes by {@link Outbox#identity}; its Message-ID, which it gets here if it
 * has none, joins what happens before and after. Immutable; safe for any thread.
 *
 * @param server the mailbox server
 * @param site its site
 */
public record OutboxMail(String server, Optional<String> site) {
    private static final EnhancedStatus NO_ANSWER = EnhancedStatus.of("4.4.2");

    private static final RecipientOutcome TOO_MANY =
            new RecipientOutcome.Bounced(EnhancedStatus.of("5.5.3"), "5.5.3 too many recipients");

    /**
     * What a mailbox hands in is taken whole or not at all (BEHAVIOUR 12, W20): what is said to each recipient of a
     * letter that names too many. Over SMTP the rest comes with the next message.
     */
    public static Optional<RecipientOutcome> tooMany(int recipients, Limits limits) {
        return recipients > limits.maxRecipients() ? Optional.of(TOO_MANY) : Optional.empty();
    }

    /** How long letters wait: as queues to other servers do. */
    public static Outbox.Patience patience(Supplier<Settings> settings) {
        return new Outbox.Patience() {
            @Override
            public Duration afterFailure(int failures) {
                return RetrySchedule.afterFailure(settings.get().retry(), failures);
            }

            @Override
            public Duration expiration(Waiting letter) {
                boolean counts = settings.get().connections().byPriority();
                return RetrySchedule.expiration(
                        settings.get().retry(), counts ? letter.priority().forSize(letter.size()) : Priority.NORMAL);
            }
        };
    }

    /** By which it goes in the log. */
    public TransportId identity(Waiting letter) {
        return Outbox.identity(server, letter.number(), letter.since());
    }

    /** The Message-ID of a letter, or report, that comes without one. */
    public MessageId messageId(long number, Instant since) {
        return new MessageId("<" + Outbox.identity(server, number, since) + "@" + server + ">");
    }

    /** The envelope of a report: from nobody, so that nobody is told when it fails. */
    public static Envelope envelope(DeliveryReport report, boolean quotesEightBit) {
        boolean utf8 = report.to().needsSmtpUtf8();
        return Envelope.ofReport(
                report.to(), quotesEightBit || utf8 ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT, utf8);
    }

    /** A letter stays: nobody takes it now. */
    public TrackingEvent stays(Waiting letter, EnhancedStatus status, Instant now) {
        return event(
                TrackingEvent.Kind.DEFER,
                TrackingEvent.Source.STOREDRIVER,
                letter,
                letter.envelope().recipients(),
                Optional.empty(),
                status.toString(),
                "stays in the Outbox: " + (letter.why().contains(status + " ") ? "" : status + " ") + letter.why(),
                now);
    }

    /** The status of an outcome that lets a letter stay. */
    public static EnhancedStatus status(RecipientOutcome outcome) {
        return outcome.match(
                taken -> NO_ANSWER, deferred -> deferred.status(), bounced -> bounced.status(), unknown -> NO_ANSWER);
    }

    /** What a try came to; the report is told of when it is a letter itself. */
    public List<TrackingEvent> tried(Waiting letter, Settled settled, Optional<String> hub, Instant now) {
        List<TrackingEvent> events = new ArrayList<>();
        if (!settled.taken().isEmpty()) {
            events.add(event(
                    TrackingEvent.Kind.SUBMIT,
                    TrackingEvent.Source.STOREDRIVER,
                    letter,
                    settled.taken(),
                    hub,
                    "2.0.0",
                    "",
                    now));
        }
        settled.refused()
                .forEach(refused -> events.add(event(
                        TrackingEvent.Kind.FAIL,
                        TrackingEvent.Source.STOREDRIVER,
                        letter,
                        List.of(refused.recipient()),
                        hub,
                        refused.status().toString(),
                        refused.words(),
                        now)));
        return events;
    }

    /** A report to the sender of a letter has become a letter. */
    public TrackingEvent reported(Waiting report, MessageId about, Instant now) {
        return event(
                TrackingEvent.Kind.DSN,
                TrackingEvent.Source.DSN,
                report,
                report.envelope().recipients(),
                Optional.empty(),
                "",
                "report on " + about,
                now);
    }

    private TrackingEvent event(
            TrackingEvent.Kind kind,
            TrackingEvent.Source source,
            Waiting letter,
            List<Recipient> recipients,
            Optional<String> nextHop,
            String status,
            String reason,
            Instant now) {
        List<EmailAddress> addresses = Lists.map(recipients, Recipient::address);
        return new TrackingEvent(
                now,
                kind,
                source,
                server,
                site,
                letter.messageId(),
                new InternalId(letter.number()),
                identity(letter),
                letter.envelope().sender(),
                addresses,
                nextHop,
                1,
                letter.size(),
                status,
                reason);
    }
}
