package org.bridgehead.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.io.config.TopologyFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mailbox servers, databases, dumpsters and events over HTTP; the tracking log is on the disk. */
class MailboxResourcesTest {
    private static final String TOPOLOGY = """
            bridgehead: 1
            organization:
              name: X
              acceptedDomains: { x.test: authoritative }
              dumpster: { maxSizePerStorageGroup: 1KB, maxTime: 7d }
            sites: { S: {}, T: {}, Lone: {} }
            siteLinks: { S-T: { sites: [S, T], cost: 1 } }
            servers:
              H1: { site: S, roles: [hubTransport] }
              H2: { site: T, roles: [hubTransport] }
              M1:
                site: S
                roles: [mailbox]
                replication: ccr
                nodes: { M1A: {}, M1B: {} }
                witness: H1
                logSize: 64KB
              M9: { site: Lone, roles: [mailbox] }
            connectors:
              Out: { addressSpaces: ["SMTP:*;1"], sourceServers: [H1, H2], smartHosts: ["127.0.0.1:9"] }
            directory:
              recipients:
                anna: { type: mailbox, addresses: [anna@x.test], database: M1/SG1/DB1 }
            """;

    @TempDir
    Path folder;

    private MailOrganization organization;
    private AdminServer server;
    private AdminClient client;

    @BeforeEach
    void start() throws Exception {
        organization = MailOrganization.start(OrganizationConfig.inMemory(
                        TopologyFile.parse("x.yaml", TOPOLOGY, folder).organization(), folder)
                .durable(folder.resolve("data"))
                .virtualFrom(Instant.parse("2026-03-02T08:00:00Z")));
        server = AdminServer.start(organization, AdminSettings.local(), Optional.empty());
        client = new AdminClient(server.address().toString(), Optional.empty());
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(organization.shutDown().threads()).as("threads left").isEmpty();
    }

    private void send(String subject) throws Exception {
        organization.send(mail -> mail.from("anna@x.test")
                .to("anna@x.test")
                .subject(subject)
                .text("x".repeat(60))
                .via("H1"));
        organization.awaitIdle(Duration.ofSeconds(30));
        organization.clock().advance(Duration.ofSeconds(1));
    }

    /** As a verb with parameters: name, value, name, value. */
    private Map<String, Object> tell(String kind, String name, String verb, String... query) throws Exception {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (int i = 0; i < query.length; i += 2) {
            parameters.add(Map.entry(query[i], query[i + 1]));
        }
        return client.tell(kind, name, verb, parameters, new byte[0]);
    }

    private List<Map<String, Object>> list(String kind) throws Exception {
        return ((List<?>) client.list(kind, List.of()))
                .stream().map(AdminClient::fields).toList();
    }

    private static String refusal(int status, ThrowingCallable call) {
        AdminException refused = catchThrowableOfType(AdminException.class, call);
        assertThat(refused.status()).isEqualTo(status);
        return refused.getMessage() + " | " + refused.hint();
    }

    @Test
    void whatADumpsterNoLongerHasIsFoundInTheLogOnTheDisk() throws Exception {
        for (int i = 0; i < 8; i++) {
            send("letter " + i);
        }
        tell("nodes", "M1A", "fail", "lost", "1");
        organization.clock().advance(Duration.ofMinutes(10));
        int there = organization.mailbox("anna@x.test").messages().size();
        assertThat(there).isBetween(1, 7);
        Map<String, Object> preview = tell(
                "dumpsters", "M1/SG1", "redeliver", "from", "2026-03-02T09:00:00+01:00", "to", "now", "dryRun", "true");
        assertThat(preview)
                .containsEntry("lost", 8L - there)
                .containsEntry("comesBack", 0L)
                .containsEntry("knownSince", null);
        assertThat(organization.stillLost("M1")).hasSize(8 - there);
    }

    @Test
    void figuresOfClustersAndDumpsters() throws Exception {
        send("one");
        tell("clusters", "M1", "handoff", "to", "M1B");
        tell("clusters", "M1", "handoff", "to", "M1A");
        tell("nodes", "M1", "failover");
        organization.clock().advance(Duration.ofSeconds(10));
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + server.address() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(page.body().lines())
                .contains(
                        "bridgehead_dumpster_items{hub=\"H1\",storage_group=\"M1/SG1\"} 1.0",
                        "bridgehead_dumpster_inserts_total{hub=\"H1\",storage_group=\"M1/SG1\"} 1.0",
                        "bridgehead_dumpster_deletes_total{hub=\"H1\",storage_group=\"M1/SG1\"} 0.0",
                        "bridgehead_cluster_active{node=\"M1A\",server=\"M1\"} 0.0",
                        "bridgehead_cluster_active{node=\"M1B\",server=\"M1\"} 1.0",
                        "bridgehead_cluster_missing_logs{group=\"SG1\",server=\"M1\"} 0.0",
                        "bridgehead_failovers_total 1.0",
                        "bridgehead_duplicates_dropped_total 0.0",
                        "bridgehead_redelivery_requests_open 0.0")
                .anyMatch(line -> line.startsWith("bridgehead_dumpster_size_bytes{hub=\"H1\""));
    }

    @Test
    void eventsTellOfClustersAndOfRouting() throws Exception {
        tell("clusters", "M1", "handoff", "to", "M1B", "comment", "why not");
        assertThat(list("events"))
                .extracting(event -> event.get("id") + " " + event.get("source") + " " + event.get("server"))
                .contains(
                        "100 MSExchangeRepl M1",
                        "5007 MSExchangeTransport Lone",
                        "5008 MSExchangeTransport Lone",
                        "5026 MSExchangeTransport Out");
        assertThat(AdminClient.fields(client.show("clusters", "m1")))
                .containsEntry("active", "M1B")
                .containsEntry("votes", 3L);
    }

    @Test
    void whatIsUnknownOrCannotBeIsRefusedWithAHint() {
        assertThat(refusal(404, () -> tell("nodes", "M1A", "fial"))).contains("did you mean fail");
        assertThat(refusal(404, () -> tell("clusters", "M1", "handof"))).contains("did you mean handoff");
        assertThat(refusal(400, () -> tell("clusters", "M1", "handoff"))).contains("to which node?", "M1A, M1B");
        assertThat(refusal(404, () -> tell("databases", "M1/SG1/DB1", "munt"))).contains("did you mean mount");
        assertThat(refusal(404, () -> tell("dumpsters", "M1/SG1", "redelivr"))).contains("did you mean redeliver");
        assertThat(refusal(404, () -> tell("dumpsters", "M1/SG1", "set")))
                .contains("limits are those of all dumpsters");
        assertThat(refusal(404, () -> client.show("dumpsters", "M1/SG1"))).contains("requests and limits");
        assertThat(refusal(400, () -> tell("dumpsters", "limits", "set", "maxTime", "long")))
                .contains("write 7d");
        assertThat(refusal(400, () -> tell("dumpsters", "M1/SG1", "redeliver", "from", "-2h")))
                .contains("to=TIME is missing");
        assertThat(refusal(400, () -> tell("dumpsters", "M1/SG1", "redeliver", "from", "-2x", "to", "now")))
                .contains("write 2026");
        assertThat(refusal(400, () -> tell("nodes", "M1A", "start", "lost", "1")))
                .contains("no parameter lost");
    }

    @Test
    void thePreviewOfAServerThatIsOfflineIsRefused() throws Exception {
        tell("nodes", "M1A", "fail");
        tell("nodes", "M1B", "fail");
        assertThat(refusal(
                        409,
                        () -> tell("dumpsters", "M1/SG1", "redeliver", "from", "-2h", "to", "now", "dryRun", "true")))
                .contains("cannot be seen", "cluster status M1");
        assertThat(list("databases"))
                .filteredOn(database -> "M1/SG1/DB1".equals(database.get("identity")))
                .allSatisfy(database -> assertThat(database).containsEntry("mounted", false));
        assertThat(AdminClient.fields(client.list("status", List.of())).get("troubles"))
                .asString()
                .contains("M1 is offline", "M1A is down, M1B is down", "bridgehead node start M1A");
        assertThat(refusal(409, () -> tell("clusters", "M1", "handoff", "to", "M1A")))
                .contains("no node hosts the mailboxes");
    }
}
