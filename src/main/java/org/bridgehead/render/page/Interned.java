package org.bridgehead.render.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values that are said often and written once, by number in the order of their first use. One thread. */
final class Interned<T> {
    private final Map<T, Integer> numbers = new LinkedHashMap<>();

    /** The value's number; the value must not change any more. */
    int number(T value) {
        Integer known = numbers.get(value);
        if (known == null) {
            known = numbers.size();
            numbers.put(value, known);
        }
        return known;
    }

    /** All of them, by number. */
    List<T> values() {
        return new ArrayList<>(numbers.keySet());
    }
}
