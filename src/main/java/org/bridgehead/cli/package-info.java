/**
 * The command line: one file per verb, registered in {@link org.bridgehead.cli.Main}.
 *
 * <p>Thin: a verb reads its options, asks {@code core} (or runs the engine) and prints the answer, for people as text
 * and for programs as JSON, YAML or CSV with the field names of CONTRACT 3. Failures: {@link
 * org.bridgehead.cli.Failure} with an exit code for what the user can mend; anything else thrown is our bug, exit 70.
 * One thread, the caller's, unless a verb starts the engine.
 */
@NullMarked
package org.bridgehead.cli;

import org.jspecify.annotations.NullMarked;
