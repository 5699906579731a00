/**
 * When mail goes: delivery queues, their states, and the retry ladder. Queues are mutable and belong to the hub that
 * owns them (one thread); everything else is a value or a pure function. No clock: time is an argument.
 */
@NullMarked
package org.bridgehead.core.queue;

import org.jspecify.annotations.NullMarked;
