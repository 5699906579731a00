package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What {@code trace -o json} printed, as the outside sees it: lines of JSON.
 *
 * @param exitCode of the program
 * @param events one map per line
 * @param err diagnostics
 */
record Traced(int exitCode, List<Map<String, Object>> events, String err) {
    /** Runs the verb with these words and {@code -o json}; each argument stands as it is. */
    static Traced run(String topology, String... args) {
        List<String> words =
                new ArrayList<>(List.of("trace", topology, "-o", "json", "--start", "2026-03-01T09:00:00Z"));
        words.addAll(Arrays.asList(args));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] line = words.toArray(String[]::new);
        int exitCode = Main.execute(Main.line(line), new PrintWriter(out), new PrintWriter(err), line);
        assertThat(exitCode).as(err.toString()).isLessThanOrEqualTo(ExitCode.BAD_ANSWER);
        return new Traced(exitCode, out.toString().lines().map(Traced::parsed).toList(), err.toString());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parsed(String line) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(line);
    }

    /** Events of one kind. */
    List<Map<String, Object>> all(String kind) {
        return events.stream().filter(event -> kind.equals(event.get("event"))).toList();
    }

    /** Transfers in order of hops, {@code A1>D1 1}: servers and number of recipients; what leaves too. */
    List<String> transfers() {
        return all("SEND").stream()
                .sorted((a, b) -> Integer.compare((Integer) a.get("hop"), (Integer) b.get("hop")))
                .map(event -> event.get("server") + ">" + event.get("nextHop") + " "
                        + ((List<?>) event.get("recipients")).size())
                .toList();
    }

    /** Where mail waits at the end: {@code C1 site:D}. */
    List<String> waiting() {
        return all("DEFER").stream()
                .map(event -> event.get("server") + " " + event.get("nextHop"))
                .distinct()
                .toList();
    }

    /** Mailbox servers that got it. */
    List<Object> delivered() {
        return all("DELIVER").stream().map(event -> event.get("nextHop")).toList();
    }
}
