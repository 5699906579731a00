package org.bridgehead.engine;

import java.time.Instant;
import org.bridgehead.core.mail.TransportId;

/**
 * A message that a failover took out of a mailbox.
 *
 * @param mailbox name of the mailbox
 * @param id identity of the message in the organisation
 * @param received when the node that failed had taken it
 * @param size octets
 */
public record LostMail(String mailbox, TransportId id, Instant received, long size) {}
