package org.bridgehead.bpa.rules;

import java.util.List;

/** Long lists in one sentence. */
final class Listed {
    private static final int MOST = 8;

    private Listed() {}

    /** {@code Lyon, Paris and 3 more}. */
    static String names(List<String> names) {
        return cut(names, ", ", " and ");
    }

    /** {@code a > b > c}, the middle left out when it is long. */
    static String path(List<String> names) {
        if (names.size() <= MOST) {
            return String.join(" > ", names);
        }
        return String.join(" > ", names.subList(0, MOST - 2)) + " > (" + (names.size() - MOST + 1) + " more) > "
                + names.get(names.size() - 1);
    }

    private static String cut(List<String> names, String comma, String and) {
        return names.size() <= MOST
                ? String.join(comma, names)
                : String.join(comma, names.subList(0, MOST)) + and + (names.size() - MOST) + " more";
    }
}
