package org.bridgehead.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.scenario.EventComparison;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Play;
import org.bridgehead.core.scenario.Post;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Stage;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.io.ldap.FileDirectory;
import org.bridgehead.whatif.VirtualOrganization;

/**
 * One course of a scenario in one world.
 *
 * @param events in the order of happening
 * @param taken whether each letter was taken at the door
 * @param arrived by address the ways of what its mailbox holds, oldest first
 * @param states how often queues were seen in which state, after each step; of an imagined course only
 */
record ParityRun(
        List<TrackingEvent> events,
        List<Boolean> taken,
        SortedMap<String, List<List<String>>> arrived,
        SortedMap<String, Integer> states) {
    static ParityRun imagined(ParityScenario scenario, List<Step> steps) {
        QueueStates stage = new QueueStates(VirtualOrganization.of(
                scenario.organization().topology(),
                FileDirectory.of(scenario.organization().directory()),
                ParityScenario.START));
        ParityRun run = play(stage, steps, () -> {});
        return new ParityRun(run.events, run.taken, run.arrived, stage.seen());
    }

    static ParityRun live(ParityScenario scenario, List<Step> steps) {
        OrganizationConfig config = OrganizationConfig.inMemory(scenario.organization(), Path.of(""))
                .inLockstepFrom(ParityScenario.START)
                .loopbackIsUser(false);
        try (MailOrganization organization = MailOrganization.start(config)) {
            return play(new LiveStage(organization), steps, () -> startStores(organization));
        }
    }

    /** A store that is offline cannot be read. No time passes, so that nothing more is delivered. */
    private static void startStores(MailOrganization organization) {
        for (MailboxServer server : organization.plant().mailboxServers().values()) {
            try {
                if (server.store().isEmpty()) {
                    server.cluster().startAll();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static ParityRun play(Stage stage, List<Step> steps, Runnable beforeReading) {
        Post post = new Post();
        List<List<Letter>> letters = steps.stream()
                .filter(Send.class::isInstance)
                .map(step -> post.written((Send) step))
                .toList();
        List<Boolean> taken = new ArrayList<>();
        Play.of(stage, new Scene("parity", steps, List.of()), letters, new Play.Witness() {
            @Override
            public void sent(Letter letter, Optional<String> refusal) {
                taken.add(refusal.isEmpty());
            }
        });
        List<TrackingEvent> events = List.copyOf(stage.events());
        beforeReading.run();
        return new ParityRun(events, taken, arrivals(stage, events), new TreeMap<>());
    }

    private static SortedMap<String, List<List<String>>> arrivals(Stage stage, List<TrackingEvent> events) {
        TreeSet<EmailAddress> addresses = new TreeSet<>();
        events.forEach(event -> addresses.addAll(event.recipients()));
        TreeSet<TransportId> reports = new TreeSet<>();
        events.stream().filter(TrackingEvent::tellsOfReport).forEach(event -> reports.add(event.transportId()));
        SortedMap<String, List<List<String>>> arrived = new TreeMap<>();
        for (EmailAddress address : addresses) {
            arrived.put(
                    address.key(),
                    stage.arrivals(address).stream()
                            .map(arrival -> withoutAuthor(stage, arrival, reports))
                            .toList());
        }
        return arrived;
    }

    /** Who writes a report has not received it and adds no Received field, but stands in the trace of a simulation. */
    private static List<String> withoutAuthor(Stage stage, Stage.Arrival arrival, TreeSet<TransportId> reports) {
        boolean traced = stage instanceof QueueStates && reports.contains(arrival.id());
        return traced ? arrival.servers().subList(1, arrival.servers().size()) : arrival.servers();
    }

    /** What differs, for people; empty = nothing. */
    String against(ParityRun other) {
        StringBuilder out = new StringBuilder();
        if (!taken.equals(other.taken)) {
            out.append("taken at the door: ")
                    .append(taken)
                    .append("\nnot ")
                    .append(other.taken)
                    .append('\n');
        }
        TreeSet<String> addresses = new TreeSet<>(arrived.keySet());
        addresses.addAll(other.arrived.keySet());
        for (String address : addresses) {
            List<List<String>> one = arrived.getOrDefault(address, List.of());
            List<List<String>> two = other.arrived.getOrDefault(address, List.of());
            if (!one.equals(two)) {
                out.append(address)
                        .append(" got ")
                        .append(one)
                        .append("\nnot ")
                        .append(two)
                        .append('\n');
            }
        }
        return out + EventComparison.text(EventComparison.between(events, other.events));
    }
}
