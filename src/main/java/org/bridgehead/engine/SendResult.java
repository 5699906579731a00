package org.bridgehead.engine;

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

    /** Copies the list. */
    public SendResult {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether every recipient was accepted. */
    public boolean accepted() {
        return outcomes.stream().allMatch(RecipientOutcome.Delivered.class::isInstance);
    }

    /** The Message-ID that the server goes by, angle brackets included: its own where the message had none. */
    public Optional<String> messageId() {
        return taken().map(reply -> reply.group(1)).findFirst();
    }

    /** The number of the message at the server; empty when nobody was accepted. */
    Optional<InternalId> number() {
        return taken().map(reply -> new InternalId(Long.parseLong(reply.group(2))))
                .findFirst();
    }

    private Stream<Matcher> taken() {
        return outcomes.stream()
                .filter(RecipientOutcome.Delivered.class::isInstance)
                .map(outcome -> TAKEN.matcher(((RecipientOutcome.Delivered) outcome).reply()))
                .filter(Matcher::find);
    }
}
