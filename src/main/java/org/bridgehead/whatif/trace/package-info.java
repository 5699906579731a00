/**
 * One message followed through an imagined organisation: its tracking events, the story they tell with the decisions
 * behind them, and answers to what people ask about a message. Pure: the same request gives the same answer. What cannot
 * be asked for is an {@link IllegalArgumentException}; a hub that contradicts itself an {@link IllegalStateException}.
 */
@NullMarked
package org.bridgehead.whatif.trace;

import org.jspecify.annotations.NullMarked;
