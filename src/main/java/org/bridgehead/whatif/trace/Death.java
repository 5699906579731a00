package org.bridgehead.whatif.trace;

import java.util.Optional;
import java.util.OptionalInt;
import org.bridgehead.core.hub.TrackingEvent.Kind;

/**
 * Which server dies, and when.
 *
 * @param server hub or edge
 * @param hop which time it has the message, by the hop of its events; empty = the first
 * @param event right behind which of its events; {@code SEND} and {@code DELIVER} mean: the other side has taken the
 *     message, and this server has not noted it yet; empty = as soon as it has taken the message
 */
public record Death(String server, OptionalInt hop, Optional<Kind> event) {}
