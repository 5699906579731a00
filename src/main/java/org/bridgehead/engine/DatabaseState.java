package org.bridgehead.engine;

import org.bridgehead.core.topology.DatabaseRef;

/**
 * Whether a database of an embedded mailbox server takes mail. An immutable value.
 *
 * @param database which
 * @param mounted whether it does
 * @param why it does not, one line; empty when it does
 */
public record DatabaseState(DatabaseRef database, boolean mounted, String why) {}
