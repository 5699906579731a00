/**
 * What pictures are made of: outlines, texts and groups of them on a canvas, which writes SVG or fills pixels, and one
 * style sheet for both. Knows nothing of mail. Pure but for the raster canvas, which paints into its own image.
 */
@NullMarked
package org.bridgehead.render.draw;

import org.jspecify.annotations.NullMarked;
