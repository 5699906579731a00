package org.bridgehead.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.io.tracking.TrackingJson;
import org.bridgehead.whatif.trace.Trace;
import org.jspecify.annotations.Nullable;

/** Prints a trace: the story or answers for people, tracking events for programs. */
final class TraceOutput {
    private static final String[] COLUMNS = {
        "time",
        "event",
        "source",
        "server",
        "site",
        "messageId",
        "internalId",
        "transportId",
        "sender",
        "recipients",
        "nextHop",
        "hop",
        "bytes",
        "status",
        "reason"
    };

    private final Trace trace;
    private final TraceQuestions questions;
    private final Output output;
    private final boolean verbose;

    TraceOutput(Trace trace, TraceQuestions questions, Output output, boolean verbose) {
        this.trace = trace;
        this.questions = questions;
        this.output = output;
        this.verbose = verbose;
    }

    /** Prints the answer on stdout; what the door refused leaves no event, so programs find it on {@code err}. */
    void print(PrintWriter err) {
        Map<String, String> answers = questions.answers(trace);
        if (output.isTable()) {
            if (answers.isEmpty() || verbose) {
                new TraceText(trace, output).print();
            }
            answers.values().forEach(output.text()::println);
            output.text().flush();
            return;
        }
        trace.refused()
                .forEach(no -> err.println("refused at the door of "
                        + trace.plan().mail().server() + ": " + no.recipient() + ": " + no.reply()));
        if (output.isCsv()) {
            csv(answers, err);
        } else if (output.isJson()) {
            json(answers);
        } else {
            output.record(fields(answers));
        }
    }

    private void json(Map<String, String> answers) {
        PrintWriter out = output.text();
        trace.events().forEach(event -> out.println(TrackingJson.line(event)));
        if (!answers.isEmpty()) {
            out.println(Structured.jsonLine(Map.of("answers", answers)));
        }
        out.flush();
    }

    private void csv(Map<String, String> answers, PrintWriter err) {
        try (Rows rows = output.rows(COLUMNS)) {
            trace.events().forEach(event -> rows.row(fields(event).values().toArray()));
        }
        answers.values().forEach(err::println);
    }

    private Map<String, @Nullable Object> fields(Map<String, String> answers) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("events", trace.events().stream().map(TraceOutput::fields).toList());
        if (!answers.isEmpty()) {
            fields.put("answers", answers);
        }
        return fields;
    }

    private static Map<String, Object> fields(TrackingEvent event) {
        List<Object> values = new ArrayList<>(List.of(
                event.time(),
                event.event(),
                event.source(),
                event.server(),
                event.site().orElse(""),
                event.messageId(),
                event.internalId(),
                event.transportId(),
                event.sender().map(EmailAddress::toString).orElse(""),
                event.recipients().stream().map(EmailAddress::toString).toList(),
                event.nextHop().orElse(""),
                event.hop(),
                event.bytes(),
                event.status(),
                event.reason()));
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < COLUMNS.length; i++) {
            fields.put(COLUMNS[i], values.get(i));
        }
        return fields;
    }
}
