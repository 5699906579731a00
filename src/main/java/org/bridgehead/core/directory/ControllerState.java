package org.bridgehead.core.directory;

import java.time.Instant;
import java.util.Optional;

/**
 * How a domain controller stands with those who ask it.
 *
 * @param name of the server
 * @param failures in a row; 0 = it answers, or was never asked
 * @param notBefore until when it is not asked; empty = it is
 * @param trouble what the last failure was; empty = none
 */
public record ControllerState(String name, int failures, Optional<Instant> notBefore, Optional<String> trouble) {}
