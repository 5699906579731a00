package org.bridgehead.core.directory;

/**
 * Where a paged answer goes on; opaque to the asker.
 *
 * @param token whatever the directory needs
 */
public record Cursor(String token) {}
