package org.bridgehead.io.config;

/**
 * A key and its value.
 *
 * @param name the key
 * @param place where the key stands
 * @param value what follows it
 */
record YamlEntry(String name, Place place, YamlValue value) {}
