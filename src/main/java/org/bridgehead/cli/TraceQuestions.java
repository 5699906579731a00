package org.bridgehead.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.trace.Answers;
import org.bridgehead.whatif.trace.Death;
import org.bridgehead.whatif.trace.Trace;
import picocli.CommandLine.Option;

/** Questions about a traced message, each answered in one line. */
final class TraceQuestions {
    @Option(names = "--why-here", description = "answer in a line: why is it where it is")
    boolean whyHere;

    @Option(names = "--why-waiting", description = "… why does it wait, who was tried, what would free it")
    boolean whyWaiting;

    @Option(
            names = "--when-next",
            description = "… when is it tried next, when is its sender told, when is it given up")
    boolean whenNext;

    @Option(names = "--who-else", description = "… who else got a copy")
    boolean whoElse;

    @Option(
            names = "--if-dies",
            paramLabel = "SERVER[@WHEN]",
            description =
                    "… what if this server dies while it has the message; WHEN: a hop such as 2, or right behind an"
                            + " event such as SEND; repeatable")
    List<String> ifDies = new ArrayList<>();

    /** Whether any was asked. */
    boolean any() {
        return whyHere || whyWaiting || whenNext || whoElse || !ifDies.isEmpty();
    }

    /**
     * Looks at what was asked.
     *
     * @throws Failure when it makes no sense
     */
    void check(Trace trace) {
        ifDies.forEach(text -> death(trace.plan().topology(), text));
    }

    /** The answers by the name of the question. */
    Map<String, String> answers(Trace trace) {
        Answers answers = new Answers(trace);
        Map<String, String> lines = new LinkedHashMap<>();
        if (whyHere) {
            lines.put("whyHere", answers.whyHere());
        }
        if (whyWaiting) {
            lines.put("whyWaiting", answers.whyWaiting());
        }
        if (whenNext) {
            lines.put("whenNext", answers.whenNext());
        }
        if (whoElse) {
            lines.put("whoElse", answers.whoElse());
        }
        for (String text : ifDies) {
            String key = ifDies.size() == 1 ? "ifDies" : "ifDies " + text;
            lines.put(key, answers.ifDies(death(trace.plan().topology(), text)));
        }
        return lines;
    }

    private static Death death(Topology topology, String text) {
        int sign = text.indexOf('@');
        String name = sign < 0 ? text : text.substring(0, sign);
        List<String> names = topology.servers().values().stream()
                .filter(server -> server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT))
                .map(Server::name)
                .toList();
        String server = names.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(
                        () -> Failure.usage("no hub or edge named \"" + name + "\"" + Suggestion.after(name, names)));
        String when = sign < 0 ? "" : text.substring(sign + 1);
        if (when.isEmpty()) {
            return new Death(server, OptionalInt.empty(), Optional.empty());
        }
        if (when.matches("\\d{1,6}")) {
            return new Death(server, OptionalInt.of(Integer.parseInt(when)), Optional.empty());
        }
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().equals(when.toUpperCase(Locale.ROOT)))
                .findFirst()
                .map(kind -> new Death(server, OptionalInt.empty(), Optional.of(kind)))
                .orElseThrow(() -> Failure.usage("--if-dies " + text
                        + ": behind @ write the number of a hop, or an event such as RECEIVE, DEFER, SEND or DELIVER"));
    }
}
