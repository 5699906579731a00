package org.bridgehead.engine;

import java.time.Instant;
import java.util.List;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;

/**
 * A message as a mailbox got it.
 *
 * @param mailbox whose
 * @param transportId identity in the organisation
 * @param receivedAt when the store took it
 * @param octets header and body as stored, Return-Path line first
 * @param servers hubs and edges that handled it, in order, as its Received fields tell
 */
public record ReceivedMail(
        EmailAddress mailbox, TransportId transportId, Instant receivedAt, byte[] octets, List<String> servers) {
    /** Copies the list. */
    public ReceivedMail {
        servers = List.copyOf(servers);
    }
}
