/**
 * Plays a scenario twice, first imagined and then on the wire, compares both and tells the story on the terminal. Not
 * pure: it runs the live engine and reads mail files. Trouble with files is an {@link java.io.IOException}; that the two
 * worlds differ is an answer, no exception. Everything belongs to the thread that plays.
 */
@NullMarked
package org.bridgehead.cli.demo;

import org.jspecify.annotations.NullMarked;
