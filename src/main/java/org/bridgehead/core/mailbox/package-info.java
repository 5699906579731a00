/**
 * Where mail lands: which node of a mailbox server hosts the mailboxes ({@link org.bridgehead.core.mailbox.Cluster}), how
 * far a copy follows ({@link org.bridgehead.core.mailbox.LogReplication}), whether it is mounted when it has to stand in
 * ({@link org.bridgehead.core.mailbox.Activation}), and the filter that drops what a mailbox already has. Pure: no files, no
 * clock; the time comes as an argument. Broken invariants throw {@link IllegalArgumentException}; what an operator may
 * not do is an answer. Values are safe for any thread; {@link org.bridgehead.core.mailbox.DuplicateFilter} belongs to the one
 * thread, or the one lock, that owns its log, a cluster to the one that drives it.
 */
@NullMarked
package org.bridgehead.core.mailbox;

import org.jspecify.annotations.NullMarked;
