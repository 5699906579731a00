package org.bridgehead.io.mailstore;

import org.bridgehead.core.mailbox.LogPosition;

/**
 * A part of a log that could not be read when the store was opened. Where the damage reaches the end of a log file,
 * it was cut off; damage followed by good records stays in place and is reported again at every opening.
 *
 * @param storageGroup whose log
 * @param position where the damage begins
 * @param length octets
 * @param end whether it reached the end of its generation and was cut off
 * @param why one line
 * @param aside where a copy of the octets was put, for people
 */
public record TornRecord(
        String storageGroup, LogPosition position, long length, boolean end, String why, String aside) {}
