/**
 * Draws organisations: SVG, PNG, DOT and Mermaid from core values. Pure: the same values give the same bytes on every
 * machine, whatever its fonts; nothing is read or written but what the caller hands over. What cannot be drawn is an
 * {@link IllegalArgumentException}. Everything belongs to the thread that made it.
 *
 * <p>More files than a package should have, so that only the pictures themselves are public: what draws them (painters,
 * marks, courses of lines, legend) shares sizes and places that are nobody else's business. What knows nothing of mail
 * has packages of its own: {@code draw} and {@code layout}.
 */
@NullMarked
package org.bridgehead.render;

import org.jspecify.annotations.NullMarked;
