package org.bridgehead.io.config;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bridgehead.core.topology.Names;

/** The names that exist of one kind, for references to them. */
final class Known {
    /** A file with thousands of broken references gets this many suggestions; each one scans all names. */
    private static final int MOST_SUGGESTIONS = 100;

    private final String kind;
    private final TreeSet<String> names = Names.set();
    /** The same names, for references in the very same letters, which most are. */
    private final Set<String> exact = new HashSet<>();

    private final boolean needed;
    private int suggestions;

    Known(String kind) {
        this(kind, false);
    }

    /** With {@code needed}, having none at all is reported elsewhere, once; references then add nothing to it. */
    Known(String kind, boolean needed) {
        this.kind = kind;
        this.needed = needed;
    }

    void add(String name) {
        names.add(name);
        exact.add(name);
    }

    boolean contains(String name) {
        return names.contains(name);
    }

    /** The name as it was defined; a reference that leads nowhere is reported. */
    Optional<String> resolve(YamlValue reference) {
        return reference.text("the name of a " + kind).flatMap(name -> resolve(reference, name));
    }

    /** As {@link #resolve(YamlValue)} for a name that is part of the value. */
    Optional<String> resolve(YamlValue reference, String name) {
        if (exact.contains(name)) {
            return Optional.of(name);
        }
        String defined = names.floor(name);
        if (defined != null && Names.same(defined, name)) {
            return Optional.of(defined);
        }
        if (needed && names.isEmpty()) {
            return Optional.empty();
        }
        reference.error("there is no " + kind + " " + Text.quote(name), suggestion(name));
        return Optional.empty();
    }

    private String suggestion(String name) {
        String otherwise = names.isEmpty() ? "no " + kind + " is defined" : "";
        return suggestions++ < MOST_SUGGESTIONS ? Text.didYouMean(name, names, otherwise) : otherwise;
    }
}
