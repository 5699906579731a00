package org.bridgehead.core.smtp;

import java.time.Instant;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.TransportId;

/**
 * What the shell gives a message that is about to arrive: what the session itself cannot know, having neither clock
 * nor randomness.
 *
 * @param internalId its number in this server's spool
 * @param transportId its identity from now on, unless a server of the organisation brings one along
 * @param now the time for {@code Received} and for {@link org.bridgehead.core.mail.Facts#acceptedAt()}
 */
public record MessageStart(InternalId internalId, TransportId transportId, Instant now) {}
