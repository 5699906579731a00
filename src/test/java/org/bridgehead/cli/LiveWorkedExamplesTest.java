package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.scenario.EventComparison;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Play;
import org.bridgehead.core.scenario.Post;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Stage;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.engine.LiveStage;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.io.config.LoadedScenario;
import org.bridgehead.io.config.ScenarioFile;
import org.bridgehead.io.ldap.FileDirectory;
import org.bridgehead.whatif.ImaginedStage;
import org.bridgehead.whatif.VirtualOrganization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worked examples of BEHAVIOUR 12 and the ladder of 3.2, played on real sockets and imagined: both tell the same. */
class LiveWorkedExamplesTest {
    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    @TempDir
    Path folder;

    @Test
    void w11MailIsQueuedAtThePointOfFailure() throws Exception {
        List<TrackingEvent> events = play(
                TracedNets.of("S1-S2 5", "S2-S3 5", "S3-S4 5"),
                "kill: { server: S41 }",
                "kill: { server: S42 }",
                "send: { from: s1@contoso.test, to: [s4@contoso.test], via: S11 }");
        assertThat(of(events, Kind.TRANSFER, Kind.SEND)).containsExactly("S11>S31");
        assertThat(waiting(events)).isEqualTo("S31 site:S4");
    }

    @Test
    void w12AnExchangeCostMovesTheQueue() throws Exception {
        String[] steps = {
            "kill: { server: D1 }",
            "kill: { server: D2 }",
            "send: { from: a@contoso.test, to: [d@contoso.test], via: A1 }"
        };
        assertThat(waiting(play(TracedNets.of("A-B 5", "B-C 5", "C-D 5", "B-D 15"), steps)))
                .isEqualTo("C1 site:D");
        assertThat(waiting(play(TracedNets.of("A-B 5", "B-C 5", "C-D 5 25", "B-D 15"), steps)))
                .isEqualTo("B1 site:D");
    }

    @Test
    void w13ServersTakeTurnsByConnection() throws Exception {
        List<TrackingEvent> events = play(TracedNets.of("A-B 5").hubs(3), oneEachMinute(3));
        assertThat(of(events, Kind.TRANSFER, Kind.SEND)).containsExactly("A1>B1", "A1>B2", "A1>B3");
    }

    @Test
    void w14TheSuccessorOfADeadServerCarriesItsTurnUnlessHealthCounts() throws Exception {
        List<String> steps = new ArrayList<>(List.of("kill: { server: B1 }"));
        steps.addAll(List.of(oneEachMinute(6)));
        String[] six = steps.toArray(String[]::new);
        List<String> rotate = of(
                play(TracedNets.of("A-B 5").hubs(3).routing("preset: exchange2007, loadBalancing: rotate"), six),
                Kind.TRANSFER,
                Kind.SEND);
        assertThat(rotate.stream().filter("A1>B2"::equals)).hasSize(4);
        assertThat(rotate.stream().filter("A1>B3"::equals)).hasSize(2);
        List<String> healthy = of(
                play(TracedNets.of("A-B 5").hubs(3).routing("preset: exchange2007, loadBalancing: healthy"), six),
                Kind.TRANSFER,
                Kind.SEND);
        assertThat(healthy.stream().filter("A1>B2"::equals)).hasSize(3);
        assertThat(healthy.stream().filter("A1>B3"::equals)).hasSize(3);
    }

    @Test
    void w17UnreachableMailGoesOnWhenAConnectorIsAdded() throws Exception {
        List<TrackingEvent> events = play(
                TracedNets.of("A-B 5"),
                "send: { from: a@contoso.test, to: [x@fabrikam.test], via: A1 }",
                "advance: 1h",
                "change: { set: ['connectors.Internet={addressSpaces: [\"SMTP:*;1\"], sourceServers: [A1], dns: true}'] }",
                "advance: 1m");
        assertThat(events)
                .extracting(TrackingEvent::event)
                .containsExactly(Kind.RECEIVE, Kind.DEFER, Kind.RESUBMIT, Kind.SEND);
        assertThat(events.get(1).nextHop()).contains("Unreachable");
        assertThat(events.get(2).time()).isEqualTo(START.plus(Duration.ofHours(1)));
    }

    /** A listener that takes 100 recipients at a time gets the mail of a group of 1,000 in ten transactions, no wait. */
    @Test
    void w20TheRestOfManyRecipientsComesNext() throws Exception {
        List<TrackingEvent> events = play(
                TracedNets.of("A-B 5").hubs(1).limits("maxRecipients: 100").groupOf(1000, "B"),
                "send: { from: a@contoso.test, to: [all@contoso.test], via: A1 }",
                "advance: 1m");
        assertThat(events.stream()
                        .filter(event -> event.event() == Kind.SEND)
                        .map(event -> event.server() + ">" + event.nextHop().orElse("") + " "
                                + event.recipients().size()))
                .hasSize(10)
                .containsOnly("A1>B1 100");
        assertThat(events).extracting(TrackingEvent::event).doesNotContain(Kind.DEFER, Kind.FAIL);
        assertThat(events.stream()
                        .filter(event -> event.event() == Kind.DELIVER)
                        .mapToInt(event -> event.recipients().size())
                        .sum())
                .isEqualTo(1000);
    }

    /** What a mailbox submits is taken whole or not at all. */
    @Test
    void w20AMailboxThatNamesTooManyIsRefusedAsAWhole() throws Exception {
        for (String via : List.of("A-MBX", "A1")) {
            TracedNets net = TracedNets.of("A-B 5").limits("maxRecipients: 3").groupOf(4, "B");
            String send = "send: { from: a@contoso.test, to: [%s], via: " + via + " }";
            assertThat(play(net, send.formatted("m1@contoso.test, m2@contoso.test, m3@contoso.test, m4@contoso.test")))
                    .isEmpty();
            assertThat(play(net, send.formatted("m1@contoso.test, m2@contoso.test, m3@contoso.test")))
                    .isNotEmpty();
        }
    }

    /** A server gets an address of another subnet: from then on it is a hub of that site. */
    @Test
    void w23AServerMovesToAnotherSite() throws Exception {
        List<TrackingEvent> events = play(
                TracedNets.of("A-B 5", "B-C 5"),
                "send: { from: a@contoso.test, to: [c@contoso.test], via: A1 }",
                "advance: 1m",
                "change: { set: [servers.B2.site=C] }",
                "kill: { server: C1 }",
                "kill: { server: C2 }",
                "send: { from: a@contoso.test, to: [c@contoso.test], via: A1 }",
                "advance: 1m");
        assertThat(of(events, Kind.TRANSFER, Kind.SEND)).containsExactly("A1>C1", "A1>B2");
    }

    /** Glitches, transient failures, then every ten minutes; the report on the delay; the fresh route; the end. */
    @Test
    void theLadderOfADeadSiteHoldsToTheSecond() throws Exception {
        List<TrackingEvent> events = play(
                TracedNets.of("A-B 5"),
                "kill: { server: B1 }",
                "kill: { server: B2 }",
                "send: { from: a@contoso.test, to: [b@contoso.test], via: A1 }",
                "advance: 3d");
        List<Long> tries = events.stream()
                .filter(event -> event.event() == Kind.DEFER)
                .map(event -> Duration.between(START, event.time()).toSeconds())
                .toList();
        List<Long> expected = new ArrayList<>();
        for (long minute : List.of(0, 1, 2, 3, 4, 9, 14, 19, 24, 29, 34, 44, 54, 64)) {
            expected.add(minute * 60);
        }
        assertThat(tries).startsWith(expected.toArray(Long[]::new));
        assertThat(at(events, Kind.DSN).get(0)).isEqualTo(Duration.ofHours(4));
        Duration resubmitted = at(events, Kind.RESUBMIT).get(0);
        assertThat(resubmitted)
                .isBetween(Duration.ofHours(12), Duration.ofHours(12).plusMinutes(10));
        assertThat(at(events, Kind.FAIL)).containsExactly(Duration.ofHours(48));
    }

    private static String[] oneEachMinute(int count) {
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add("send: { from: a@contoso.test, to: [b@contoso.test], via: A1 }");
            steps.add("advance: 1m");
        }
        return steps.toArray(String[]::new);
    }

    private static List<Duration> at(List<TrackingEvent> events, Kind kind) {
        return events.stream()
                .filter(event -> event.event() == kind)
                .map(event -> Duration.between(START, event.time()))
                .toList();
    }

    /** Hand-overs between servers. */
    private static List<String> of(List<TrackingEvent> events, Kind... kinds) {
        return events.stream()
                .filter(event -> List.of(kinds).contains(event.event()))
                .filter(event -> event.nextHop().isPresent())
                .map(event -> event.server() + ">" + event.nextHop().get())
                .filter(transfer -> !transfer.endsWith("-MBX"))
                .toList();
    }

    private static String waiting(List<TrackingEvent> events) {
        TrackingEvent last = events.get(events.size() - 1);
        assertThat(last.event()).isEqualTo(Kind.DEFER);
        return last.server() + " " + last.nextHop().orElse("");
    }

    /** Plays the steps in both worlds; what happened, which is what was predicted. */
    private List<TrackingEvent> play(TracedNets net, String... steps) throws Exception {
        StringBuilder text = new StringBuilder("scenario: 1\nname: Worked\ntopology: " + net.in(folder) + "\nstart: "
                + START + "\nscenes:\n  - title: All\n    steps:\n");
        for (String step : steps) {
            text.append("      - ").append(step).append('\n');
        }
        Path file = Files.writeString(Files.createTempFile(folder, "worked", ".yaml"), text);
        LoadedScenario scenario = ScenarioFile.load(file);
        Organization organization = scenario.topology().organization();
        List<TrackingEvent> predicted = play(
                ImaginedStage.of(VirtualOrganization.of(
                        organization.topology(), FileDirectory.of(organization.directory()), START)),
                scenario);
        OrganizationConfig config =
                OrganizationConfig.inMemory(organization, folder).inLockstepFrom(START);
        try (MailOrganization live = MailOrganization.start(config)) {
            List<TrackingEvent> happened = play(new LiveStage(live), scenario);
            assertThat(EventComparison.text(EventComparison.between(predicted, happened)))
                    .isEmpty();
            assertThat(happened)
                    .extracting(TrackingEvent::time)
                    .containsExactlyElementsOf(
                            predicted.stream().map(TrackingEvent::time).toList());
            return happened;
        }
    }

    private static List<TrackingEvent> play(Stage stage, LoadedScenario scenario) {
        Post post = new Post();
        for (Scene scene : scenario.scenario().scenes()) {
            List<List<Letter>> letters = new ArrayList<>();
            for (Step step : scene.steps()) {
                if (step instanceof Send send) {
                    letters.add(post.written(send));
                }
            }
            Play.of(stage, scene, letters, Play.Witness.NOBODY);
        }
        return List.copyOf(stage.events());
    }
}
