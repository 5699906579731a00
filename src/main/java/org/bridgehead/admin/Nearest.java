package org.bridgehead.admin;

import java.util.Collection;
import java.util.List;
import org.bridgehead.core.topology.NearNames;

/** Names the names that somebody may have meant. Stateless. */
final class Nearest {
    private static final int NAMED = 3;

    private Nearest() {}

    /** {@code ; did you mean A or B?}, or nothing when no name is near. */
    static String after(String typed, Collection<String> known) {
        List<String> near = NearNames.of(typed, known).stream().limit(NAMED).toList();
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }
}
