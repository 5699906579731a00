/**
 * One self-contained interactive page: the map, every single failure and what it does. Pure: text from core values and
 * what-if results; no file is written here. A page that cannot be computed is an exception, never half a page.
 */
@NullMarked
package org.bridgehead.render.page;

import org.jspecify.annotations.NullMarked;
