package org.bridgehead.core.scenario;

import org.bridgehead.core.hub.Operation;

/**
 * An operator tells a server something.
 *
 * @param server a hub or edge; nothing happens when it does not run
 * @param operation what
 */
public record Operate(String server, Operation operation) implements Step {}
