package org.bridgehead.io.config;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.core.topology.Names;

/** What the {@code <key>} elements of a GraphML file say about its data. One thread. */
final class GraphmlKeys {
    private final Map<String, Key> keys = new TreeMap<>();

    /**
     * One of them.
     *
     * @param name what the data mean
     * @param holder the element that has such data, or {@code all}
     * @param silent what holds where an element says nothing
     */
    record Key(String name, String holder, Optional<String> silent) {
        private boolean appliesTo(String element) {
            return holder.equals("all") || holder.equals(element);
        }
    }

    void put(String id, Key key) {
        keys.put(id, key);
    }

    /** What data of that key mean; the id itself where no key says so. */
    String name(String id) {
        Key key = keys.get(id);
        return key == null ? id : key.name();
    }

    /** What holds for an element that says nothing itself. */
    SortedMap<String, String> silent(String element) {
        SortedMap<String, String> its = Names.map();
        keys.values().stream()
                .filter(key -> key.appliesTo(element))
                .forEach(key -> key.silent().ifPresent(value -> its.put(key.name(), value)));
        return its;
    }
}
