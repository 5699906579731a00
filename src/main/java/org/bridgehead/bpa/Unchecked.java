package org.bridgehead.bpa;

/**
 * A best practice that a topology file cannot tell.
 *
 * @param number in BEHAVIOUR 9
 * @param title what it would look for
 * @param missing the fact that no topology file holds
 */
public record Unchecked(int number, String title, String missing) {}
