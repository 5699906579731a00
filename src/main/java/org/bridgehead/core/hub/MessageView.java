package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.InternalId;

/**
 * What of one message is in one queue, as operators see it. An immutable value.
 *
 * @param identity {@code SERVER\QUEUE\NUMBER}
 * @param id its number on this server
 * @param queue the queue, without the server
 * @param status its state there
 * @param submitted when the organisation accepted it
 * @param recipients those of the queue, the first {@value #MOST_RECIPIENTS} of them; none when it is out of memory
 * @param recipientCount all of them; 0 = out of memory, not known here
 * @param nextRetry when it is tried again by itself; empty = when the queue is, or when an operator wants it
 * @param lastError why it is not gone; empty = nothing has failed
 * @param accepted how it was accepted; empty = out of memory, the spool knows
 */
public record MessageView(
        String identity,
        InternalId id,
        String queue,
        MessageStatus status,
        Instant submitted,
        List<EmailAddress> recipients,
        int recipientCount,
        Optional<Instant> nextRetry,
        String lastError,
        Optional<SpoolRecord.Accepted> accepted) {
    /** Recipients that a view names at most. */
    public static final int MOST_RECIPIENTS = 100;

    /** Copies the list. */
    public MessageView {
        recipients = List.copyOf(recipients);
    }

    /** The same, with what the spool says of a message out of memory. */
    public MessageView with(SpoolRecord.Accepted record) {
        return new MessageView(
                identity,
                id,
                queue,
                status,
                submitted,
                recipients,
                recipientCount,
                nextRetry,
                lastError,
                Optional.of(record));
    }
}
