package org.bridgehead.core.hub;

import org.bridgehead.core.mail.InternalId;

/**
 * A dumpster item that was read back from the spool.
 *
 * @param held as it was written
 * @param id a number of this server that no message has yet, for the message it becomes
 */
public record Recalled(SpoolRecord.Held held, InternalId id) {}
