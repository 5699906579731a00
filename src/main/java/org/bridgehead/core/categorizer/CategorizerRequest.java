package org.bridgehead.core.categorizer;

import java.util.List;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.topology.Settings;

/**
 * What a {@link Categorization} works on.
 *
 * @param recipients of the copy
 * @param open indices that still need something; the others only count as seen
 * @param resolved whether they were resolved before, by a hub or by an expansion here: addresses are looked up, nobody
 *     is judged, forwarding is not followed
 * @param already recipients of chunks that are durable from before a crash
 * @param expandedBefore names of groups expanded on the way: they are not entered again
 * @param submission how the message came
 * @param self the server that works
 * @param settings accepted domains
 * @param chunk members per chunk
 */
public record CategorizerRequest(
        List<Recipient> recipients,
        List<Integer> open,
        boolean resolved,
        List<EmailAddress> already,
        List<String> expandedBefore,
        Submission submission,
        String self,
        Settings settings,
        int chunk) {
    /** Copies the lists. */
    public CategorizerRequest {
        recipients = List.copyOf(recipients);
        open = List.copyOf(open);
        already = List.copyOf(already);
        expandedBefore = List.copyOf(expandedBefore);
        if (chunk < 1) {
            throw new IllegalArgumentException("a chunk has room for a member");
        }
    }
}
