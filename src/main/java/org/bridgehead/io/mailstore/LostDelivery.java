package org.bridgehead.io.mailstore;

import java.time.Instant;
import org.bridgehead.core.mail.TransportId;

/**
 * A message that a failover took out of a mailbox.
 *
 * @param mailbox name of the mailbox
 * @param id identity of the message in the organisation, by which a dumpster finds it
 * @param received when the dead node took it
 * @param size octets, the Return-Path line included
 */
public record LostDelivery(String mailbox, TransportId id, Instant received, long size) {}
