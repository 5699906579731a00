package org.bridgehead.whatif.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.whatif.Forecast.Outcome;

/**
 * What people ask about a message, each answered in one line (BEHAVIOUR 11): from the tracking events, from the routing
 * core, and by playing the plan on or again. One thread; each question that looks ahead plays the plan anew.
 */
public final class Answers {
    /** Places, queues or groups of recipients in one line. */
    private static final int SHOWN = 3;

    private final Trace trace;
    private final Grounds grounds;
    private final List<Visit> visits;
    private Optional<List<TrackingEvent>> future = Optional.empty();

    /** Answers about a trace. */
    public Answers(Trace trace) {
        this.trace = trace;
        this.grounds = new Grounds(trace.plan());
        this.visits = Visit.of(trace.events());
    }

    /** Why it is where it is, or was last: what the server before decided, and what lost. */
    public String whyHere() {
        Map<String, List<Trace.Recipient>> places = byServer(trace.recipients().stream()
                .filter(its -> its.fate().outcome() != Outcome.FAILED)
                .toList());
        if (trace.recipients().isEmpty()) {
            return nowhere();
        }
        List<String> sentences = new ArrayList<>();
        places.forEach((server, there) -> sentences.add(whyHere(server, there)));
        byReason(trace.recipients())
                .forEach((reason, whose) ->
                        sentences.add(place(whose.get(0).server().orElse("")) + " gave it up for " + people(whose)
                                + ": " + reason + "."));
        return joined(sentences);
    }

    private static Map<String, List<Trace.Recipient>> byReason(List<Trace.Recipient> recipients) {
        Map<String, List<Trace.Recipient>> reasons = new LinkedHashMap<>();
        recipients.stream()
                .filter(its -> its.fate().outcome() == Outcome.FAILED)
                .forEach(its -> reasons.computeIfAbsent(its.fate().reason(), reason -> new ArrayList<>())
                        .add(its));
        return reasons;
    }

    private String nowhere() {
        return "No server has it: "
                + trace.refused().stream()
                        .map(no -> no.recipient() + " was refused with " + no.reply())
                        .collect(Collectors.joining("; "))
                + ".";
    }

    private static Map<String, List<Trace.Recipient>> byServer(List<Trace.Recipient> recipients) {
        Map<String, List<Trace.Recipient>> places = new LinkedHashMap<>();
        recipients.forEach(its -> its.server()
                .ifPresent(at ->
                        places.computeIfAbsent(at, name -> new ArrayList<>()).add(its)));
        return places;
    }

    private String whyHere(String server, List<Trace.Recipient> there) {
        EmailAddress one = there.get(0).fate().recipient();
        String head = place(server) + (there.get(0).arrived() ? " had it last" : " has it") + " for " + people(there);
        Optional<TrackingEvent> sent = visits.stream()
                .flatMap(visit -> visit.events().stream())
                .filter(event -> event.event() == Kind.SEND
                        && event.transportId().equals(there.get(0).id())
                        && event.nextHop()
                                .filter(next -> Names.same(next, server))
                                .isPresent())
                .reduce((earlier, later) -> later);
        if (sent.isEmpty()) {
            return head + " because it was handed in there"
                    + grounds.course(first(server, there.get(0)), one)
                            .map(course -> ", and from there: " + goal(course))
                            .orElse("")
                    + ".";
        }
        EmailAddress asked = sent.get().recipients().contains(one)
                ? one
                : sent.get().recipients().get(0);
        Optional<Course> course = grounds.course(sent.get(), asked);
        List<String> why = new ArrayList<>();
        course.ifPresent(its -> why.addAll(grounds.why(its)));
        course.ifPresent(its -> why.addAll(grounds.whyThere(sent.get(), its)));
        return head + " because " + sent.get().server() + " sends it on, to "
                + course.map(Course::destination).orElse("the next hop") + " " + String.join("; ", why) + ".";
    }

    private TrackingEvent first(String server, Trace.Recipient recipient) {
        return visits.stream()
                .filter(visit ->
                        Names.same(visit.server(), server) && visit.message().equals(recipient.id()))
                .map(Visit::first)
                .findFirst()
                .orElseThrow();
    }

    private String goal(Course course) {
        List<String> why = grounds.why(course);
        return course.destination() + (why.isEmpty() ? " in the same site" : " " + String.join("; ", why));
    }

    /** In which queue it waits, who was tried, what they said, and what would free it. */
    public String whyWaiting() {
        Map<String, List<Trace.Recipient>> queues = new LinkedHashMap<>();
        for (Trace.Recipient its : trace.held()) {
            String key = its.server().orElse("") + "\\" + its.fate().next().orElse("");
            queues.computeIfAbsent(key, name -> new ArrayList<>()).add(its);
        }
        if (queues.isEmpty()) {
            return nothingWaits();
        }
        Release release = new Release(trace);
        List<String> sentences = new ArrayList<>();
        queues.values().forEach(waiting -> sentences.add(whyWaiting(waiting) + release.words(waiting) + "."));
        return joined(sentences);
    }

    private String nothingWaits() {
        return trace.isGood() ? "Nothing waits: everybody has it." : "Nothing waits: what did not arrive was given up.";
    }

    private String whyWaiting(List<Trace.Recipient> waiting) {
        Trace.Recipient one = waiting.get(0);
        String server = one.server().orElse("");
        List<TrackingEvent> deferred = deferrals(one);
        if (deferred.isEmpty()) {
            return people(waiting) + " waits on the disk of " + place(server) + ", which does not run";
        }
        TrackingEvent first = deferred.get(0);
        TrackingEvent last = deferred.get(deferred.size() - 1);
        List<String> tried = grounds.course(last, one.fate().recipient())
                .map(course -> new Tried(grounds).servers(last, course))
                .orElse(List.of());
        return people(waiting) + (waiting.size() == 1 ? " waits at " : " wait at ") + place(server) + " in queue "
                + last.nextHop().orElse("") + " since "
                + Words.clock(trace.plan().start(), first.time())
                + (tried.isEmpty() ? ", no server could be tried" : ", tried: " + String.join(", ", tried))
                + "; last error: " + (last.status() + " " + last.reason()).strip();
    }

    /** Deferrals at the server where it waits, without those from before it went on and came back. */
    private List<TrackingEvent> deferrals(Trace.Recipient its) {
        return trace.events().stream()
                .filter(event -> event.event() == Kind.DEFER
                        && event.transportId().equals(its.id())
                        && event.recipients().contains(its.fate().recipient())
                        && its.server()
                                .filter(server -> Names.same(server, event.server()))
                                .isPresent())
                .toList();
    }

    /** When the next attempts are, when the sender hears of the delay, and when it is given up. */
    public String whenNext() {
        List<Trace.Recipient> held = trace.held();
        if (held.isEmpty()) {
            return nothingWaits().replaceFirst("^Nothing waits: ", "No attempt is to come: ");
        }
        Map<String, List<Trace.Recipient>> byOutlook = new LinkedHashMap<>();
        held.forEach(its -> byOutlook
                .computeIfAbsent(place(its.server().orElse("")) + outlook(outlook(its)), text -> new ArrayList<>())
                .add(its));
        return joined(byOutlook.entrySet().stream()
                .map(group -> people(group.getValue()) + " at " + group.getKey() + ".")
                .toList());
    }

    /** What is to come for a recipient that waits. */
    public Outlook outlook(Trace.Recipient held) {
        future = future.or(() -> Optional.of(Outlook.events(trace)));
        return Outlook.of(future.orElseThrow(), held);
    }

    private String outlook(Outlook outlook) {
        Instant start = trace.plan().start();
        String next = outlook.attempts().isEmpty()
                ? ": no attempt before the topology changes or a part works again"
                : ": next attempt in "
                        + Words.span(
                                Duration.between(trace.end(), outlook.attempts().get(0)))
                        + ", at " + outlook.ladder(start);
        return next
                + outlook.delayReport()
                        .map(at -> "; the sender hears of the delay at " + Words.clock(start, at))
                        .orElse("")
                + outlook.expiry()
                        .map(at -> "; given up at " + Words.clock(start, at))
                        .orElse("");
    }

    /** Who else has it: copies between servers, and where they ended. */
    public String whoElse() {
        if (trace.messages().isEmpty()) {
            return nowhere();
        }
        List<TrackingEvent> sent = visits.stream()
                .flatMap(visit -> visit.events().stream())
                .filter(event -> event.event() == Kind.SEND && trace.isOriginal(event))
                .toList();
        List<String> copies = sent.stream()
                .map(event -> event.server() + " > " + event.nextHop().orElse("?") + " for " + few(event.recipients()))
                .toList();
        List<Trace.Recipient> all = trace.recipients();
        StringBuilder out = new StringBuilder("Handed in for ")
                .append(Words.people(trace.plan().mail().recipients()))
                .append(", which comes to ")
                .append(Words.count(all.size(), "recipient", "recipients"))
                .append("; ")
                .append(Words.count(copies.size(), "transfer", "transfers"))
                .append(copies.isEmpty() ? "" : " (" + Words.some(copies, 8) + ")");
        for (Outcome outcome : Outcome.values()) {
            ended(all, outcome).ifPresent(text -> out.append("; ").append(text));
        }
        long reports = trace.events().stream()
                .filter(event -> event.event() == Kind.DSN)
                .count();
        return out.append(reports == 0 ? "" : "; " + Words.count(reports, "report", "reports") + " to the sender")
                .append('.')
                .toString();
    }

    private static Optional<String> ended(List<Trace.Recipient> all, Outcome outcome) {
        Map<String, List<EmailAddress>> places = new LinkedHashMap<>();
        all.stream().filter(its -> its.fate().outcome() == outcome).forEach(its -> {
            Optional<String> place =
                    outcome == Outcome.HELD ? its.server() : its.fate().next();
            places.computeIfAbsent(place.orElse("refused"), name -> new ArrayList<>())
                    .add(its.fate().recipient());
        });
        String what = switch (outcome) {
            case DELIVERED -> "in mailboxes: ";
            case RELAYED -> "gone outside: ";
            case HELD -> "waiting: ";
            case FAILED -> "given up: ";
        };
        List<String> texts = places.entrySet().stream()
                .map(place -> (outcome == Outcome.FAILED ? "" : place.getKey() + " ") + few(place.getValue()))
                .toList();
        return texts.isEmpty() ? Optional.empty() : Optional.of(what + Words.some(texts, 8));
    }

    private static String few(List<EmailAddress> addresses) {
        return addresses.size() > 2
                ? addresses.size() + " recipients"
                : addresses.stream().map(EmailAddress::toString).collect(Collectors.joining(" and "));
    }

    /** What changes when a server dies while it has the message. */
    public String ifDies(Death death) {
        return joined(new Mourning(trace, death).sentences());
    }

    private String place(String server) {
        return trace.topology()
                .server(server)
                .flatMap(Server::site)
                .map(site -> server + " in " + site)
                .orElse(server);
    }

    private static String people(List<Trace.Recipient> recipients) {
        return Words.people(recipients.stream()
                .map(its -> its.fate().recipient())
                .distinct()
                .toList());
    }

    private static String joined(List<String> sentences) {
        int most = Math.min(SHOWN, sentences.size());
        String text = String.join(" ", sentences.subList(0, most));
        return most == sentences.size() ? text : text + " (and " + (sentences.size() - most) + " more)";
    }
}
