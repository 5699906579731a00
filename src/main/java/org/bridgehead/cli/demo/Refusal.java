package org.bridgehead.cli.demo;

import org.bridgehead.core.scenario.Letter;

/**
 * A letter that was not taken at the door.
 *
 * @param letter which
 * @param why the words
 */
record Refusal(Letter letter, String why) {}
