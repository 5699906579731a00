package org.bridgehead.render.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.render.Template;
import org.bridgehead.whatif.trace.Answers;
import org.bridgehead.whatif.trace.Chapter;
import org.bridgehead.whatif.trace.Incident;
import org.bridgehead.whatif.trace.Story;
import org.bridgehead.whatif.trace.Trace;
import org.bridgehead.whatif.trace.Verdict;
import org.bridgehead.whatif.trace.Words;

/**
 * One self-contained page about a trace: a timeline with lanes for sites and servers, and the story below it. It asks the
 * network for nothing, follows the reader's light or dark, and can be read without its script. Pure.
 */
public final class TimelinePage {
    private final Trace trace;
    private final Trace drawn;
    private final Story story;

    private TimelinePage(Trace trace) {
        this.trace = trace;
        this.drawn = Excerpt.of(trace);
        this.story = Story.of(drawn);
    }

    /** The whole file. */
    public static String html(Trace trace) {
        return new TimelinePage(trace).html();
    }

    private String html() {
        Painter painter = new Painter(new Chart(drawn, story.visits()), story.chapters());
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("TITLE", Template.escaped(title()));
        parts.put("FACTS", Template.escaped(facts()));
        parts.put("STYLE", Template.resource(TimelinePage.class, "timeline.css"));
        parts.put("SCRIPT", Template.resource(TimelinePage.class, "timeline.js"));
        parts.put("DRAWN", drawn == trace ? "" : excerpt());
        parts.put("VERDICT", verdict());
        parts.put("NAMES", painter.names());
        parts.put("TIME", painter.time());
        parts.put("LEGEND", legend());
        parts.put("ANSWERS", answers());
        parts.put("STORY", chapters());
        return Template.filled(Template.resource(TimelinePage.class, "timeline.html"), parts);
    }

    private String excerpt() {
        return "<p>Drawn and told: " + drawn.messages().size() + " of "
                + trace.messages().size() + " messages, one of each course.</p>";
    }

    private String title() {
        return trace.scenario().orElseGet(this::message);
    }

    private String message() {
        return trace.plan().mail().sender().map(EmailAddress::toString).orElse("<>") + " > "
                + Words.people(trace.plan().mail().recipients());
    }

    private String facts() {
        if (trace.scenario().isPresent()) {
            return trace.topology().settings().name() + ", from " + trace.plan().start() + ", "
                    + Words.count(trace.messages().size(), "message", "messages")
                    + ". Predicted by the hubs' own decisions; nothing was sent.";
        }
        return trace.topology().settings().name() + ", from " + trace.plan().start() + ", handed to "
                + trace.plan().mail().server() + (trace.plan().mail().authenticated() ? " by a user" : " by a stranger")
                + ". Predicted by the hubs' own decisions; nothing was sent.";
    }

    private String verdict() {
        StringBuilder out = new StringBuilder();
        for (Verdict verdict : Verdict.of(trace)) {
            out.append("<li class=\"")
                    .append(verdict.outcome().name().toLowerCase(Locale.ROOT))
                    .append("\">")
                    .append(Template.escaped(verdict.text()))
                    .append("</li>\n");
        }
        return out.toString();
    }

    private static String legend() {
        StringBuilder out = new StringBuilder();
        for (Mark.Sign sign : Mark.Sign.values()) {
            out.append(
                            "<li><svg width=\"24\" height=\"24\" viewBox=\"-12 -12 24 24\" aria-hidden=\"true\"><g class=\"mark ")
                    .append(sign.style())
                    .append("\">")
                    .append(Signs.shape(sign))
                    .append("</g></svg>")
                    .append(Signs.words(sign))
                    .append("</li>\n");
        }
        return out.toString();
    }

    private String answers() {
        Answers answers = new Answers(trace);
        StringBuilder out = new StringBuilder();
        answer(out, "Why there?", answers.whyHere());
        answer(out, "Who has it?", answers.whoElse());
        if (!trace.held().isEmpty() && trace.scenario().isEmpty()) {
            answer(out, "Why does it wait?", answers.whyWaiting());
            answer(out, "When next?", answers.whenNext());
        }
        return out.toString();
    }

    private static void answer(StringBuilder out, String question, String answer) {
        out.append("<dt>")
                .append(question)
                .append("</dt><dd>")
                .append(Template.escaped(answer))
                .append("</dd>\n");
    }

    static String anchor(Chapter chapter) {
        return "v" + chapter.visit() + "t" + chapter.at().getEpochSecond();
    }

    private String chapters() {
        StringBuilder out = new StringBuilder();
        List<Incident> ahead = new ArrayList<>(trace.plan().incidents());
        for (Chapter chapter : story.chapters()) {
            incidents(out, ahead, chapter.at());
            chapter(out, chapter);
        }
        incidents(out, ahead, Instant.MAX);
        return out.toString();
    }

    private void incidents(StringBuilder out, List<Incident> ahead, Instant until) {
        Instant start = trace.plan().start();
        while (!ahead.isEmpty() && !start.plus(ahead.get(0).at()).isAfter(until)) {
            Incident incident = ahead.remove(0);
            out.append("<li class=\"incident\"><time>")
                    .append(Words.clock(start, start.plus(incident.at())))
                    .append("</time> ")
                    .append(Template.escaped(incident.words()))
                    .append("</li>\n");
        }
    }

    private void chapter(StringBuilder out, Chapter chapter) {
        out.append("<li id=\"")
                .append(anchor(chapter))
                .append("\"><h3><time>")
                .append(Words.clock(trace.plan().start(), chapter.at()))
                .append("</time> ")
                .append(Template.escaped(chapter.server()))
                .append(" <small>")
                .append(Template.escaped(
                        chapter.site().map(site -> "in " + site).orElse("edge")))
                .append(", hop ")
                .append(chapter.hop())
                .append(chapter.report() ? ", a report" : "")
                .append("</small></h3>\n<ul>");
        for (Chapter.Line line : chapter.lines()) {
            out.append("<li class=\"")
                    .append(line.tone().name().toLowerCase(Locale.ROOT))
                    .append("\">")
                    .append(Template.escaped(line.text()));
            if (!line.because().isEmpty()) {
                out.append("<ul class=\"because\">");
                line.because()
                        .forEach(reason -> out.append("<li>")
                                .append(Template.escaped(reason))
                                .append("</li>"));
                out.append("</ul>");
            }
            out.append("</li>\n");
        }
        out.append("</ul></li>\n");
    }
}
