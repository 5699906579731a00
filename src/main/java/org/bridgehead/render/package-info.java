/**
 * Draws organisations: SVG, PNG, DOT and Mermaid from core values. Pure: the same values give the same bytes on every
 * machine, whatever its fonts; nothing is read or written but what the caller hands over. What cannot be drawn is an
 * {@link IllegalArgumentException}. Everything belongs to the thread that made it.
 */
@NullMarked
package org.bridgehead.render;

import org.jspecify.annotations.NullMarked;
