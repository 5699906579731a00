/**
 * The tracking log on disk: JSON lines, one file a day at most of a given size, written by one thread at a time. Trouble
 * with the disk is an {@link java.io.IOException}; mail goes on without its log.
 */
@NullMarked
package org.bridgehead.io.tracking;

import org.jspecify.annotations.NullMarked;
