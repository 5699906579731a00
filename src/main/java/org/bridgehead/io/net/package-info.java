/**
 * Sockets, event loops and TLS around {@code core.smtp}, both ways: {@link org.bridgehead.io.net.SmtpListener}
 * takes mail in, {@link org.bridgehead.io.net.SmtpConnection} hands it on. No decisions: what is said is decided by the
 * sessions, who may send by a policy, what becomes of a message by a sink.
 *
 * <p>Not pure. Failure policy: trouble of one connection ends that connection and is counted or returned as a value; a
 * bug in policy or sink ends the connection with 421 and is logged. Starts no threads: executors are handed in. A
 * connection in clear belongs to an {@link org.bridgehead.io.net.EventLoop}, or to the thread that waits for it.
 */
@NullMarked
package org.bridgehead.io.net;

import org.jspecify.annotations.NullMarked;
