package org.bridgehead.engine;

import org.bridgehead.core.hub.SpoolRecord;

/**
 * An item of a hub's dumpster. An immutable value.
 *
 * @param hub whose
 * @param item what stands in its spool
 */
public record HeldMail(String hub, SpoolRecord.Held item) {}
