package org.bridgehead.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.admin.AdminClient;
import org.bridgehead.io.tracking.TrackingJson;
import org.bridgehead.io.tracking.TrackingSearch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One real message, hop by hop. */
@Command(
        name = "track",
        header = {
            "What became of a real message, hop by hop over all servers, and where it is now.",
            "",
            "Examples:",
            "  bridgehead track '<17@fabrikam.test>' --admin 127.0.0.1:8025",
            "  bridgehead track 5f0c9a3e6b1d4e8f9a0b1c2d3e4f5a6b            by its identity in the organisation",
            "  bridgehead track '<17@fabrikam.test>' --log bridgehead-data/tracking    from the files, no engine needed",
            "",
            "-o json prints the events, one a line, with the fields of the log. --log DIR reads all logs below a folder,",
            "so the logs of several processes can be laid side by side.",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:here it is",
            "1:nothing is known of such a message, or somebody does not get it",
            "2:bad usage",
            "3:no engine answers, or the log cannot be read"
        })
final class TrackCommand extends Verb {
    private static final int MOST = 100_000;

    @Parameters(
            paramLabel = "MESSAGE-ID",
            description = "Message-ID, with or without <>; or its identity in the organisation")
    String id = "";

    @Option(names = "--log", paramLabel = "DIR", description = "folder with tracking logs, instead of an engine")
    @Nullable
    Path log;

    @Mixin
    AdminOptions admin = new AdminOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (id.isBlank()) {
            throw Failure.usage("track which message? Write its Message-ID, as in track '<17@fabrikam.test>'");
        }
        List<Map<String, @Nullable Object>> events = new ArrayList<>();
        List<Map<String, @Nullable Object>> where = List.of();
        if (log != null) {
            TrackingSearch.inFolder(log, id, MOST).forEach(event -> events.add(new LinkedHashMap<>(event)));
        } else {
            Map<String, @Nullable Object> answer = admin.ask(engine -> AdminClient.fields(engine.list(
                    "tracking", List.of(Map.entry("messageId", id), Map.entry("limit", Integer.toString(MOST))))));
            events.addAll(AdminVerb.items(answer.get("events")));
            where = AdminVerb.items(answer.get("where"));
        }
        if (events.isEmpty()) {
            throw Failure.answer("nothing is known of a message " + id + (log == null ? "" : " in " + log));
        }
        print(events, where);
        return events.stream().anyMatch(event -> "FAIL".equals(event.get("event"))) ? ExitCode.BAD_ANSWER : ExitCode.OK;
    }

    /** What one server did to it stands together; servers in the order in which they got it. */
    private static List<Map<String, @Nullable Object>> byServer(List<Map<String, @Nullable Object>> events) {
        Map<String, List<Map<String, @Nullable Object>>> chapters = new LinkedHashMap<>();
        events.forEach(event -> chapters.computeIfAbsent(
                        event.get("server") + " " + event.get("internalId"), key -> new ArrayList<>())
                .add(event));
        return chapters.values().stream().flatMap(List::stream).toList();
    }

    private void print(List<Map<String, @Nullable Object>> events, List<Map<String, @Nullable Object>> where) {
        Output output = output();
        if (output.isTable()) {
            EventText text = new EventText(output);
            byServer(events).forEach(text::print);
            text.printWhere(where);
            output.text().flush();
        } else if (output.isJson()) {
            events.forEach(event -> output.text().println(Structured.jsonLine(event)));
        } else if (output.isCsv()) {
            List<String> names = TrackingJson.names();
            try (Rows rows = output.rows(names.toArray(new String[0]))) {
                events.forEach(event -> rows.row(names.stream().map(event::get).toArray()));
            }
        } else {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            all.put("events", events);
            all.put("where", where);
            output.record(all);
        }
    }
}
