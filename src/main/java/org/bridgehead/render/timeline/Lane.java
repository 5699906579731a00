package org.bridgehead.render.timeline;

/**
 * Somebody who has a message for a while.
 *
 * @param group site or part of the world it belongs to
 * @param name server, host outside, or the sender
 * @param kind class in the style sheet: {@code client}, {@code hub}, {@code edge}, {@code store}, {@code outside}
 */
record Lane(String group, String name, String kind) {}
