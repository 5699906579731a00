package org.bridgehead.cli.demo;

/**
 * A letter that was not taken at the door.
 *
 * @param letter which
 * @param why the words
 */
record Refusal(Letter letter, String why) {}
