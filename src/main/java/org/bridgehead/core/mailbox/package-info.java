/**
 * Where mail lands: positions in a mailbox server's transaction log and the filter that drops what a mailbox already
 * has. Pure: no files, no clock; the time comes as an argument. Broken invariants throw
 * {@link IllegalArgumentException}. Values are safe for any thread; {@link org.bridgehead.core.mailbox.DuplicateFilter}
 * belongs to the one thread, or the one lock, that owns its log.
 */
@NullMarked
package org.bridgehead.core.mailbox;

import org.jspecify.annotations.NullMarked;
