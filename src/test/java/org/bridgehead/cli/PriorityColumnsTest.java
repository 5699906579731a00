package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.admin.AdminServer;
import org.bridgehead.admin.AdminSettings;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.io.config.LoadedTopology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What {@code queue} and {@code message} tell of priorities: how many are urgent, how many can wait, and which ones. */
class PriorityColumnsTest {
    private static final List<String> HEADERS =
            List.of("Importance: high", "Importance: low", "X-Priority: 1", "Subject: usual", "Importance: high");

    @TempDir
    Path folder;

    private MailOrganization organization;
    private AdminServer server;

    @BeforeEach
    void start() throws Exception {
        start("true");
    }

    private void start(String byPriority) throws Exception {
        LoadedTopology loaded = new RunCommand()
                .read(Path.of("topologies/minimal.yaml"), List.of("organization.connections.byPriority=" + byPriority));
        organization = MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), folder)
                .virtualFrom(Instant.parse("2026-03-02T08:00:00Z")));
        server = AdminServer.start(organization, AdminSettings.local(), Optional.empty());
        run("link cut Berlin-Munich");
        for (String header : HEADERS) {
            send(header);
        }
        organization.clock().runUntilIdle();
    }

    @AfterEach
    void stop() {
        server.close();
        organization.close();
    }

    private void send(String header) throws Exception {
        Path letter = folder.resolve("letter.eml");
        Files.writeString(letter, header + "\n\nhello\n");
        run("send --from anna@contoso.test --to bert@contoso.test --file " + letter);
    }

    private String run(String line) {
        List<String> words = new ArrayList<>(Arrays.asList(line.split(" ")));
        words.addAll(List.of("--admin", server.address().toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.execute(new PrintWriter(out), new PrintWriter(err), words.toArray(new String[0]));
        assertThat(exitCode).as("%s: %s", line, err).isZero();
        return out.toString();
    }

    private Stream<Map<?, ?>> objects(String line) {
        Object json = new Load(LoadSettings.builder().build()).loadFromString(run(line + " -o json"));
        return ((List<?>) json).stream().map(Map.class::cast);
    }

    /** The cells of a row under these headings, as people see them. */
    private static List<String> cells(String table, String row, String... headings) {
        List<String> lines = table.lines().toList();
        String head = lines.get(0);
        String found =
                lines.stream().filter(line -> line.startsWith(row)).findFirst().orElseThrow();
        return Stream.of(headings)
                .map(heading -> {
                    int at = head.indexOf(heading);
                    assertThat(at).as("%s in %s", heading, head).isNotNegative();
                    return found.substring(at, Math.min(found.length(), at + heading.length()))
                            .strip();
                })
                .toList();
    }

    @Test
    void aQueueCountsWhatIsUrgentAndWhatCanWait() {
        String table = run("queue list");
        assertThat(cells(table, "BER-HT1\\site:Munich", "MESSAGE COUNT", "HIGH PRIORITY", "LOW PRIORITY"))
                .containsExactly("5", "3", "1");
        Map<?, ?> queue = objects("queue list --server BER-HT1 --queue Munich")
                .findFirst()
                .orElseThrow();
        assertThat(List.of(queue.get("messageCount"), queue.get("highPriority"), queue.get("lowPriority")))
                .asString()
                .isEqualTo("[5, 3, 1]");
        assertThat(run("queue show Munich"))
                .containsPattern("highPriority +3\n")
                .containsPattern("lowPriority +1\n");
        assertThat(run("queue list --queue Munich -o csv").lines().findFirst().orElseThrow())
                .contains(",messageCount,highPriority,lowPriority,");
    }

    /** Where priorities change nothing no queue counts them; messages say all the same what their senders call them. */
    @Test
    void whereAllMailIsTreatedAlikeNoQueueCountsPriorities() throws Exception {
        stop();
        start("false");
        assertThat(cells(run("queue list"), "BER-HT1\\site:Munich", "MESSAGE COUNT", "HIGH PRIORITY", "LOW PRIORITY"))
                .containsExactly("5", "0", "0");
        assertThat(objects("message list --priority high")).hasSize(3);
    }

    @Test
    void theCountFollowsWhatLeaves() throws Exception {
        String urgent = objects("message list --priority high")
                .map(message -> String.valueOf(message.get("identity")))
                .findFirst()
                .orElseThrow();
        run("message remove " + urgent + " --no-report");
        Map<?, ?> queue = objects("queue list --queue Munich").findFirst().orElseThrow();
        assertThat(queue.get("messageCount")).hasToString("4");
        assertThat(queue.get("highPriority")).hasToString("2");
        run("message suspend "
                + objects("message list --priority low")
                        .findFirst()
                        .orElseThrow()
                        .get("identity"));
        assertThat(objects("queue list --queue Munich")
                        .findFirst()
                        .orElseThrow()
                        .get("lowPriority"))
                .as("what is held stands in no line")
                .hasToString("0");
        run("link mend Berlin-Munich");
        run("queue retry Munich");
        organization.clock().runUntilIdle();
        Map<?, ?> left = objects("queue list --queue Munich").findFirst().orElseThrow();
        assertThat(List.of(left.get("messageCount"), left.get("highPriority"), left.get("lowPriority")))
                .asString()
                .isEqualTo("[1, 0, 0]");
    }

    @ParameterizedTest
    @CsvSource({"high, 3", "normal, 1", "low, 1", "HIGH, 3"})
    void messagesAreListedByPriority(String priority, int count) {
        assertThat(objects("message list --priority " + priority))
                .hasSize(count)
                .allSatisfy(message ->
                        assertThat(message.get("priority")).asString().isEqualToIgnoringCase(priority));
    }

    /** The limit counts those that are listed, not those that were looked at. */
    @Test
    void aLimitCountsWhatIsListed() {
        assertThat(objects("message list --priority low --limit 1")).hasSize(1);
        assertThat(objects("message list --priority high --limit 2")).hasSize(2);
        assertThat(run("message list --priority low --server MUC-HT1")).isEqualTo("no message waits\n");
    }

    @Test
    void aMessageSaysItsPriorityInEachFormat() {
        String table = run("message list");
        assertThat(cells(table, "BER-HT1\\site:Munich\\1", "PRIORITY")).containsExactly("high");
        assertThat(cells(table, "BER-HT1\\site:Munich\\2", "PRIORITY")).containsExactly("low");
        assertThat(cells(table, "BER-HT1\\site:Munich\\4", "PRIORITY")).containsExactly("normal");
        assertThat(run("message show BER-HT1\\Munich\\2")).containsPattern("priority +low\n");
        assertThat(objects("message show BER-HT1\\Munich\\3")
                        .findFirst()
                        .orElseThrow()
                        .get("priority"))
                .isEqualTo("high");
        assertThat(run("message list --priority low -o yaml")).contains("priority: low");
        List<String> csv = run("message list --priority low -o csv").lines().toList();
        int column = List.of(csv.get(0).split(",")).indexOf("priority");
        assertThat(csv).hasSize(2);
        assertThat(csv.get(1).split(",")[column]).isEqualTo("low");
    }
}
