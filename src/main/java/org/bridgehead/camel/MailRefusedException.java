package org.bridgehead.camel;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.RecipientOutcome;

/**
 * A message was not taken, for some or all of its recipients. {@code bridgehead:submit} fails with it; a route behind
 * {@code bridgehead:deliver} may throw it to have a message sent back to its sender (5.y.z) instead of tried again
 * (4.y.z, and every other exception).
 */
public class MailRefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final Pattern REPLY_CODE = Pattern.compile("^[2-5][0-9]{2} ");

    /**
     * What became of one recipient.
     *
     * @param recipient whom
     * @param outcome {@link RecipientOutcome.Delivered}: taken nevertheless, so a second attempt would be a second copy
     */
    public record Verdict(EmailAddress recipient, RecipientOutcome outcome) {}

    private final transient List<Verdict> verdicts;
    private final transient Optional<RecipientOutcome> forAll;

    /** Refused recipient by recipient. */
    public MailRefusedException(String server, List<Verdict> verdicts) {
        super(server + " does not take the message for "
                + verdicts.stream()
                        .filter(verdict -> !(verdict.outcome() instanceof RecipientOutcome.Delivered))
                        .map(verdict -> verdict.recipient() + ": " + words(verdict.outcome()))
                        .collect(Collectors.joining("; for ")));
        this.verdicts = List.copyOf(verdicts);
        this.forAll = Optional.empty();
    }

    /**
     * Refused as a whole.
     *
     * @param status such as {@code 5.7.1} or {@code 4.3.2}; kind 2 is a mistake
     * @param words why, one line
     */
    public MailRefusedException(String status, String words) {
        super(status + " " + words);
        EnhancedStatus code = EnhancedStatus.of(status);
        if (code.kind() == 2) {
            throw new IllegalArgumentException(status + " means success");
        }
        this.verdicts = List.of();
        this.forAll = Optional.of(
                code.isTransient()
                        ? new RecipientOutcome.Deferred(code, words)
                        : new RecipientOutcome.Bounced(code, words));
    }

    /** What became of each recipient; empty when the message was refused as a whole. */
    public List<Verdict> verdicts() {
        return verdicts;
    }

    /** Whether trying again may help at least one recipient. */
    public boolean isTransient() {
        return forAll.map(MailRefusedException::isTransient)
                .orElseGet(() -> verdicts.stream().anyMatch(verdict -> isTransient(verdict.outcome())));
    }

    /** What it says about all of the message; empty when it was refused recipient by recipient. */
    Optional<RecipientOutcome> forAll() {
        return forAll;
    }

    /** What it says about a recipient. */
    Optional<RecipientOutcome> outcomeOf(EmailAddress recipient) {
        return forAll.or(() -> verdicts.stream()
                .filter(verdict -> verdict.recipient().equals(recipient))
                .map(Verdict::outcome)
                .findFirst());
    }

    private static boolean isTransient(RecipientOutcome outcome) {
        return outcome.match(delivered -> false, deferred -> true, bounced -> false, unknown -> true);
    }

    /** Status and words of an outcome, one line. */
    static String words(RecipientOutcome outcome) {
        return outcome.match(
                delivered -> REPLY_CODE.matcher(delivered.reply()).replaceFirst(""),
                deferred -> words(deferred.status(), deferred.reply()),
                bounced -> words(bounced.status(), bounced.reply()),
                RecipientOutcome.Unknown::reason);
    }

    /** A server's reply begins with its code, and mostly with the status. */
    private static String words(EnhancedStatus status, String reply) {
        String said = REPLY_CODE.matcher(reply).replaceFirst("");
        return said.startsWith(status + " ") ? said : status + " " + said;
    }
}
