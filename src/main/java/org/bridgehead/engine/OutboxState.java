package org.bridgehead.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * What waits in the Outbox of a mailbox server. An immutable value.
 *
 * @param server whose
 * @param site where it looks for hubs; empty = nowhere
 * @param waiting letters that no hub has taken
 * @param since when the oldest of them was sent; empty = none waits
 * @param next when they are tried again
 * @param reason what the last try met; empty = none waits
 */
public record OutboxState(
        String server,
        Optional<String> site,
        int waiting,
        Optional<Instant> since,
        Optional<Instant> next,
        String reason) {}
