/**
 * What each copy is: recipients resolved against the directory, groups expanded, in steps whose look-ups somebody else
 * performs. Deterministic and bounded; owned by the hub's thread. Trouble with a recipient is a value, never an
 * exception.
 */
@NullMarked
package org.bridgehead.core.categorizer;

import org.jspecify.annotations.NullMarked;
