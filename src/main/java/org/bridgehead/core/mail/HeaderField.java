package org.bridgehead.core.mail;

/**
 * A field of a message's header.
 *
 * @param name as written; any letter case means the same
 * @param value unfolded, at most 512 characters
 */
public record HeaderField(String name, String value) {}
