package org.bridgehead.camel;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToCreateProducerException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.util.ObjectHelper;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.RecipientOutcome;
import org.jspecify.annotations.Nullable;

/** What a finished exchange means for the recipients of the mail in it. */
final class RouteOutcome {
    /** Speaks of this message: others are not kept back. */
    private static final EnhancedStatus FAILED = EnhancedStatus.of("4.0.0");

    /** Speaks of the connector: the whole queue waits. */
    private static final EnhancedStatus MISCONFIGURED = EnhancedStatus.of("4.3.5");

    private static final int WORDS = 200;

    private RouteOutcome() {}

    /** Delivered when the exchange ended well; else what the exception says, and by default: try again. */
    static List<RecipientOutcome> of(Exchange exchange, Transmission mail) {
        Throwable trouble = exchange.getException();
        if (trouble == null && !exchange.isRollbackOnly()) {
            return all(mail, new RecipientOutcome.Delivered("2.0.0 route finished"));
        }
        return failed(trouble, mail);
    }

    /** For a route that ended, or could not begin, with {@code trouble}; null = it was rolled back. */
    static List<RecipientOutcome> failed(@Nullable Throwable trouble, Transmission mail) {
        RecipientOutcome again = new RecipientOutcome.Deferred(
                isMisconfigured(trouble) ? MISCONFIGURED : FAILED,
                trouble == null ? "the route was rolled back" : "the route failed: " + words(trouble));
        MailRefusedException refusal =
                trouble == null ? null : ObjectHelper.getException(MailRefusedException.class, trouble);
        if (refusal == null) {
            return all(mail, again);
        }
        return mail.envelope().recipients().stream()
                .map(recipient -> refusal.outcomeOf(recipient.address()).orElse(again))
                .toList();
    }

    private static boolean isMisconfigured(@Nullable Throwable trouble) {
        return trouble instanceof ResolveEndpointFailedException
                || trouble instanceof NoSuchEndpointException
                || trouble instanceof FailedToCreateProducerException;
    }

    private static List<RecipientOutcome> all(Transmission mail, RecipientOutcome outcome) {
        return mail.envelope().recipients().stream().map(recipient -> outcome).toList();
    }

    /** One line of an exception, fit for a log and a delivery report. */
    private static String words(Throwable trouble) {
        String words = trouble.toString().replaceAll("\\p{Cntrl}+", " ");
        return words.length() <= WORDS ? words : words.substring(0, WORDS) + "…";
    }
}
