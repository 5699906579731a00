/**
 * Finds places for nodes of a network, by number: who lies near whom, what overlaps, what fits on the paper. Pure, and
 * the same numbers on every JVM: arithmetic and square roots only, sines from {@link StrictMath}, chance from fixed
 * seeds.
 */
@NullMarked
package org.bridgehead.render.layout;

import org.jspecify.annotations.NullMarked;
