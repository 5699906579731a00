package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bridgehead.admin.AdminClient;
import org.bridgehead.admin.AdminServer;
import org.bridgehead.admin.AdminSettings;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.scenario.Advance;
import org.bridgehead.core.scenario.EventComparison;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Fault.Action;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.scenario.Post;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Stage;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.scenario.Trouble;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.ldap.FileDirectory;
import org.bridgehead.whatif.ImaginedStage;
import org.bridgehead.whatif.VirtualOrganization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of a letter in an Outbox that no hub will ever take, on the wire and imagined, event by event; and where
 * {@code track} finds one that waits.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OutboxReportsTest {
    private static final Instant START = Instant.parse("2007-03-01T08:00:00Z");
    private static final Path MINIMAL = Path.of("topologies/minimal.yaml");
    private static final EmailAddress ANNA = EmailAddress.of("anna@contoso.test");
    private static final EmailAddress BERT = EmailAddress.of("bert@contoso.test");
    private static final EmailAddress MIA = EmailAddress.of("mia@contoso.test");
    private static final Mishap NEVER = new Mishap.Bounce(EnhancedStatus.of("5.7.1"), "never");

    @TempDir
    Path folder;

    private static Fault hub(Action action) {
        return new Fault(action, new Item(Item.SERVER, "BER-HT1"), 0, 0);
    }

    private static Send letter(int count) {
        return new Send(
                Optional.of(ANNA),
                List.of(BERT, MIA),
                "BER-MBX1",
                false,
                "subject",
                "",
                0,
                count,
                Priority.NORMAL,
                Optional.empty());
    }

    /** What happened, and who has how much mail. */
    private record Course(List<TrackingEvent> events, Map<EmailAddress, Integer> mail) {
        List<String> atTheMailboxServer() {
            return events.stream()
                    .filter(event -> event.server().equals("BER-MBX1"))
                    .map(event -> event.event() + " " + event.status())
                    .toList();
        }
    }

    private static Course play(Stage stage, List<Step> steps) {
        Post post = new Post();
        for (Step step : steps) {
            if (step instanceof Send send) {
                for (Letter letter : post.written(send)) {
                    assertThat(stage.send(letter)).isEmpty();
                }
            } else if (step instanceof Advance advance) {
                stage.advance(advance.time());
            } else {
                stage.perform(step);
            }
        }
        return new Course(
                List.copyOf(stage.events()),
                Map.of(ANNA, count(stage, ANNA), BERT, count(stage, BERT), MIA, count(stage, MIA)));
    }

    private static int count(Stage stage, EmailAddress whose) {
        return stage.arrivals(whose).size();
    }

    /** Plays it in both worlds, which have to agree. */
    private static Course play(Step... steps) throws Exception {
        Organization minimal = TopologyFile.load(MINIMAL).organization();
        List<Step> all = new ArrayList<>(List.of(steps));
        Course imagined = play(
                ImaginedStage.of(
                        VirtualOrganization.of(minimal.topology(), FileDirectory.of(minimal.directory()), START)),
                all);
        OrganizationConfig config = OrganizationConfig.inMemory(minimal, Path.of(""))
                .inLockstepFrom(START)
                .loopbackIsUser(false);
        try (MailOrganization org = MailOrganization.start(config)) {
            Course live = play(new LiveStage(org), all);
            assertThat(EventComparison.text(EventComparison.between(live.events, imagined.events)))
                    .isEmpty();
            assertThat(live.mail).isEqualTo(imagined.mail);
        }
        return imagined;
    }

    /** A letter waits for its hub, which meets it so often with that. */
    private Course metBy(Mishap mishap, int times) throws Exception {
        return play(
                hub(Action.KILL),
                letter(1),
                new Trouble("BER-HT1", mishap, times),
                hub(Action.START),
                new Advance(Duration.ofHours(1)));
    }

    @Test
    void whatAHubRefusesForGoodComesBackToItsSender() throws Exception {
        Course course = metBy(NEVER, 1);
        assertThat(course.atTheMailboxServer())
                .containsExactly("DEFER 4.4.1", "DSN ", "FAIL 5.7.1", "FAIL 5.7.1", "SUBMIT 2.0.0");
        assertThat(course.mail).isEqualTo(Map.of(ANNA, 1, BERT, 0, MIA, 0));
    }

    @Test
    void whatAllHubsRefuseAtTheirBannersComesBackToo() throws Exception {
        Course course = metBy(new Mishap.RefuseConnection(EnhancedStatus.of("5.3.2"), "closed for good"), 1);
        assertThat(course.atTheMailboxServer()).contains("FAIL 5.3.2", "DSN ");
        assertThat(course.mail).isEqualTo(Map.of(ANNA, 1, BERT, 0, MIA, 0));
    }

    /** The first letter is refused, then the report on it: that waits, and goes when the hub takes it. */
    @Test
    void aReportThatIsRefusedIsNotForgotten() throws Exception {
        Course course = metBy(NEVER, 3);
        assertThat(course.atTheMailboxServer())
                .containsExactly("DEFER 4.4.1", "DSN ", "FAIL 5.7.1", "FAIL 5.7.1", "SUBMIT 2.0.0");
        assertThat(course.mail).isEqualTo(Map.of(ANNA, 1, BERT, 0, MIA, 0));
    }

    /** A hub that puts one letter off keeps none of the others from going. */
    @Test
    void aLetterThatIsPutOffStaysAloneAndGoesInALaterRound() throws Exception {
        Course course = play(
                hub(Action.KILL),
                letter(3),
                new Trouble("BER-HT1", new Mishap.Defer(EnhancedStatus.of("4.3.2"), "later"), 1),
                hub(Action.START),
                new Advance(Duration.ofSeconds(10)));
        assertThat(course.mail).isEqualTo(Map.of(ANNA, 0, BERT, 2, MIA, 2));
    }

    @Test
    void whatWaitsTooLongIsGivenUpAndItsSenderIsToldWhenAHubIsBack() throws Exception {
        Course waits = play(hub(Action.KILL), letter(1), new Advance(Duration.ofHours(47)));
        assertThat(waits.atTheMailboxServer()).containsExactly("DEFER 4.4.1");
        Course course = play(
                hub(Action.KILL),
                letter(1),
                new Advance(Duration.ofHours(49)),
                hub(Action.START),
                new Advance(Duration.ofHours(1)));
        assertThat(course.atTheMailboxServer())
                .containsExactly("DEFER 4.4.1", "DSN ", "FAIL 4.4.7", "FAIL 4.4.7", "SUBMIT 2.0.0");
        assertThat(course.events.stream()
                        .filter(event -> event.event() == Kind.FAIL)
                        .map(TrackingEvent::time))
                .containsOnly(START.plus(Duration.ofDays(2)));
        assertThat(course.mail).isEqualTo(Map.of(ANNA, 1, BERT, 0, MIA, 0));
    }

    /** Every hub of the site says never to whatever comes, also to the report: both reasons can be seen. */
    @Test
    void trackAndStatusShowWhereAnUnwantedReportWaits() throws Exception {
        try (MailOrganization org = MailOrganization.start(MINIMAL);
                AdminServer server = AdminServer.start(org, AdminSettings.local(), Optional.empty())) {
            AdminClient client = new AdminClient(server.address().toString(), Optional.empty());
            org.server("BER-HT1").kill();
            org.server("BER-HT1").replies().onMail().with(550, "5.7.1 never");
            String id = org.send(mail -> mail.from("anna@contoso.test")
                            .to("bert@contoso.test")
                            .octets("Subject: no name of its own\r\n\r\nhi\r\n".getBytes(StandardCharsets.US_ASCII)))
                    .messageId()
                    .orElseThrow();
            Map<String, ?> waiting = tracked(client, id);
            assertThat(where(waiting)).singleElement().satisfies(place -> {
                assertThat(place.get("identity")).isEqualTo("BER-MBX1\\Outbox\\1");
                assertThat(place.get("messageId")).isEqualTo(id);
                assertThat(place.get("status")).isEqualTo("Retry");
                assertThat(place.get("nextRetryTime"))
                        .isEqualTo(OrganizationConfig.START.plusSeconds(60).toString());
                assertThat(where(tracked(client, String.valueOf(place.get("transportId")))))
                        .as("by its identity")
                        .hasSize(1);
            });
            assertThat(waiting.get("events").toString()).contains("event=DEFER", "stays in the Outbox");
            org.server("BER-HT1").start();
            org.clock().advance(Duration.ofDays(3));
            Map<String, ?> failed = tracked(client, id);
            assertThat(failed.get("events").toString()).contains("event=FAIL", "5.7.1");
            assertThat(where(failed)).isEmpty();
            OutboxState state = org.control().outboxes().get(0);
            assertThat(state.waiting()).as("the report").isEqualTo(1);
            assertThat(state.reason()).contains("5.7.1 never");

            org.server("BER-HT1").replies().clear();
            org.clock().advance(Duration.ofMinutes(20));
            assertThat(org.mailbox("anna@contoso.test").messages())
                    .singleElement()
                    .satisfies(report -> {
                        String text = new String(report.octets(), StandardCharsets.UTF_8);
                        assertThat(text)
                                .contains(
                                        "Content-Type: multipart/report",
                                        "Reporting-MTA: dns;BER-MBX1",
                                        "Final-Recipient: rfc822;bert@contoso.test",
                                        "Action: failed",
                                        "Status: 5.7.1",
                                        "Remote-MTA: dns;BER-HT1",
                                        "In-Reply-To: " + id,
                                        "Subject: no name of its own");
                    });
            assertThat(org.control().outboxes().get(0).waiting()).isZero();
        }
    }

    private static Map<String, ?> tracked(AdminClient client, String id) throws Exception {
        return AdminClient.fields(client.list("tracking", List.of(Map.entry("messageId", id))));
    }

    private static List<Map<String, ?>> where(Map<String, ?> tracked) {
        List<Map<String, ?>> places = new ArrayList<>();
        ((List<?>) tracked.get("where")).forEach(place -> places.add(AdminClient.fields(place)));
        return places;
    }

    /** The report is on the disk before the letter is not: a restart between them changes nothing. */
    @Test
    void aReportOutlivesARestart() throws Exception {
        Path data = folder.resolve("data");
        OrganizationConfig config = OrganizationConfig.inMemory(
                        TopologyFile.load(MINIMAL).organization(), folder)
                .durable(data);
        try (MailOrganization org = MailOrganization.start(config)) {
            org.server("BER-HT1").reply(554, "5.7.1 never");
            org.server("BER-HT1").kill();
            org.send(mail ->
                    mail.from("anna@contoso.test").to("bert@contoso.test").subject("refused"));
            org.server("BER-HT1").start();
            assertThat(org.await(
                            () -> org.control().outboxes().get(0).reason().contains("5.7.1 never"),
                            Duration.ofSeconds(30)))
                    .isTrue();
            try (var files = Files.walk(data.resolve("outbox"))) {
                assertThat(files.filter(Files::isRegularFile)).hasSize(1);
            }
        }
        try (MailOrganization org = MailOrganization.start(config)) {
            assertThat(org.await(
                            () -> org.mailbox("anna@contoso.test").messages().size() == 1, Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(org.mailbox("bert@contoso.test").messages()).isEmpty();
        }
    }
}
