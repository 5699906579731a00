/**
 * What an edge knows: the part of the organisation that its subscription hands out. Pure values.
 */
@NullMarked
package org.bridgehead.core.edge;

import org.jspecify.annotations.NullMarked;
