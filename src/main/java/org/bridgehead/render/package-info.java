/**
 * Draws organisations: SVG, PNG, DOT, Mermaid and one interactive HTML page, from core values and from what-if results.
 *
 * <p>Pure apart from the images it returns as text or octets: same input, same picture on every machine; no installed
 * font, no file, no network. Safe for any thread.
 */
@NullMarked
package org.bridgehead.render;

import org.jspecify.annotations.NullMarked;
