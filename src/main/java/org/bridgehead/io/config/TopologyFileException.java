package org.bridgehead.io.config;

import java.util.List;
import java.util.stream.Collectors;

/** A file that cannot be used, with every mistake found in it. */
public final class TopologyFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final transient List<String> lines;

    /**
     * Reports mistakes.
     *
     * @param problems at least one, by place
     * @param text the file's text, for {@link #illustrated()}
     */
    TopologyFileException(List<Problem> problems, String text) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
        this.lines = text.lines().toList();
    }

    /** All mistakes by place; at least one. */
    public List<Problem> problems() {
        return problems;
    }

    /** The message with, below each mistake, the line concerned and a caret under the place. */
    public String illustrated() {
        return problems.stream().map(this::illustrate).collect(Collectors.joining("\n"));
    }

    private String illustrate(Problem problem) {
        if (problem.line() == 0 || problem.line() > lines.size()) {
            return problem.toString();
        }
        String line = lines.get(problem.line() - 1);
        int at = line.offsetByCodePoints(0, Math.min(problem.column() - 1, line.codePointCount(0, line.length())));
        int from = Math.max(0, at - WIDTH / 2);
        String shown = line.substring(from, Math.min(line.length(), from + WIDTH));
        return problem + "\n    " + shown.replace('\t', ' ') + "\n    " + " ".repeat(at - from) + "^";
    }

    private static final int WIDTH = 120;
}
