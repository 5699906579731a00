package org.bridgehead.core.scenario;

import java.util.ArrayList;
import java.util.List;

/** Two lists of lines side by side: the longest common part, and what is in one of them only. */
final class LineComparison {
    private final List<String> one;
    private final List<String> other;
    /** By position in both: how many lines the rests have in common. */
    private final int[][] common;

    LineComparison(List<String> one, List<String> other) {
        this.one = one;
        this.other = other;
        this.common = new int[one.size() + 1][other.size() + 1];
        for (int i = one.size() - 1; i >= 0; i--) {
            for (int j = other.size() - 1; j >= 0; j--) {
                common[i][j] = one.get(i).equals(other.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
    }

    /** Common lines behind two blanks, those of the first list behind {@code -}, of the second behind {@code +}. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < one.size() || j < other.size()) {
            if (i < one.size() && j < other.size() && one.get(i).equals(other.get(j))) {
                lines.add("  " + one.get(i++));
                j++;
            } else if (j == other.size() || i < one.size() && common[i + 1][j] >= common[i][j + 1]) {
                lines.add("- " + one.get(i++));
            } else {
                lines.add("+ " + other.get(j++));
            }
        }
        return lines;
    }
}
