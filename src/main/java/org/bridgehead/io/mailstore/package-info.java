/**
 * The store of an embedded mailbox node: one append-only transaction log per storage group is the store of record,
 * and GreenMail shows it to IMAP and POP3 clients as a view that can be built again at any time (DECISIONS 5). The nodes
 * of a cluster have copies of the logs ({@link org.bridgehead.io.mailstore.StoreCopy}), and closed logs are shipped from
 * one to the other ({@link org.bridgehead.io.mailstore.LogShipping}).
 *
 * <p>Touches files and, in {@link org.bridgehead.io.mailstore.ImapView}, sockets. A delivery is answered only after its
 * record would survive a power cut. After a failed write or sync nothing unsynced is trusted: the log is cut back to
 * its synced end before the next record is written. Damage found at start is moved aside and reported, never skipped in
 * silence. Safe for any thread; makes no threads itself (the view's are GreenMail's own).
 */
@NullMarked
package org.bridgehead.io.mailstore;

import org.jspecify.annotations.NullMarked;
