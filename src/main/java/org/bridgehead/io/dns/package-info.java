/**
 * Asks the real name system (DECISIONS 3.4): used only where connections may leave this machine. Failure is an answer,
 * never an exception. Blocks the asking thread; any thread may ask.
 */
@NullMarked
package org.bridgehead.io.dns;

import org.jspecify.annotations.NullMarked;
