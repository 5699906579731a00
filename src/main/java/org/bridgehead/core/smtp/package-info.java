/**
 * How mail is spoken: SMTP (RFC 5321) and LMTP (RFC 2033) as state machines over octets, for both sides.
 * {@link org.bridgehead.core.smtp.ReceiveSession} takes mail in and asks a {@link org.bridgehead.core.smtp.ReceivePolicy};
 * {@link org.bridgehead.core.smtp.SendSession} hands mail on. Pure: no socket, clock or randomness, so a dialogue can
 * be replayed and fuzzed; {@code io.net} puts sockets around them.
 *
 * <p>Failure policy: whatever a peer says is answered by a value (a reply, an outcome), never by an exception; memory
 * per session is bounded by limits. {@link java.lang.IllegalStateException} means that the shell called out of order.
 * Owner: the thread of the connection; values are safe for any thread.
 */
@NullMarked
package org.bridgehead.core.smtp;

import org.jspecify.annotations.NullMarked;
