/**
 * Pictures and other presentations of core values and what-if results. Pure: text and octets come out, no file is
 * written here.
 */
@NullMarked
package org.bridgehead.render;

import org.jspecify.annotations.NullMarked;
