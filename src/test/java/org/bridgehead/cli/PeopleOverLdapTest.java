package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bridgehead.io.ldap.ScriptedController;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions about people whom only a domain controller knows. */
class PeopleOverLdapTest {
    private static final String BASE = "DC=x,DC=test";

    @TempDir
    Path folder;

    private ScriptedController controller;
    private Path file;

    @BeforeEach
    void start() throws Exception {
        Entry anna = entry("CN=anna," + BASE, "user");
        anna.addAttribute("proxyAddresses", "SMTP:anna@x.test");
        Entry team = entry("CN=team," + BASE, "group");
        team.addAttribute("mail", "team@x.test");
        team.addAttribute("member", "CN=anna," + BASE, "CN=gone," + BASE);
        controller = new ScriptedController(BASE, List.of(entry(BASE, "domain"), anna, team));
        file = topology(controller.url());
    }

    private Path topology(String url) throws Exception {
        return Files.writeString(folder.resolve("ldap.yaml"), """
                bridgehead: 1
                organization: { name: X, acceptedDomains: { x.test: authoritative } }
                sites: { A: {} }
                servers:
                  H1: { site: A, roles: [hubTransport] }
                  M1: { site: A, roles: [mailbox] }
                  DC1: { site: A, roles: [domainController], ldap: "%s" }
                directory:
                  ldap: { baseDn: "DC=x,DC=test", timeLimit: 5s }
                """.formatted(url));
    }

    private static Entry entry(String dn, String objectClass) {
        Entry entry = new Entry(dn);
        entry.addAttribute("objectClass", "top", objectClass);
        return entry;
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    private static String run(int wanted, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.execute(new PrintWriter(out), new PrintWriter(err), words);
        assertThat(exitCode).as(out + "\n" + err).isEqualTo(wanted);
        return out + "\n" + err;
    }

    @Test
    void expandAsksTheDomainController() {
        assertThat(run(ExitCode.BAD_ANSWER, "expand", file.toString(), "team@x.test"))
                .contains("anna@x.test", "CN=gone,DC=x,DC=test");
    }

    @Test
    void traceFollowsMailToThem() {
        assertThat(run(ExitCode.BAD_ANSWER, "trace", file.toString(), "--from", "anna@x.test", "--to", "team@x.test"))
                .contains("anna@x.test: delivered to M1", "5.2.4 member leads nowhere: CN=gone");
    }

    @Test
    void aDirectoryThatIsDownIsNotTakenForOneThatKnowsNobody() {
        controller.close();
        assertThat(run(ExitCode.ENVIRONMENT, "expand", file.toString(), "team@x.test"))
                .contains("the directory cannot be asked")
                .doesNotContain("5.1.1");
    }

    @Test
    void controllersElsewhereAreAskedOnlyOnRequest() throws Exception {
        Path elsewhere = topology("ldap://192.0.2.1:389");
        assertThat(run(ExitCode.ENVIRONMENT, "expand", elsewhere.toString(), "team@x.test"))
                .contains("--allow-outbound");
    }
}
