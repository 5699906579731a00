package org.bridgehead.core.smtp;

import java.time.Instant;
import java.util.List;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.TransportId;

/**
 * What the shell gives a message that is about to arrive: what the session itself cannot know, having neither clock
 * nor randomness.
 *
 * @param internalId its number in this server's spool
 * @param transportId its identity from now on, unless a server of the organisation brings one along
 * @param headerFields names, in small letters, of header fields to read beside those that are always read
 * @param now the time for {@code Received} and for {@link org.bridgehead.core.mail.Facts#acceptedAt()}
 */
public record MessageStart(InternalId internalId, TransportId transportId, List<String> headerFields, Instant now) {
    /** Copies the list. */
    public MessageStart {
        headerFields = List.copyOf(headerFields);
    }

    /** Where no rule looks at the header. */
    public MessageStart(InternalId internalId, TransportId transportId, Instant now) {
        this(internalId, transportId, List.of(), now);
    }
}
