package org.bridgehead.render.draw;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What belongs together on a picture. Its first class says what it is, the others in which state.
 *
 * @param classes at least one
 * @param attributes for programs, such as {@code data-item}
 * @param title for people who point at it; empty = none
 */
public record Group(List<String> classes, SortedMap<String, String> attributes, String title) {
    /** Copies the collections. */
    public Group {
        classes = List.copyOf(classes);
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /** A group of one class. */
    public static Group of(String kind) {
        return new Group(List.of(kind), new TreeMap<>(), "");
    }

    /** The same with a title. */
    public Group titled(String text) {
        return new Group(classes, attributes, text);
    }

    /** The same with an attribute more. */
    public Group with(String attribute, String value) {
        SortedMap<String, String> more = new TreeMap<>(attributes);
        more.putAll(Map.of(attribute, value));
        return new Group(classes, more, title);
    }

    /** The same in these states too. */
    public Group in(Collection<String> states) {
        List<String> all = new ArrayList<>(classes);
        all.addAll(states);
        return new Group(all, attributes, title);
    }

    /** The same in this state too, if so. */
    public Group in(String state, boolean holds) {
        return holds ? in(List.of(state)) : this;
    }
}
