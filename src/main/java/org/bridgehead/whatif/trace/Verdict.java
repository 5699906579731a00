package org.bridgehead.whatif.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.whatif.Forecast.Fate;

/**
 * How it ended for some recipients, in a line.
 *
 * @param outcome in a word
 * @param text who, how, by which servers; no full stop
 */
public record Verdict(End outcome, String text) {
    /** How it ended. */
    public enum End {
        /** In a mailbox, or with somebody outside. */
        ARRIVED,
        /** Not yet. */
        WAITS,
        /** Refused or given up. */
        LOST
    }

    /** The verdicts of a trace, recipients that fared alike together. */
    public static List<Verdict> of(Trace trace) {
        Map<Verdict, List<EmailAddress>> alike = new LinkedHashMap<>();
        for (Trace.Recipient its : trace.recipients()) {
            alike.computeIfAbsent(verdict(trace, its), verdict -> new ArrayList<>())
                    .add(its.fate().recipient());
        }
        for (Trace.Refused no : trace.refused()) {
            Verdict verdict = new Verdict(
                    no.kind() == Trace.Refused.Kind.FOR_GOOD ? End.LOST : End.WAITS,
                    "stays with the sender: " + trace.plan().mail().server()
                            + (no.kind() == Trace.Refused.Kind.NO_ANSWER ? " does not answer" : " says " + no.reply()));
            alike.computeIfAbsent(verdict, its -> new ArrayList<>()).add(no.recipient());
        }
        List<Verdict> verdicts = new ArrayList<>();
        alike.forEach((verdict, whose) ->
                verdicts.add(new Verdict(verdict.outcome(), Words.people(whose) + ": " + verdict.text())));
        return verdicts;
    }

    private static Verdict verdict(Trace trace, Trace.Recipient its) {
        Fate fate = its.fate();
        String message =
                trace.messages().size() > 1 && trace.scenario().isEmpty() ? "message " + its.message() + " " : "";
        String by = fate.servers().isEmpty() ? "" : " by " + String.join(" > ", fate.servers());
        String next = fate.next().orElse("?");
        return switch (fate.outcome()) {
            case DELIVERED -> new Verdict(End.ARRIVED, message + "delivered to " + next + by);
            case RELAYED -> new Verdict(End.ARRIVED, message + "handed to " + next + " outside" + by);
            case HELD ->
                new Verdict(
                        End.WAITS,
                        message + "waits at " + its.server().orElse("the sender")
                                + fate.next().map(queue -> " in queue " + queue).orElse("")
                                + (fate.reason().isEmpty() ? "" : ": " + fate.reason()));
            case FAILED ->
                new Verdict(End.LOST, message + "given up at " + its.server().orElse("?") + ": " + fate.reason());
        };
    }
}
