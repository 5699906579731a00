/**
 * The server's mind: the deterministic machine that decides everything a hub or edge does, the effects it asks the
 * shell to perform, and the records it asks the spool to keep. Pure: time, identities and answers come in as
 * arguments; the same calls give the same effects, always. A broken invariant throws {@link IllegalStateException};
 * everything that can happen in life is an effect, an answer or a tracking event. One owner thread per
 * {@link org.bridgehead.core.hub.Hub}; all other types are values.
 */
@NullMarked
package org.bridgehead.core.hub;

import org.jspecify.annotations.NullMarked;
