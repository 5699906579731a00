package org.bridgehead.io.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects a map of a topology file to be written; what a reader would assume by itself is left out. One thread. */
final class Entries {
    private final Map<String, Object> map = new LinkedHashMap<>();

    /** Always written. */
    Entries put(String key, Object value) {
        map.put(key, value);
        return this;
    }

    /** Written when there is one. */
    Entries put(String key, Optional<?> value) {
        value.ifPresent(present -> map.put(key, present));
        return this;
    }

    /** Written when it is not what a file that says nothing means. */
    Entries unless(Object silent, String key, Object value) {
        return value.equals(silent) ? this : put(key, value);
    }

    /** Written when it has entries. */
    Entries filled(String key, Map<String, Object> value) {
        return value.isEmpty() ? this : put(key, value);
    }

    /** Written when it has items. */
    Entries filled(String key, List<?> value) {
        return value.isEmpty() ? this : put(key, value);
    }

    /** What was collected, in that order. */
    Map<String, Object> map() {
        return Collections.unmodifiableMap(map);
    }
}
