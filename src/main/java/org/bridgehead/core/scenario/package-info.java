/**
 * What shall happen in an organisation, and what shall come of it: values that {@code io.config} reads from a scenario
 * file and that the live engine and the simulation play alike. Pure and immutable, safe for any thread.
 */
@NullMarked
package org.bridgehead.core.scenario;

import org.jspecify.annotations.NullMarked;
