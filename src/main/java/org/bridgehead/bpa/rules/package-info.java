/** The best-practice rules, one class each (BEHAVIOUR 9). Pure; safe for any thread. */
@NullMarked
package org.bridgehead.bpa.rules;

import org.jspecify.annotations.NullMarked;
