package org.bridgehead.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bridgehead.cli.demo.Ink.Meaning;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.scenario.Advance;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Step;

/** Tells the story; every line is out before what it announces begins. */
final class Narrator {
    private static final int TOPIC = 9;
    private static final int MOST_REFUSALS = 20;

    private final PrintWriter out;
    private final Ink ink;

    Narrator(PrintWriter out, Ink ink) {
        this.out = out;
        this.ink = ink;
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    Ink ink() {
        return ink;
    }

    String mark(Meaning meaning, String text) {
        return ink.mark(meaning, text);
    }

    /** Announces a scene and what is about to be done. */
    void scene(int number, Scene scene, List<List<Letter>> letters) {
        line("");
        line(mark(Meaning.STRONG, number + ". " + scene.title()));
        int next = 0;
        for (Step step : scene.steps()) {
            String words = step instanceof Send send ? words(send, letters.get(next++)) : words(step);
            line(mark(Meaning.FAINT, "  · " + words));
        }
    }

    private static String words(Step step) {
        if (step instanceof Advance advance) {
            return time(advance.time()) + " of virtual time";
        }
        return StepWords.of(step);
    }

    private static String words(Send send, List<Letter> letters) {
        String what = letters.size() == 1
                ? "\"" + letters.get(0).label() + "\""
                : letters.size() + " letters"
                        + send.mail()
                                .map(mail -> ", " + (letters.size() - send.count()) + " of them .eml files")
                                .orElse("");
        return "send " + what + " from "
                + send.from().map(EmailAddress::toString).orElse("<>") + " to "
                + send.to().stream().map(EmailAddress::toString).collect(Collectors.joining(", ")) + " by "
                + send.via();
    }

    static String time(Duration time) {
        String text = time.toHours() > 0 ? time.toHours() + " h" : "";
        text += time.toMinutesPart() > 0 ? (text.isEmpty() ? "" : " ") + time.toMinutesPart() + " min" : "";
        text += time.toSecondsPart() > 0 ? (text.isEmpty() ? "" : " ") + time.toSecondsPart() + " s" : "";
        return text.isEmpty() ? "no time" : text;
    }

    /** What is going to happen. */
    void predicted(List<Statement> statements, boolean servers) {
        statements.stream()
                .filter(statement -> !statement.text().isEmpty())
                .forEach(statement -> line("  predicted  " + topic(statement) + statement.text()));
        if (!servers) {
            line(mark(
                    Meaning.FAINT,
                    "             " + pad("")
                            + "(by site: after a stream, whose turn it is among equal hubs is open)"));
        }
    }

    /** Why this way. */
    void decision(Decision decision) {
        SitePath chosen = decision.chosen();
        line("             " + pad("why") + String.join(" > ", chosen.sites()) + ": " + figures(chosen)
                + ", decided by " + decision.rule().keyword());
        for (Decision.Rejected loser : decision.rejected()) {
            line(mark(
                    Meaning.FAINT,
                    "             " + pad("") + "lost on " + loser.lostBy().keyword() + ": "
                            + String.join(" > ", loser.path().sites()) + " (" + figures(loser.path()) + ")"));
        }
    }

    private static String figures(SitePath path) {
        return path.hops() + (path.hops() == 1 ? " hop" : " hops") + ", cost " + path.cost();
    }

    /** What came of it: one line when it is as predicted, both when not. */
    void happened(List<Point> points) {
        for (Point point : points) {
            Statement now = point.happened();
            if (point.holds()) {
                if (!now.text().isEmpty()) {
                    line("  happened   " + topic(now) + now.text() + mark(Meaning.GOOD, ", as predicted"));
                }
                continue;
            }
            line("  happened   " + topic(now) + or(now.text()) + mark(Meaning.BAD, ", NOT as predicted:"));
            line("             " + pad("") + "predicted " + or(point.predicted().text()));
            difference(point).ifPresent(words -> line("             " + pad("") + words));
        }
    }

    private static String or(String text) {
        return text.isEmpty() ? "nothing" : text;
    }

    /** The first line in which the whole truths differ, where the texts don't. */
    private static Optional<String> difference(Point point) {
        List<String> before = point.predicted().exact().lines().toList();
        List<String> after = point.happened().exact().lines().toList();
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            String left = i < before.size() ? before.get(i) : "nothing";
            String right = i < after.size() ? after.get(i) : "nothing";
            if (!left.equals(right)) {
                return Optional.of("first: predicted " + left + ", happened " + right);
            }
        }
        return Optional.empty();
    }

    /** What the scenario file expects, when it is not so. */
    void expected(List<Point> points) {
        points.stream()
                .filter(point -> !point.holds())
                .forEach(point -> line("  " + mark(Meaning.BAD, "EXPECTED") + "   "
                        + point.predicted().about() + ": " + point.predicted().text() + ", found "
                        + or(point.happened().text())));
    }

    /** Letters that were turned away, each with the words. */
    void refused(List<Refusal> refused) {
        refused.stream()
                .limit(MOST_REFUSALS)
                .forEach(refusal -> line("             " + refusal.letter().label() + ": " + refusal.why()));
    }

    /** The map, reached from an edge where there is one. */
    void map(Optional<String> edge, List<String> lines) {
        String start = edge.map(name -> name + " ═══ ").orElse("");
        for (int i = 0; i < lines.size(); i++) {
            boolean bare = i > 0 || start.isEmpty();
            line("    " + (bare ? " ".repeat(start.length()) : mark(Meaning.GOOD, start)) + lines.get(i));
        }
    }

    private static String topic(Statement statement) {
        return pad(statement.about());
    }

    static String pad(String topic) {
        return topic + " ".repeat(Math.max(0, TOPIC - topic.length()));
    }
}
