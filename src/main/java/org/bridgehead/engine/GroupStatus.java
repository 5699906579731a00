package org.bridgehead.engine;

import java.util.Optional;
import org.bridgehead.core.mailbox.LogReplication;

/**
 * How a storage group of a mailbox server stands. An immutable value.
 *
 * @param group its name
 * @param mounted whether its mailboxes can be reached
 * @param why they cannot; empty when they can
 * @param copy how far the second copy follows; empty = there is none
 */
public record GroupStatus(String group, boolean mounted, String why, Optional<LogReplication> copy) {}
