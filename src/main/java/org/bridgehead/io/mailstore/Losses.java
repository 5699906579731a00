package org.bridgehead.io.mailstore;

/**
 * What a failover lost of one storage group, in numbers.
 *
 * @param deliveries messages in mailboxes, each mailbox counted
 * @param octets of them
 * @param deletions removals of messages that users had made and that are not made any more
 * @param unreadableOctets octets of the dead copy that are damaged, so that what they held is not told
 */
public record Losses(long deliveries, long octets, long deletions, long unreadableOctets) {}
