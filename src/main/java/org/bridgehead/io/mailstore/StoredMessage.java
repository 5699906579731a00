package org.bridgehead.io.mailstore;

import java.time.Instant;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.mailbox.LogPosition;

/**
 * A message in a mailbox: where its octets are, not the octets themselves ({@link MailStore#octets}).
 *
 * @param mailbox name of the mailbox in the directory
 * @param database where it was delivered to
 * @param storageGroup whose log holds it
 * @param uid grows within a mailbox with every delivery, over restarts too; never used twice
 * @param id identity in the organisation
 * @param received when the node took it
 * @param size octets, the Return-Path line included
 * @param position where its first octet stands in the log
 * @param checksum CRC32C of the octets behind the Return-Path line
 * @param returnPath octets of the Return-Path line
 */
public record StoredMessage(
        String mailbox,
        String database,
        String storageGroup,
        long uid,
        TransportId id,
        Instant received,
        long size,
        LogPosition position,
        int checksum,
        int returnPath) {}
