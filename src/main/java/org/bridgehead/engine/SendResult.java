package org.bridgehead.engine;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.RecipientOutcome;

/**
 * What the server said to a message that was handed in.
 *
 * @param server to which it was handed
 * @param outcomes one per recipient, in order
 */
public record SendResult(String server, List<RecipientOutcome> outcomes) {
    /** As {@link SpoolIntake} answers. */
    private static final Pattern TAKEN = Pattern.compile("(<.*>) queued as ([0-9]{1,18})\\s*$");

    private static final Pattern STAYS = Pattern.compile("2\\.0\\.0 (<.*>) stays in the Outbox of .*");

    /** Copies the list. */
    public SendResult {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether every recipient was accepted. */
    public boolean accepted() {
        return outcomes.stream().allMatch(RecipientOutcome.Delivered.class::isInstance);
    }

    /** What is said of a letter that stays in the Outbox of a mailbox server. */
    static SendResult staying(String server, String messageId, int recipients, String why) {
        RecipientOutcome stays =
                new RecipientOutcome.Delivered("2.0.0 " + messageId + " stays in the Outbox of " + server + ": " + why);
        return new SendResult(server, Collections.nCopies(recipients, stays));
    }

    /** Whether no hub has it yet: it stays in the Outbox of the mailbox server {@link #server}, and goes by itself. */
    public boolean isInOutbox() {
        return staying().findFirst().isPresent();
    }

    private Stream<Matcher> staying() {
        return matching(STAYS);
    }

    /**
     * The Message-ID that the server goes by, angle brackets included: its own where the message had none.
     */
    public Optional<String> messageId() {
        return Stream.concat(taken(), staying())
                .flatMap(reply -> Optional.ofNullable(reply.group(1)).stream())
                .map(String::strip)
                .findFirst();
    }

    /** The number of the message at the server; empty when nobody was accepted. */
    Optional<InternalId> number() {
        return taken().map(reply -> new InternalId(Long.parseLong(reply.group(2))))
                .findFirst();
    }

    private Stream<Matcher> taken() {
        return matching(TAKEN);
    }

    private Stream<Matcher> matching(Pattern words) {
        return outcomes.stream()
                .filter(RecipientOutcome.Delivered.class::isInstance)
                .map(outcome -> words.matcher(((RecipientOutcome.Delivered) outcome).reply()))
                .filter(Matcher::find);
    }
}
