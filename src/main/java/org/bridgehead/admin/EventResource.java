package org.bridgehead.admin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.bpa.Analyzer;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Rule;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.mailbox.ClusterLogEntry;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.engine.Control;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.RedeliveryRequest;
import org.jspecify.annotations.Nullable;

/**
 * What administrators of the modelled system know from its event log, with the numbers it has there (BEHAVIOUR 1.9, 4.2,
 * 5): clusters and redelivery as they happened, and what the routing tables in use complain of, as of now.
 */
final class EventResource implements Resource {
    /** Routing events by the number of the rule that finds their reason. */
    private static final Map<Integer, Integer> ROUTING =
            Map.of(4, 5005, 5, 5007, 7, 5007, 1, 5008, 106, 5016, 16, 5026);

    private static final int REDELIVERY_REQUEST = 2099;

    /** One line. */
    private record Event(Instant time, int id, String source, String server, String words) {}

    private final MailOrganization organization;
    private final Control control;

    EventResource(MailOrganization organization, Control control) {
        this.organization = organization;
        this.control = control;
    }

    @Override
    public Object list(Call call) {
        call.allow("server");
        Optional<String> only = call.parameter("server")
                .map(name -> Identities.named(
                        name, organization.topology().servers().keySet(), "server", "in the topology"));
        List<Event> events = new ArrayList<>();
        organization
                .mailboxServers()
                .forEach(server -> control.mailboxes().log(server).stream()
                        .filter(entry -> entry.eventId() > 0)
                        .forEach(entry -> events.add(event(server, entry))));
        control.dumpsters().requests().forEach(request -> events.add(event(request)));
        events.sort(Comparator.comparing(Event::time));
        events.addAll(routing());
        return events.stream()
                .filter(event -> only.isEmpty() || Names.same(only.get(), event.server()))
                .map(EventResource::fields)
                .toList();
    }

    private static Event event(String server, ClusterLogEntry entry) {
        String source = switch (entry.eventId()) {
            case ClusterLogEntry.HANDED_OFF -> "MSExchangeRepl";
            case ClusterLogEntry.QUORUM_LOST, ClusterLogEntry.STALE, ClusterLogEntry.WITNESS_OUT_OF_REACH ->
                "FailoverClustering";
            default -> "MSExchangeIS";
        };
        return new Event(entry.at(), entry.eventId(), source, server, entry.words());
    }

    private static Event event(RedeliveryRequest request) {
        String answer = request.messages()
                .map(count -> "it handed over " + count + (count == 1 ? " message" : " messages"))
                .orElse(request.isOpen() ? "it has not answered yet" : "it never answered");
        return new Event(
                request.made(),
                REDELIVERY_REQUEST,
                "MSExchangeRepl",
                request.storageGroup().server(),
                request.hub() + " is asked for mail of " + request.storageGroup() + " delivered "
                        + words(request.window()) + ": " + answer);
    }

    /** Nothing that is known was kept: then the window has no beginning that means anything. */
    private static String words(RedeliveryWindow window) {
        String from = window.from().isBefore(Instant.EPOCH) ? "" : "from " + second(window.from()) + " ";
        return from + "up to " + second(window.to());
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private List<Event> routing() {
        Organization present = new Organization(
                organization.topology(), organization.organization().directory());
        List<Event> events = new ArrayList<>();
        for (Rule rule : Analyzer.rules()) {
            Integer id = ROUTING.get(rule.number());
            if (id != null) {
                for (Finding finding : rule.check(new Subject(present, organization.routes()))) {
                    String part = finding.where().substring(finding.where().indexOf(':') + 1);
                    boolean placed = present.topology()
                            .server(part)
                            .flatMap(Server::site)
                            .isPresent();
                    // Rule 4 also finds servers whose address disagrees with their site: routing knows that site.
                    if (id != 5005 || !placed) {
                        events.add(new Event(control.now(), id, "MSExchangeTransport", part, finding.message()));
                    }
                }
            }
        }
        events.sort(Comparator.comparingInt(Event::id));
        return events;
    }

    private static Map<String, @Nullable Object> fields(Event event) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("time", Fields.text(Optional.of(event.time())));
        fields.put("id", event.id());
        fields.put("source", event.source());
        fields.put("server", event.server());
        fields.put("words", event.words());
        return fields;
    }
}
