package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.admin.AdminServer;
import org.bridgehead.admin.AdminSettings;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.io.config.LoadedTopology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The verbs that operate a running engine, against a real one in virtual time. */
class OperatingVerbsTest {
    /** What a command line came to. */
    private record Result(int exitCode, String out, String err) {
        /** The output as JSON. */
        Object json() {
            return new Load(LoadSettings.builder().build()).loadFromString(out);
        }
    }

    @TempDir
    Path folder;

    private Path file;
    private MailOrganization organization;
    private AdminServer server;

    @BeforeEach
    void start() throws Exception {
        file = folder.resolve("topology.yaml");
        Files.copy(Path.of("topologies/minimal.yaml"), file);
        LoadedTopology loaded = new RunCommand().read(file, List.of());
        organization = MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), folder)
                .virtualFrom(Instant.parse("2026-03-02T08:00:00Z")));
        server = AdminServer.start(
                organization,
                AdminSettings.local(),
                Optional.of(new TopologyReloader(new RunCommand(), file, organization)));
    }

    @AfterEach
    void stop() {
        server.close();
        organization.close();
    }

    private static Result execute(List<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] args = words.toArray(new String[0]);
        int exitCode = Main.execute(new PrintWriter(out), new PrintWriter(err), args);
        return new Result(exitCode, out.toString(), err.toString());
    }

    private Result run(String... args) {
        List<String> words = new ArrayList<>(List.of(args));
        words.add("--admin");
        words.add(server.address().toString());
        return execute(words);
    }

    private void edit(String from, String to) throws Exception {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void aMessageIsSentFollowedHeldAndTracked() throws Exception {
        Result followed = run("send", "--from", "anna@contoso.test", "--to", "bert@contoso.test", "--follow");
        assertThat(followed.out).contains("to BER-HT1:", "MUC-HT1 in Munich, hop 2", "DELIVER");
        assertThat(followed.exitCode).as(followed.err).isZero();

        assertThat(run("link", "cut", "Berlin-Munich").out).contains("down: link:Berlin-Munich");
        Path letter = folder.resolve("letter.eml");
        Files.writeString(letter, "Message-ID: <17@x.test>\nSubject: later\n\nhello\n");
        Result waiting = run(
                "send",
                "--from",
                "anna@contoso.test",
                "--to",
                "bert@contoso.test",
                "--file",
                letter.toString(),
                "--follow",
                "--for",
                "1");
        assertThat(waiting.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(waiting.out).contains("now in BER-HT1\\site:Munich\\2, ", "08:00:00  RECEIVE   bert@contoso.test");
        organization.clock().runUntilIdle();

        Result listed = run("message", "list", "--message-id", "<17@x.test>", "-o", "json");
        Map<?, ?> message = (Map<?, ?>) ((List<?>) listed.json()).get(0);
        assertThat(message.get("identity")).isEqualTo("BER-HT1\\site:Munich\\2");
        assertThat(run("message", "suspend", "BER-HT1\\Munich\\2").out).contains("Suspended");
        assertThat(run("message", "list").out).contains("IDENTITY", "Suspended");
        Path saved = folder.resolve("saved.eml");
        assertThat(run("message", "export", "BER-HT1\\*\\2", "-O", saved.toString()).exitCode)
                .isZero();
        assertThat(Files.readString(saved)).endsWith("Subject: later\r\n\r\nhello\r\n");
        assertThat(run("link", "mend", "Berlin-Munich").out).contains("everything is up");
        assertThat(run("queue", "retry", "BER-HT1\\*").out).contains("tried now", "BER-HT1\\site:Munich");
        organization.clock().runUntilIdle();
        assertThat(run("message", "resume", "BER-HT1\\site:Munich\\2").exitCode).isZero();
        organization.clock().runUntilIdle();

        Result tracked = run("track", "17@x.test", "-o", "json");
        assertThat(tracked.out.lines())
                .first()
                .asString()
                .contains("\"event\":\"RECEIVE\"", "\"messageId\":\"<17@x.test>\"");
        assertThat(tracked.out.lines()).last().asString().contains("\"event\":\"DELIVER\"", "\"nextHop\":\"MUC-MBX1\"");
        assertThat(run("track", "<17@x.test>").out).contains("BER-HT1 in Berlin, hop 1", "DEFER", "MUC-HT1 in Munich");
        assertThat(run("message", "list").out).isEqualTo("no message waits\n");
    }

    @Test
    void exitCodesTellWhoCanMendIt() {
        Result unknown = run("queue", "show", "BER-HT1\\site:Munch");
        assertThat(unknown.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err).contains("no queue BER-HT1\\site:Munch").hasLineCount(1);
        assertThat(run("status").exitCode).isZero();
        assertThat(run("server", "kill", "MUC-HT1").out).isEqualTo("killed: MUC-HT1\n");
        assertThat(run("server", "kill", "MUC-HT1").exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        Result status = run("status", "-o", "json");
        assertThat(status.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(((Map<?, ?>) status.json()).get("organization")).isEqualTo("Minimal");
        assertThat(run("status").out).contains("MUC-HT1", "stopped", "nobody");
        assertThat(run("server", "start", "MUC-HT1").exitCode).isZero();
        assertThat(run("server", "list", "-o", "csv").out).startsWith("name,roles,site,state,accepts,messages,");
        assertThat(run("track", "nothing@x.test").exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(run("track", "x", "--log", folder.resolve("nowhere").toString()).exitCode)
                .isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(execute(List.of("queue")).err)
                .contains("queue: which action? list, show, retry, suspend, resume, drain");
        server.close();
        Result silent = run("queue", "list");
        assertThat(silent.exitCode).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(silent.err)
                .contains("no engine answers at", "bridgehead run T --admin")
                .hasLineCount(1);
    }

    @Test
    void aReloadTakesAGoodFileAndRefusesABadOne() throws Exception {
        edit("cost: 100", "cost: hundred");
        Result bad = run("reload");
        assertThat(bad.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(bad.err).contains("topology.yaml:20:", "hundred", "nothing has changed");
        assertThat(organization.topology().links().get("Berlin-Munich").cost()).isEqualTo(100);

        edit("cost: hundred", "cost: 7");
        edit("[mia@contoso.test,", "[mia@contoso.test, mia.new@contoso.test,");
        edit("  MUC-HT1:  {", "  MUC-HT2:  { site: Munich, roles: [hubTransport] }\n  MUC-HT1:  {");
        Result good = run("reload");
        assertThat(good.exitCode).as(good.err).isZero();
        assertThat(good.out).contains("reloaded ", "only after a restart: server MUC-HT2 is new");
        assertThat(organization.topology().links().get("Berlin-Munich").cost()).isEqualTo(7);
        Result sent = run("send", "--from", "anna@contoso.test", "--to", "mia.new@contoso.test", "--follow");
        assertThat(sent.exitCode).as(sent.out).isZero();

        edit("  BER-HT1:  {", "  BER-HT9:  {");
        Result gone = run("reload");
        assertThat(gone.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(gone.err).contains("server BER-HT1 runs here", "drain it first");
        assertThat(organization.topology().server("BER-HT1")).isPresent();
    }

    @Test
    void whatIsOpenToANetworkNeedsAToken() throws Exception {
        Path token = folder.resolve("token");
        Files.writeString(token, "short\n");
        for (String[] wrong : new String[][] {
            {"0.0.0.0:0", "--token-file"}, {"here", "write HOST:PORT"}, {"127.0.0.1:99999", "write HOST:PORT"}
        }) {
            Result result = execute(List.of("run", file.toString(), "--memory", "--admin", wrong[0]));
            assertThat(result.exitCode).isEqualTo(ExitCode.USAGE);
            assertThat(result.err).contains(wrong[1]);
        }
        Result result = execute(List.of(
                "run", file.toString(), "--memory", "--admin", "127.0.0.1:0", "--token-file", token.toString()));
        assertThat(result.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(result.err).contains("a token has at least 16 octets");
    }
}
