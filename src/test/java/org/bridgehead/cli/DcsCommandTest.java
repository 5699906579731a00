package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.admin.AdminServer;
import org.bridgehead.admin.AdminSettings;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.io.config.LoadedTopology;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which domain controllers are asked: forecast by {@code dcs}, and told by a running engine. Nobody answers here. */
class DcsCommandTest {
    private static final String TOPOLOGY = """
        bridgehead: 1
        organization: { name: T, acceptedDomains: { t.test: authoritative } }
        sites: { Berlin: {}, Munich: {}, Rome: {} }
        siteLinks:
          B-M: { sites: [Berlin, Munich], cost: 10 }
          M-R: { sites: [Munich, Rome], cost: 5 }
        servers:
          H1: { site: Berlin, roles: [hubTransport] }
          H3: { site: Rome, roles: [hubTransport] }
          M1: { site: Berlin, roles: [mailbox] }
          DC1: { site: Berlin, roles: [domainController], ldap: "ldap://127.0.0.1:1" }
          DC2: { site: Berlin, roles: [domainController], ldap: "ldap://127.0.0.1:1" }
          DC3: { site: Munich, roles: [domainController], ldap: "ldap://directory.example:389" }
        directory: { ldap: { baseDn: "DC=t,DC=test" } }
        """;

    @TempDir
    Path folder;

    private String file = "";
    private int exitCode;

    @BeforeEach
    void write() throws Exception {
        file = Files.writeString(folder.resolve("t.yaml"), TOPOLOGY).toString();
    }

    private String run(String... args) {
        StringWriter out = new StringWriter();
        exitCode = Main.execute(new PrintWriter(out), new PrintWriter(out), args);
        return out.toString();
    }

    @Test
    void eachSiteHasItsOrderWithReasons() {
        assertThat(run("dcs", file, "-o", "csv")).isEqualToIgnoringNewLines("""
                        from,order,dc,site,nearness,cost,asked,reason
                        Berlin,1,DC1,Berlin,ownSite,0,true,in the own site
                        Berlin,2,DC2,Berlin,ownSite,0,true,in the own site
                        Berlin,3,DC3,Munich,linkedSite,10,true,"in Munich, directly linked at cost 10"
                        Rome,1,DC3,Munich,linkedSite,5,true,"in Munich, directly linked at cost 5"
                        """);
        assertThat(exitCode).isEqualTo(ExitCode.OK);
    }

    @Test
    void partsThatAreDownAreNamed() {
        assertThat(run("dcs", file, "--from", "h1", "--turn", "1", "--down", "dc:dc2", "-o", "csv"))
                .contains("Berlin,1,DC1,", "Berlin,2,DC3,", "Berlin,,DC2,Berlin,ownSite,0,false,is down");
        assertThat(run("dcs", file, "--from", "Rome", "--down", "link:M-R"))
                .contains("cannot be reached: link:M-R is down");
        assertThat(exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(run("dcs", file, "--down", "dc:H1")).contains("no domain controller named \"H1\"");
        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aRunningEngineSaysWhoIsNotAskedAndWhy() throws Exception {
        LoadedTopology loaded = new RunCommand().read(Path.of(file), List.of());
        try (MailOrganization org = MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), folder)
                        .virtualFrom(Instant.parse("2026-03-02T08:00:00Z")));
                AdminServer server = AdminServer.start(org, AdminSettings.local(), Optional.empty())) {
            String admin = server.address().toString();
            assertThat(run("server", "list", "--admin", admin)).contains("DC1", "running");
            assertThat(run("server", "kill", "dc1", "--admin", admin)).contains("DC1");
            assertThat(org.lookUp(EmailAddress.of("x@t.test")))
                    .isInstanceOf(Answer.Unavailable.class)
                    .asString()
                    .contains("DC2: no connection", "DC3 is not on this machine (--allow-outbound?)", "DC1 is down");

            String status = run("status", "--admin", admin);

            assertThat(exitCode).isEqualTo(ExitCode.BAD_ANSWER);
            assertThat(status)
                    .contains(
                            "down: dc:DC1", "not asked until 2026-03-02T08:00:30Z: no connection: Connection refused");
            assertThat(get(server, "/metrics"))
                    .contains(
                            "bridgehead_directory_lookups_total 1.0",
                            "bridgehead_directory_failures_total 1.0",
                            "bridgehead_directory_unavailable_total 1.0",
                            "bridgehead_server_up{server=\"DC2\"} 0");
            assertThat(get(server, "/healthz")).as("the process is well").isEqualTo("ok\n");
            org.clock().advance(Duration.ofMinutes(1));
            assertThat(run("server", "list", "--admin", admin))
                    .contains("failed, and is tried with one of the next questions: no connection");
            assertThat(run("server", "start", "DC1", "--admin", admin)).contains("DC1");
            assertThat(org.server("DC1").isRunning()).isTrue();
        }
    }

    private static String get(AdminServer server, String path) throws Exception {
        URI uri = URI.create("http://" + server.address() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
