package org.bridgehead.io.config;

import java.util.List;

/** Words for messages. */
final class Text {
    private static final int SHOWN = 60;
    private static final int NEAR = 2;

    private Text() {}

    /** {@code text} in quotes, shortened, on one line. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().limit(SHOWN).forEach(c -> {
            if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append(text.codePointCount(0, text.length()) > SHOWN ? "…\"" : "\"")
                .toString();
    }

    /** {@code did you mean X?} for the candidate nearest to {@code text}, or {@code otherwise} when none is near. */
    static String didYouMean(String text, Iterable<String> candidates, String otherwise) {
        String best = "";
        int least = Math.min(NEAR, Math.max(1, text.length() / 3)) + 1;
        for (String candidate : candidates) {
            int distance = distance(text, candidate, least);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? otherwise : "did you mean " + best + "?";
    }

    /** {@code a, b or c}. */
    static String oneOf(List<String> words) {
        int last = words.size() - 1;
        return last < 1 ? String.join("", words) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    /** Edits (insert, delete, change, swap neighbours) from one word to the other, letter case aside; at most {@code cap}. */
    private static int distance(String one, String other, int cap) {
        int columns = other.length();
        if (Math.abs(one.length() - columns) >= cap) {
            return cap;
        }
        int[] before = new int[columns + 1];
        int[] row = new int[columns + 1];
        for (int j = 0; j <= columns; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] next = new int[columns + 1];
            next[0] = i;
            for (int j = 1; j <= columns; j++) {
                int change = row[j - 1] + (same(one, i, other, j) ? 0 : 1);
                next[j] = Math.min(change, Math.min(row[j], next[j - 1]) + 1);
                if (i > 1 && j > 1 && same(one, i, other, j - 1) && same(one, i - 1, other, j)) {
                    next[j] = Math.min(next[j], before[j - 2] + 1);
                }
            }
            before = row;
            row = next;
        }
        return Math.min(cap, row[columns]);
    }

    private static boolean same(String one, int i, String other, int j) {
        return Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
    }
}
