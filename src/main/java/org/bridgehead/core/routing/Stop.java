package org.bridgehead.core.routing;

import java.util.Optional;

/**
 * A site on the path as a place to stop (hop = a site entered; stop = a site that handles the message).
 *
 * @param site its name
 * @param mandatory whether the message may not go on without stopping here: a hub site, or the destination
 * @param skippedBecause empty = the message stops here; else one sentence
 */
public record Stop(String site, boolean mandatory, Optional<String> skippedBecause) {}
