package org.bridgehead.render;

import java.util.Optional;

/**
 * A link between two sites, or one leg of a link of many.
 *
 * @param link its name
 * @param from a site
 * @param to the other site; empty = the bus
 * @param course where it runs
 */
record Piece(String link, String from, Optional<String> to, Course course) {}
