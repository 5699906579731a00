package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code trace}: its story, its answers, its formats, and what it says when it cannot be asked. */
class TraceCommandTest {
    private static final String CONTOSO = "topologies/contoso.yaml";

    @TempDir
    Path folder;

    private record Result(int exitCode, String out, String err) {}

    /** Words split at blanks; T is Contoso at a fixed time. */
    private static Result ask(String line) {
        String[] words = line.replace("trace T", "trace " + CONTOSO + " --start 2026-03-01T09:00:00Z")
                .split(" +");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.execute(Main.line(words), new PrintWriter(out), new PrintWriter(err), words);
        return new Result(exitCode, out.toString().replace("\r\n", "\n"), err.toString());
    }

    @Test
    void tellsWhatEachServerDoesAndWhy() {
        Result story = ask("trace T --from anna@contoso.test --to mia@contoso.test");
        assertThat(story.exitCode).isZero();
        assertThat(story.out)
                .containsSubsequence(
                        "BER-HT1 in Berlin, hop 1",
                        "hands it to MUC-HT1 in Munich",
                        "by Berlin > Munich > Vienna > Rome (3 hops, cost 80)",
                        "Vienna comes before Zurich",
                        "MUC-HT1 has its turn among MUC-HT1, MUC-HT2",
                        "VIE-HT1 in Vienna, hop 3",
                        "delivers to ROM-MBX1: mia@contoso.test")
                .endsWith("mia@contoso.test: delivered to ROM-MBX1 by BER-HT1 > MUC-HT1 > VIE-HT1 > ROM-HT1\n");
    }

    @Test
    void linesOfJsonHaveTheFieldsOfTheLiveLog() {
        Traced trace = Traced.run(CONTOSO, "--from", "anna@contoso.test", "--to", "mia@contoso.test", "--who-else");
        Map<String, Object> last = trace.events().get(trace.events().size() - 1);
        assertThat(last).containsOnlyKeys("answers");
        assertThat(trace.events().subList(0, trace.events().size() - 1))
                .allSatisfy(event -> assertThat(event.keySet())
                        .containsExactly(
                                "time",
                                "event",
                                "source",
                                "server",
                                "site",
                                "messageId",
                                "internalId",
                                "transportId",
                                "sender",
                                "recipients",
                                "nextHop",
                                "hop",
                                "bytes",
                                "status",
                                "reason"));
        assertThat(ask("trace T --from anna@contoso.test --to mia@contoso.test -o csv")
                        .out
                        .lines())
                .hasSize(9);
        assertThat(ask("trace T --from anna@contoso.test --to mia@contoso.test -o yaml").out)
                .startsWith("events:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--why-here | VIE-HT1 in Vienna has it for mia@contoso.test because MUC-HT1 sends it on",
                "--why-waiting | in queue site:Rome since 09:00:00, tried: Rome (ROM-HT1, ROM-HT2: link:Vienna-Rome is down)",
                "--why-waiting | goes on when link:Vienna-Rome works again.",
                "--when-next | next attempt in 1 min, at 09:01:00, then every 1 min to 09:04:00, every 5 min to 09:34:00",
                "--when-next | hears of the delay at 13:00:00; given up at 3 Mar 09:00:00.",
                "--who-else | 2 transfers (BER-HT1 > MUC-HT1 for mia@contoso.test, MUC-HT1 > VIE-HT1",
                "--if-dies MUC-HT1 | held on its disk until it comes back, then waits at VIE-HT1 as without that.",
                "--if-dies MUC-HT1@SEND | VIE-HT1 is handed it once more, knows it, and makes no second copy",
                "--if-dies ROM-HT1 | ROM-HT1 never has it: nothing changes",
            })
    void answersInALine(String question, String words) {
        Result answer =
                ask("trace T --from anna@contoso.test --to mia@contoso.test --down link:Vienna-Rome " + question);
        assertThat(answer.out.lines()).hasSize(1);
        assertThat(answer.out).contains(words);
        assertThat(answer.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
    }

    @Test
    void aServerThatDiesBeforeItNotedADeliverySendsASecondCopyThatTheFilterDrops() {
        Result answer = ask("trace T --from anna@contoso.test --to mia@contoso.test --if-dies ROM-HT1@DELIVER");
        assertThat(answer.out).contains("the duplicate filter of mailbox servers drops 1 second copy");
        assertThat(answer.exitCode).isZero();
    }

    @Test
    void heldMailGoesOnWhenThePartWorksAgain() {
        Traced trace = Traced.run(
                CONTOSO,
                "--from",
                "anna@contoso.test",
                "--to",
                "mia@contoso.test",
                "--down",
                "site:Rome",
                "--up",
                "site:Rome@90m",
                "--for",
                "2h");
        assertThat(trace.exitCode()).isZero();
        assertThat(trace.all("DELIVER")).hasSize(1);
        assertThat(trace.all("DELIVER").get(0).get("time")).hasToString("2026-03-01T10:34:00Z");
    }

    @Test
    void connectorsAndNodesCanBeDown() {
        assertThat(ask("trace T --from anna@contoso.test --to x@fabrikam.test --down connector:Internet --why-waiting")
                        .out)
                .contains("goes on when connector:Internet works again");
        assertThat(
                        ask("trace T --from mia@contoso.test --to anna@contoso.test --down node:BER-MBX1A --down node:BER-MBX1B"
                                        + " --why-waiting")
                                .out)
                .contains("in queue mailbox:BER-MBX1");
    }

    @Test
    void strangersEnterByAnEdgeThatRefusesAtTheDoor() {
        Result refused = ask("trace T --from x@fabrikam.test --to nobody@contoso.test --to y@elsewhere.test");
        assertThat(refused.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(refused.out)
                .contains("BER-EDGE1 says 550 5.1.1 User unknown", "BER-EDGE1 says 550 5.7.1 Unable to relay");
        Traced silent = Traced.run(CONTOSO, "--from", "x@fabrikam.test", "--to", "nobody@contoso.test");
        assertThat(silent.events()).isEmpty();
        assertThat(silent.err()).contains("refused at the door of BER-EDGE1");
    }

    @Test
    void aMessageFileGivesSizeAndMessageId() throws Exception {
        Path mail = folder.resolve("mail.eml");
        Files.writeString(mail, "Message-ID: <a@b>\nSubject: ü\n\nbody\n");
        Traced trace = Traced.run(
                CONTOSO, "--from", "anna@contoso.test", "--to", "mia@contoso.test", "--message", mail.toString());
        assertThat(trace.events())
                .allSatisfy(event -> assertThat(event)
                        .containsEntry("messageId", "<a@b>")
                        .containsEntry("bytes", (int) Files.size(mail) + 4));
        assertThat(ask("trace T --from anna@contoso.test --to mia@contoso.test --message " + mail).out)
                .contains("<a@b>, 8-bit, UTF-8 header");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trace T --from anna@contoso.test | write --from ADDR --to ADDR",
                "trace T --from anne@contoso.test --to mia@contoso.test | did you mean anna@contoso.test?",
                "trace T --from anna@contoso.test --to mia@ | is no mail address",
                "trace T --from anna@contoso.test --to mia@contoso.test --down link:Rome | no link named \"Rome\"",
                "trace T --from anna@contoso.test --to mia@contoso.test --up site:Rome | write ITEM@TIME",
                "trace T --from anna@contoso.test --to mia@contoso.test --via MUC-MBX1 | no hub or edge named",
                "trace T --from anna@contoso.test --to mia@contoso.test --if-dies MUC-HT9 | did you mean MUC-HT1?",
                "trace T --from anna@contoso.test --to mia@contoso.test --if-dies MUC-HT1@x | behind @ write",
                "trace T --from anna@contoso.test --to mia@contoso.test --for ever | write 90s, 5m, 12h or 2d",
                "trace T --from anna@contoso.test --to mia@contoso.test --count 0 | at least one message",
                "trace T --from anna@contoso.test --to mia@contoso.test --message no.eml | no such message file",
                "trace no.yaml --from a@b.c --to c@d.e | no such topology file",
                "trace topologies/contoso.yaml --from anna@contoso.test --to mia@contoso.test --start now | 2026-03-01T09:30:00Z",
                "trace examples/scenarios/demo.yaml --from anna@contoso.test --to mia@contoso.test | is a scenario",
            })
    void saysWhatIsWrong(String line, String message) {
        Result result = ask(line);
        assertThat(result.err).contains(message).doesNotContain("Exception", "\tat ");
        assertThat(result.out).isEmpty();
        assertThat(result.exitCode).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void playsAScenarioAndJudgesIt() throws Exception {
        Path page = folder.resolve("demo.html");
        Result played = ask("trace examples/scenarios/demo.yaml --html " + page);
        assertThat(played.out).contains("as expected: held at Vienna", "expectations are met.");
        assertThat(played.exitCode).isZero();
        assertThat(Files.readString(page)).contains("one of each course");
        Path other = folder.resolve("other.yaml");
        Files.writeString(
                other,
                Files.readString(Path.of("examples/scenarios/demo.yaml"))
                        .replace(
                                "../../topologies",
                                Path.of("topologies").toAbsolutePath().toString())
                        .replace(", mail: ../mail", "")
                        .replace("heldAt: Vienna", "heldAt: Munich"));
        Result judged = ask("trace " + other + " -o json");
        assertThat(judged.err).contains("held at Vienna, expected Munich");
        assertThat(judged.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(judged.out.lines()).allMatch(line -> line.startsWith("{\"time\":"));
    }

    @Test
    void thePageStandsAlone() throws Exception {
        Path page = folder.resolve("trace.html");
        assertThat(ask("trace T --from anna@contoso.test --to everyone@contoso.test --html " + page).exitCode)
                .isZero();
        String html = Files.readString(page);
        assertThat(html).doesNotContain("src=\"", "https://", "@import");
        assertThat(List.of("<svg", "MUC-HT1", "id=\"story\"")).allMatch(html::contains);
        assertThat(ask("trace T --from anna@contoso.test --to mia@contoso.test --html " + folder + "/no/x.html")
                        .exitCode)
                .isEqualTo(ExitCode.ENVIRONMENT);
    }
}
