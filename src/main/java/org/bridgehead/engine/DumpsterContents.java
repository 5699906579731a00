package org.bridgehead.engine;

import org.bridgehead.core.hub.DumpsterView;

/**
 * How a dumpster of a hub stands. An immutable value.
 *
 * @param hub whose
 * @param view its figures
 */
public record DumpsterContents(String hub, DumpsterView view) {}
