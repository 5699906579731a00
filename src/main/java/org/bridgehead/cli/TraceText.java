package org.bridgehead.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.whatif.trace.Answers;
import org.bridgehead.whatif.trace.Chapter;
import org.bridgehead.whatif.trace.Chapter.Line;
import org.bridgehead.whatif.trace.Incident;
import org.bridgehead.whatif.trace.Story;
import org.bridgehead.whatif.trace.Trace;
import org.bridgehead.whatif.trace.TracedMail;
import org.bridgehead.whatif.trace.Verdict;
import org.bridgehead.whatif.trace.Words;

/** A trace for people: server by server what it did and why, then what became of each recipient. */
final class TraceText {
    private final Trace trace;
    private final PrintWriter out;
    private final Colors colors;
    private final Instant start;

    TraceText(Trace trace, Output output) {
        this.trace = trace;
        this.out = output.text();
        this.colors = output.colors();
        this.start = trace.plan().start();
    }

    void print() {
        printMail();
        List<Incident> ahead = new ArrayList<>(trace.plan().incidents());
        for (Chapter chapter : Story.of(trace).chapters()) {
            printIncidents(ahead, chapter.at());
            print(chapter);
        }
        printIncidents(ahead, Instant.MAX);
        printVerdict();
        out.flush();
    }

    private void printMail() {
        if (trace.scenario().isPresent()) {
            out.println(colors.strong(trace.scenario().get()) + "   "
                    + Words.count(trace.messages().size(), "message", "messages"));
            out.println(colors.faint("from " + start));
            out.println();
            return;
        }
        TracedMail mail = trace.plan().mail();
        String from = mail.sender().map(EmailAddress::toString).orElse("<>");
        out.println(colors.strong(from + " > " + Words.people(mail.recipients())) + "   " + Octets.text(mail.size())
                + (trace.plan().count() > 1
                        ? ", " + trace.plan().count() + " times, every "
                                + Words.span(trace.plan().every())
                        : ""));
        out.println(colors.faint("from " + start + ", handed to " + mail.server()
                + (mail.authenticated() ? " by a user" : " by a stranger")
                + mail.header().map(TraceText::header).orElse("")));
        out.println();
    }

    private static String header(HeaderFacts facts) {
        String lines = facts.receivedLines() == 0
                ? ""
                : ", " + Words.count(facts.receivedLines(), "Received line", "Received lines");
        return "; " + facts.messageId() + lines + (facts.eightBit() ? ", 8-bit" : "")
                + (facts.utf8Header() ? ", UTF-8 header" : "");
    }

    private void printIncidents(List<Incident> ahead, Instant until) {
        while (!ahead.isEmpty() && !start.plus(ahead.get(0).at()).isAfter(until)) {
            Incident incident = ahead.remove(0);
            out.println(Words.clock(start, start.plus(incident.at())) + "  " + colors.warning(incident.words()));
            out.println();
        }
    }

    private void print(Chapter chapter) {
        out.println(Words.clock(start, chapter.at()) + "  " + colors.name(chapter.server())
                + chapter.site().map(site -> " in " + site).orElse(", edge")
                + colors.faint(", hop " + chapter.hop() + whose(chapter)));
        for (Line line : chapter.lines()) {
            out.println("  " + mark(line));
            line.because().forEach(reason -> out.println(colors.faint("      " + reason)));
        }
        out.println();
    }

    private String whose(Chapter chapter) {
        return chapter.report()
                ? ", a report"
                : trace.messages().size() > 1 && trace.messages().contains(chapter.message())
                        ? ", message " + (trace.messages().indexOf(chapter.message()) + 1)
                        : "";
    }

    private String mark(Line line) {
        return switch (line.tone()) {
            case DELIVERED -> colors.good(line.text());
            case WAITS -> colors.warning(line.text());
            case FAILED -> colors.bad(line.text());
            case SENT -> colors.strong(line.text());
            default -> line.text();
        };
    }

    private void printVerdict() {
        List<Verdict> verdicts = Verdict.of(trace);
        for (Verdict verdict : verdicts) {
            String text = verdict.text();
            out.println(
                    switch (verdict.outcome()) {
                        case ARRIVED -> colors.good(text);
                        case WAITS -> colors.warning(text);
                        case LOST -> colors.bad(text);
                    });
        }
        List<Trace.Recipient> held = trace.held();
        if (!held.isEmpty() && trace.scenario().isEmpty()) {
            out.println(new Answers(trace).whenNext());
        }
    }
}
