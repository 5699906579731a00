package org.bridgehead.render.draw;

import java.util.ArrayList;
import java.util.List;

/** The colours by name, for daylight and for dark screens. Texts have a contrast of 4.5 or more, lines of 3 or more. */
public enum Theme {
    /** Dark on white. */
    LIGHT(1),
    /** Light on black. */
    DARK(2);

    private static final String[][] COLORS = {
        {"paper", "#ffffff", "#11181f"},
        {"ink", "#17212b", "#e9eef3"},
        {"soft", "#51606e", "#aab7c4"},
        {"site", "#f2f5f8", "#1f2a35"},
        {"rim", "#5a6b7b", "#8ea1b3"},
        {"line", "#6f7f8e", "#8395a6"},
        {"path", "#0b57c2", "#6cb2ff"},
        {"pathink", "#ffffff", "#08131f"},
        {"alt", "#7c7f86", "#9299a1"},
        {"bad", "#b3261e", "#ff8f85"},
        {"held", "#ffe0ad", "#4a3300"},
        {"heldink", "#6b3a00", "#ffd08a"},
        {"hub", "#1d5fa8", "#8fc4ff"},
        {"edge", "#8a3a86", "#e6a3e2"},
        {"mailbox", "#2c7031", "#8fd694"},
        {"dc", "#6a5a00", "#e0cd6a"},
        {"cas", "#006466", "#6fd3d6"},
        {"um", "#9c3a2a", "#ffab9a"},
        {"letter", "#ffffff", "#10161c"},
    };

    private final int column;

    Theme(int column) {
        this.column = column;
    }

    /** The names of all colours. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (String[] row : COLORS) {
            names.add(row[0]);
        }
        return names;
    }

    /** Whether that is the name of a colour. */
    static boolean isColor(String name) {
        return names().contains(name);
    }

    /** A colour as {@code #rrggbb}. */
    public String color(String name) {
        for (String[] row : COLORS) {
            if (row[0].equals(name)) {
                return row[column];
            }
        }
        throw new IllegalArgumentException("no colour named " + name);
    }
}
