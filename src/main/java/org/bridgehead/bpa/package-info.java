/**
 * Critiques an organisation: best-practice rules over a topology and its recipients, one class per rule.
 *
 * <p>Pure: core values in, findings out, the same for the same input. A rule that cannot judge says nothing. Safe for
 * any thread.
 */
@NullMarked
package org.bridgehead.bpa;

import org.jspecify.annotations.NullMarked;
