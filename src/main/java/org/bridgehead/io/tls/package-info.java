/**
 * Certificates of our own: read from PEM files, or made at start where none is named. Who trusts whom in a handshake is
 * {@code io.net}'s; what a handshake means is decided in {@code core.smtp}.
 *
 * <p>Touches files and randomness. Failure policy: an {@link java.io.IOException} that names the file and what it should
 * hold. Immutable values; no threads.
 */
@NullMarked
package org.bridgehead.io.tls;

import org.jspecify.annotations.NullMarked;
