package org.bridgehead.core.scenario;

import java.time.Duration;

/**
 * The clock of a server is set wrong.
 *
 * @param server a hub or edge
 * @param ahead by how much it is ahead of true time from now on; negative = behind, zero = right
 */
public record Skew(String server, Duration ahead) implements Step {}
