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
    /** How servers of the organisation name what they took: the Message-ID, then their own number. */
    private static final Pattern TAKEN = Pattern.compile("(<[^<>\\s]+>) queued as (\\d{1,18})");

    /** Copies the list. */
    public SendResult {
        outcomes = List.copyOf(outcomes);
    }

    /** The Message-ID, angle brackets included; empty when no recipient was accepted. */
    public Optional<String> messageId() {
        return taken().map(words -> words.group(1)).findFirst();
    }

    /** The number of the message at the server; empty when no recipient was accepted. */
    Optional<InternalId> number() {
        return taken().map(words -> new InternalId(Long.parseLong(words.group(2))))
                .findFirst();
    }

    private Stream<Matcher> taken() {
        return outcomes.stream()
                .filter(RecipientOutcome.Delivered.class::isInstance)
                .map(outcome -> TAKEN.matcher(((RecipientOutcome.Delivered) outcome).reply()))
                .filter(Matcher::find);
    }

    /** Whether every recipient was accepted. */
    public boolean accepted() {
        return outcomes.stream().allMatch(RecipientOutcome.Delivered.class::isInstance);
    }
}
