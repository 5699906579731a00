package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code expand} tells who is left out, and why. */
class ExpandCommandTest {
    private static final String TOPOLOGY = """
        bridgehead: 1
        organization: { name: T, acceptedDomains: { t.test: authoritative } }
        sites: { A: {} }
        servers:
          H1: { site: A, roles: [hubTransport] }
          M1: { site: A, roles: [mailbox] }
        directory:
          recipients:
            ann:   { type: mailbox, addresses: [ann@t.test], database: M1/SG1/DB1, maxSendSize: 1KB }
            bob:   { type: mailbox, addresses: [bob@t.test], database: M1/SG1/DB1 }
            boss:  { type: mailbox, addresses: [boss@t.test], database: M1/SG1/DB1, acceptFrom: [board], rejectFrom: [bob] }
            x:     { type: mailbox, addresses: [x@t.test], database: M1/SG1/DB1, forwardTo: y@t.test }
            y:     { type: mailbox, addresses: [y@t.test], database: M1/SG1/DB1, forwardTo: x@t.test }
            board: { type: group, addresses: [board@t.test], members: [ann, bob], reportTo: manager, manager: boss }
            none:  { type: group, addresses: [none@t.test], members: [], reportTo: nobody }
            all:   { type: group, addresses: [all@t.test], members: [board, boss, x, none] }
        """;

    @TempDir
    Path folder;

    private String file = "";
    private int exitCode;

    @BeforeEach
    void write() throws Exception {
        file = Files.writeString(folder.resolve("t.yaml"), TOPOLOGY).toString();
    }

    private String expand(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "expand";
        all[1] = file;
        System.arraycopy(args, 0, all, 2, args.length);
        StringWriter out = new StringWriter();
        exitCode = Main.execute(new PrintWriter(out), new PrintWriter(out), all);
        return out.toString();
    }

    @Test
    void everythingThatKeepsSomebodyOutIsSaid() {
        String out = expand("all@t.test");
        assertThat(exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(out)
                .startsWith("all@t.test reaches 3 recipients in 3 groups.")
                .contains(
                        "boss@t.test   only from board; not from bob",
                        "board@t.test: boss@t.test, its manager",
                        "none@t.test: nobody",
                        "none@t.test   the group has no members",
                        "x@t.test > y@t.test > x@t.test",
                        "x@t.test   5.4.6 RESOLVER.FWD.Loop; forwarding leads back: x > y > x");
    }

    @Test
    void theSenderDecides() {
        assertThat(expand("boss@t.test", "--from", "ann@t.test")).contains("reaches 1 recipient");
        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(expand("boss@t.test", "--from", "bob@t.test")).contains("5.7.1 RESOLVER.RST.NotAuthorized");
        assertThat(exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(expand("boss@t.test", "--from", "ann@t.test", "--anonymous")).contains("NotAuthorized");
        assertThat(expand("boss@t.test", "--from", "eve@x.test")).contains("NotAuthorized");
        assertThat(expand("bob@t.test", "--from", "ann@t.test", "--size", "2KB"))
                .contains("5.2.3 RESOLVER.RST.SendSizeLimit");
        assertThat(expand("bob@t.test", "--from", "ann")).contains("\"ann\" is no mail address");
        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void programsGetTheSame() {
        assertThat(expand("all@t.test", "-o", "json"))
                .contains(
                        "\"loops\": [ [ \"x@t.test\", \"y@t.test\", \"x@t.test\" ] ]",
                        "\"to\": \"boss@t.test\"",
                        "\"to\": \"nobody\"",
                        "\"acceptFrom\": [ \"board\" ]",
                        "\"why\": \"the group has no members\"",
                        "\"status\": \"5.4.6\"");
        assertThat(expand("all@t.test", "-o", "csv")).contains("none@t.test,dropped,");
    }
}
