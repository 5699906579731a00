package org.bridgehead.engine;

import java.time.Instant;
import java.util.Optional;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.mailbox.Outbox;

/**
 * A letter that waits in the Outbox of a mailbox server. An immutable value.
 *
 * @param server whose
 * @param identity by which the tracking log knows it until a hub takes it
 * @param letter who waits for what, and why
 * @param next when it is tried again; empty = it is being tried
 */
public record OutboxLetter(String server, TransportId identity, Outbox.Waiting letter, Optional<Instant> next) {}
