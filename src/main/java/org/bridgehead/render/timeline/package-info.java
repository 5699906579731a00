/**
 * A trace as a picture: lanes of sites and servers, time to the right, copies moving between them, waiting as bars; and the
 * page that holds it with its story. Pure: text from a trace; no file is written here.
 */
@NullMarked
package org.bridgehead.render.timeline;

import org.jspecify.annotations.NullMarked;
