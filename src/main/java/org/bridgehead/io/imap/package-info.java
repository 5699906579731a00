/**
 * Questions to real mailbox servers over IMAP, in the name of an account that may read every mailbox: is a message there
 * already? Reads only; nothing is marked, moved or deleted.
 *
 * <p>Not pure. Failure policy: whatever keeps a question from being answered is an {@link java.io.IOException} of one
 * line; an answer is certain. Starts no threads.
 */
@NullMarked
package org.bridgehead.io.imap;

import org.jspecify.annotations.NullMarked;
