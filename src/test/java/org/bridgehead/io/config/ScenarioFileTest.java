package org.bridgehead.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.scenario.Advance;
import org.bridgehead.core.scenario.Expectation;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.scenario.Scenario;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.scenario.Trouble;
import org.bridgehead.core.topology.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioFileTest {
    @TempDir
    Path folder;

    @BeforeEach
    void topology() throws Exception {
        Files.copy(Path.of("topologies/minimal.yaml"), folder.resolve("t.yaml"));
    }

    private LoadedScenario load(String text) throws Exception {
        Path file = folder.resolve("s.yaml");
        Files.writeString(file, text);
        return ScenarioFile.load(file);
    }

    private List<String> problems(String text) {
        TopologyFileException e = catchThrowableOfType(TopologyFileException.class, () -> load(text));
        return e.problems().stream()
                .map(p -> p.line() + ":" + p.column() + " " + p.keyPath() + ": " + p.message())
                .toList();
    }

    @Test
    void theShippedScenarioIsGood() throws Exception {
        LoadedScenario shipped = ScenarioFile.load(Path.of("examples/scenarios/demo.yaml"));
        assertThat(shipped.scenario().scenes()).hasSize(5);
        assertThat(shipped.topology().organization().topology().sites()).hasSize(12);
        assertThat(shipped.scenario().scenes().get(2).steps())
                .contains(new Fault(Fault.Action.KILL, new Item(Item.SERVER, "MUC-HT1"), 12, 0));
        Send stream = (Send) shipped.scenario().scenes().get(2).steps().get(2);
        assertThat(shipped.resolve(stream.mail().orElseThrow())).isDirectory();
    }

    @Test
    void everythingIsUnderstood() throws Exception {
        String link = TopologyFile.load(folder.resolve("t.yaml"))
                .organization()
                .topology()
                .links()
                .firstKey();
        String hub = hub();
        Scene scene = load("""
            scenario: 1
            name: All of it
            topology: t.yaml
            scenes:
              - title: T
                steps:
                  - send: { from: a@x.test, to: [b@x.test], via: %2$s, subject: S, text: "one\\ntwo", count: 3 }
                  - cut: { link: %1$s }
                  - advance: 90m
                  - mend: { link: %1$s }
                  - start: { server: %2$s }
                expect:
                  - bounced: { to: b@x.test, status: 5.1.1 }
                  - nothingLost: true
            """.formatted(link, hub)).scenario().scenes().get(0);
        assertThat(scene.steps().get(0)).isInstanceOfSatisfying(Send.class, send -> {
            assertThat(send.count()).isEqualTo(3);
            assertThat(send.text()).isEqualTo("one\ntwo");
            assertThat(send.anonymous()).isFalse();
            assertThat(send.isStream()).isTrue();
        });
        assertThat(scene.isConcurrent()).isTrue();
        assertThat(scene.steps().subList(1, 5))
                .containsExactly(
                        Fault.of(Fault.Action.CUT, new Item(Item.LINK, link)),
                        new Advance(Duration.ofMinutes(90)),
                        Fault.of(Fault.Action.MEND, new Item(Item.LINK, link)),
                        Fault.of(Fault.Action.START, new Item(Item.SERVER, hub)));
        assertThat(scene.expectations().get(0))
                .isEqualTo(new Expectation.Bounced(EmailAddress.of("b@x.test"), EnhancedStatus.of("5.1.1")));
    }

    private static String nodes(String... steps) {
        return """
            scenario: 1
            name: Nodes
            topology: "%s"
            scenes:
              - title: T
                steps:
            """.formatted(Path.of("topologies/contoso.yaml").toAbsolutePath())
                + String.join(
                        "",
                        List.of(steps).stream()
                                .map(step -> "      - " + step + "\n")
                                .toList());
    }

    @Test
    void nodesDieAndStart() throws Exception {
        LoadedScenario loaded = load(nodes(
                "kill: { node: ber-mbx1a }",
                "start: { node: BER-MBX1A }",
                "lose: { node: BER-MBX1A, logs: 2 }",
                "lose: { at: BER-MBX1, what: reply, times: 3 }"));
        Item node = new Item(Item.NODE, "BER-MBX1A");
        List<Step> steps = loaded.scenario().scenes().get(0).steps();
        assertThat(steps)
                .containsExactly(
                        Fault.of(Fault.Action.KILL, node),
                        Fault.of(Fault.Action.START, node),
                        Fault.loss(node, 2),
                        new Trouble("BER-MBX1", new Mishap.LoseReply(), 3));
        Scenario written =
                load(ScenarioWriter.text(loaded.scenario(), List.of())).scenario();
        assertThat(written.scenes().get(0).steps()).isEqualTo(steps);
    }

    @Test
    void whatIsNotForNodesIsSaid() {
        assertThat(problems(nodes(
                        "kill: { node: BER-MBX1A, after: 3 }",
                        "kill: { node: BER-MBX9 }",
                        "lose: { node: BER-MBX1A }",
                        "lose: { node: BER-MBX1A, logs: -1 }",
                        "lose: { node: BER-MBX1A, logs: 1, times: 2 }",
                        "lose: { at: BER-MBX1, what: reply, logs: 2 }",
                        "losePower: { node: BER-MBX1A }")))
                .extracting(problem -> problem.substring(problem.indexOf("steps")))
                .containsExactly(
                        "steps[0].kill.after: not for a node",
                        "steps[1].kill.node: there is no node of a mailbox server \"BER-MBX9\"",
                        "steps[2].lose: the key logs is missing",
                        "steps[3].lose.logs: expected a whole number from 0 to 1000000, found \"-1\"",
                        "steps[4].lose.times: not for a node",
                        "steps[5].lose.logs: logs of which node?",
                        "steps[6].losePower: the key server is missing",
                        "steps[6].losePower.node: unknown key");
    }

    private String hub() throws Exception {
        return TopologyFile.load(folder.resolve("t.yaml")).organization().topology().servers().values().stream()
                .filter(server -> server.is(Role.HUB_TRANSPORT))
                .findFirst()
                .orElseThrow()
                .name();
    }

    @Test
    void allMistakesAreReportedAtOnce() {
        assertThat(problems("""
            scenario: 2
            topology: t.yaml
            start: yesterday
            scenes:
              - titel: T
                steps:
                  - send: { from: nobody, to: [], via: NOWHERE }
                  - kill: { server: NOWHERE, after: 0 }
                  - cut: { link: Nowhere }
                  - mend: {}
                  - advance: soon
                  - { advance: 1h, start: { server: X } }
                  - dance: 1
                expect:
                  - heldAt: Atlantis
                  - nothingLost: false
                  - bounced: { to: a@x.test, status: 250 }
            """))
                .containsExactly(
                        "1:1 (file): the key name is missing",
                        "1:11 scenario: expected format version 1, found \"2\"",
                        "3:8 start: expected a time such as 2007-03-01T08:00:00Z, found \"yesterday\"",
                        "5:5 scenes[0]: the key title is missing",
                        "5:5 scenes[0].titel: unknown key",
                        "7:23 scenes[0].steps[0].send.from: not an e-mail address: '@' expected at character 7",
                        "7:35 scenes[0].steps[0].send.to: nobody to send to",
                        "7:44 scenes[0].steps[0].send.via: there is no hub, edge or mailbox server \"NOWHERE\"",
                        "8:25 scenes[0].steps[1].kill.server: there is no server \"NOWHERE\"",
                        "8:41 scenes[0].steps[1].kill.after: expected a whole number from 1 to 1000000, found \"0\"",
                        "9:22 scenes[0].steps[2].cut.link: there is no site link \"Nowhere\"",
                        "10:15 scenes[0].steps[3].mend: a link or a site, one of both",
                        "11:18 scenes[0].steps[4].advance: expected a duration such as 15s, 5m, 12h or 7d, found"
                                + " \"soon\"",
                        "12:9 scenes[0].steps[5]: a step has one key, found 2",
                        "13:9 scenes[0].steps[6]: a step has one key, found 0",
                        "13:9 scenes[0].steps[6].dance: unknown key",
                        "15:17 scenes[0].expect[0].heldAt: there is no site \"Atlantis\"",
                        "16:22 scenes[0].expect[1].nothingLost: only true can be expected",
                        "17:42 scenes[0].expect[2].bounced.status: expected an enhanced status such as 5.1.1, found"
                                + " \"250\"");
    }

    @Test
    void anUnknownTopologyIsReported() {
        assertThat(problems("scenario: 1\nname: N\ntopology: missing.yaml\nscenes: []\n"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("3:11 topology: there is no file ");
    }
}
