package org.bridgehead.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bridgehead.io.tracking.TrackingJson;
import org.bridgehead.whatif.trace.Trace;
import org.jspecify.annotations.Nullable;

/** Prints a trace: the story or answers for people, tracking events for programs. */
final class TraceOutput {
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
        try (Rows rows = output.rows(TrackingJson.names().toArray(new String[0]))) {
            trace.events()
                    .forEach(event ->
                            rows.row(TrackingJson.fields(event).values().toArray()));
        }
        answers.values().forEach(err::println);
    }

    private Map<String, @Nullable Object> fields(Map<String, String> answers) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("events", trace.events().stream().map(TrackingJson::fields).toList());
        if (!answers.isEmpty()) {
            fields.put("answers", answers);
        }
        return fields;
    }
}
