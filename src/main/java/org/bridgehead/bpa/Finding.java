package org.bridgehead.bpa;

/**
 * Something a rule found.
 *
 * @param id the rule's {@link Rule#id}
 * @param severity how bad it is; a rule may vary it
 * @param where the part, as {@code kind:NAME} or a key's path in the topology file
 * @param message what is wrong, one sentence
 * @param hint what to do, one sentence
 */
public record Finding(String id, Severity severity, String where, String message, String hint) {}
