package org.bridgehead.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.ldap.LdifRecipients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operators over HTTP, with a real organisation behind it in virtual time. */
class AdminServerTest {
    private static final String TOKEN = "a-secret-of-enough-octets";
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] LETTER = "Subject: hi\n\nover the hills\n".getBytes(StandardCharsets.UTF_8);

    private MailOrganization organization;
    private AdminServer server;
    private AdminClient client;

    @BeforeEach
    void start() throws Exception {
        LoadedTopology loaded = TopologyFile.load(Path.of("topologies/minimal.yaml"));
        organization = MailOrganization.start(OrganizationConfig.inMemory(
                        LdifRecipients.complete(loaded.organization(), loaded.folder()), loaded.folder())
                .virtualFrom(Instant.parse("2026-03-02T08:00:00Z")));
        server = AdminServer.start(organization, AdminSettings.local(), Optional.empty());
        client = new AdminClient(server.address().toString(), Optional.empty());
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(organization.shutDown().threads()).as("threads left").isEmpty();
    }

    private List<Map<String, Object>> list(String kind, String... query) throws Exception {
        List<Map.Entry<String, String>> parameters = new java.util.ArrayList<>();
        for (int i = 0; i < query.length; i += 2) {
            parameters.add(Map.entry(query[i], query[i + 1]));
        }
        List<Map<String, Object>> found = new java.util.ArrayList<>();
        ((List<?>) client.list(kind, parameters)).forEach(item -> found.add(AdminClient.fields(item)));
        return found;
    }

    private Map<String, Object> tell(String kind, String name, String verb) throws Exception {
        return client.tell(kind, name, verb, List.of(), NOTHING);
    }

    private Map<String, Object> send(String from, String to) throws Exception {
        return client.tell("servers", "*", "send", List.of(Map.entry("from", from), Map.entry("to", to)), LETTER);
    }

    private static AdminException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(call);
        assertThat(thrown).isInstanceOf(AdminException.class);
        return (AdminException) thrown;
    }

    @Test
    void aCutLinkShowsInQueuesMessagesAndStatusAndMailIsTrackedToItsEnd() throws Exception {
        tell("links", "berlin-munich", "cut");
        Map<String, Object> sent = send("anna@contoso.test", "bert@contoso.test");
        assertThat(sent).containsEntry("accepted", true).containsEntry("server", "BER-HT1");
        organization.clock().runUntilIdle();

        Map<String, Object> queue = AdminClient.fields(client.show("queues", "BER-HT1\\Munich"));
        assertThat(queue)
                .containsEntry("identity", "BER-HT1\\site:Munich")
                .containsEntry("deliveryType", "SmtpRelayToRemoteAdSite")
                .containsEntry("status", "Retry")
                .containsEntry("messageCount", 1L)
                .containsEntry("nextRetryTime", "2026-03-02T08:01:00Z");
        assertThat(queue.get("reason").toString()).contains("link:Berlin-Munich is down");
        assertThat(AdminClient.fields(client.show("queues", "BER-HT1\\" + queue.get("number"))))
                .isEqualTo(queue);

        Map<String, Object> message =
                list("messages", "queue", "BER-HT1\\site:Munich").get(0);
        assertThat(message)
                .containsEntry("status", "Retry")
                .containsEntry("from", "anna@contoso.test")
                .containsEntry("recipients", List.of("bert@contoso.test"))
                .containsEntry("messageId", sent.get("messageId"));
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        client.export(message.get("identity").toString(), octets);
        assertThat(octets.toString(StandardCharsets.UTF_8))
                .contains("Subject: hi\r\n")
                .endsWith("over the hills\r\n");

        Map<String, Object> status = AdminClient.fields(client.list("status", List.of()));
        assertThat(status).containsEntry("messages", 1L).containsEntry("down", List.of("link:Berlin-Munich"));

        tell("links", "Berlin-Munich", "mend");
        tell("queues", "site:Munich", "retry");
        organization.clock().runUntilIdle();
        assertThat(organization.mailbox("bert@contoso.test").messages()).hasSize(1);
        Map<String, Object> track = AdminClient.fields(client.list(
                "tracking", List.of(Map.entry("messageId", sent.get("messageId").toString()))));
        assertThat((List<?>) track.get("where")).isEmpty();
        assertThat(((List<?>) track.get("events"))
                        .stream().map(event -> AdminClient.fields(event).get("event")))
                .startsWith("RECEIVE", "DEFER")
                .endsWith("DELIVER");
    }

    @Test
    void heldQueuesAndMessagesOutliveTheServer() throws Exception {
        tell("links", "Berlin-Munich", "cut");
        send("anna@contoso.test", "bert@contoso.test");
        send("anna@contoso.test", "bert@contoso.test");
        organization.clock().runUntilIdle();
        String held = list("messages").get(0).get("identity").toString();
        tell("messages", held, "suspend");
        tell("queues", "BER-HT1\\site:Munich", "suspend");
        tell("links", "Berlin-Munich", "mend");
        tell("servers", "BER-HT1", "kill");
        assertThat(refusal(() -> tell("servers", "BER-HT1", "drain")).status()).isEqualTo(409);
        assertThat(refusal(() -> tell("queues", "BER-HT1\\Munich", "retry")).getMessage())
                .isEqualTo("BER-HT1 does not run");
        tell("servers", "BER-HT1", "start");
        organization.clock().advance(Duration.ofHours(1));
        assertThat(list("messages")).hasSize(2);
        tell("queues", "BER-HT1\\site:Munich", "resume");
        organization.clock().runUntilIdle();
        assertThat(list("messages"))
                .hasSize(1)
                .allMatch(message -> message.get("status").equals("Suspended"));
        client.tell("messages", held, "remove", List.of(Map.entry("report", "false")), NOTHING);
        organization.clock().runUntilIdle();
        assertThat(list("messages")).isEmpty();
        assertThat(organization.mailbox("bert@contoso.test").messages()).hasSize(1);
        assertThat(organization.mailbox("anna@contoso.test").messages()).isEmpty();
    }

    @Test
    void unknownNamesAreToldWithTheNearest() throws Exception {
        assertThat(refusal(() -> client.list("queue", List.of())).getMessage()).contains("did you mean queues?");
        assertThat(refusal(() -> tell("servers", "BER-HT2", "kill")).getMessage())
                .contains("did you mean BER-HT1");
        assertThat(refusal(() -> tell("servers", "BER-HT1", "stat")).getMessage())
                .contains("did you mean start?");
        assertThat(refusal(() -> tell("links", "Berlin-Munch", "cut")).getMessage())
                .contains("did you mean Berlin-Munich?");
        assertThat(refusal(() -> list("queues", "servr", "x")).getMessage()).contains("did you mean server?");
        assertThat(refusal(() -> client.show("messages", "BER-HT1\\site:Munich\\99"))
                        .status())
                .isEqualTo(404);
        assertThat(refusal(() -> client.show("messages", "seventeen")).status()).isEqualTo(400);
        assertThat(refusal(() -> send("anna@contoso.test", "nobody")).getMessage())
                .contains("no address");
        assertThat(refusal(() -> tell("status", "topology", "reload")).status()).isEqualTo(409);
        assertThat(list("dumpsters")).isEmpty();
        assertThat(list("nodes")).extracting(node -> node.get("server")).containsExactly("BER-MBX1", "MUC-MBX1");
    }

    @Test
    void figuresCountWhatHappenedWithFewLabels() throws Exception {
        tell("links", "Berlin-Munich", "cut");
        send("anna@contoso.test", "bert@contoso.test");
        send("anna@contoso.test", "anna@contoso.test");
        organization.clock().runUntilIdle();
        String page = ask("GET", "/metrics", "Host: localhost");
        assertThat(page)
                .contains(
                        "bridgehead_queue_messages{queue=\"site:Munich\",server=\"BER-HT1\",status=\"Retry\"} 1",
                        "bridgehead_events_total{event=\"RECEIVE\",server=\"BER-HT1\"} 2",
                        "bridgehead_events_total{event=\"DELIVER\",server=\"BER-HT1\"} 1",
                        "bridgehead_events_total{event=\"DEFER\",server=\"BER-HT1\"}",
                        "bridgehead_pressure_level{server=\"MUC-HT1\"} 0",
                        "bridgehead_server_up{server=\"MUC-MBX1\"} 1",
                        "bridgehead_connections{direction=\"in\",server=\"BER-HT1\"}",
                        "bridgehead_spool_sync_seconds_count 0",
                        "jvm_memory_used_bytes{area=\"heap\"")
                .doesNotContain("anna@");
    }

    /** Sends octets, answers the first line of the reply and its body. */
    private static String raw(HostPort at, String request) throws IOException {
        try (Socket socket = new Socket(at.host(), at.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String ask(String method, String target, String... fields) throws IOException {
        return raw(
                server.address(),
                method + " " + target + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", fields)
                        + "\r\n\r\n");
    }

    @Test
    void onLoopbackOnlyThisMachineIsServed() throws IOException {
        String own = "Host: " + server.address();
        assertThat(ask("GET", "/v1/links", own)).startsWith("HTTP/1.1 200").contains("Berlin-Munich");
        assertThat(ask("GET", "/v1/links", "Host: localhost")).startsWith("HTTP/1.1 200");
        assertThat(ask("GET", "/v1/links", "Host: evil.test"))
                .startsWith("HTTP/1.1 421")
                .contains("\"hint\"");
        assertThat(ask("GET", "/v1/links", "Host: 127.0.0.1.evil.test")).startsWith("HTTP/1.1 421");
        assertThat(ask("GET", "/v1/links")).startsWith("HTTP/1.1 400");
        assertThat(ask("POST", "/v1/links/Berlin-Munich/cut", own, "Origin: http://evil.test", "Content-Length: 0"))
                .startsWith("HTTP/1.1 403");
        assertThat(organization.down()).isEmpty();
        assertThat(ask("DELETE", "/v1/links/Berlin-Munich", own)).startsWith("HTTP/1.1 405");
        assertThat(ask("GET", "/", own)).startsWith("HTTP/1.1 404");
        assertThat(ask("GET", "/v1/queues/%zz", own)).contains("HTTP/1.1 400");
        assertThat(ask("GET", "/healthz", own)).startsWith("HTTP/1.1 200").endsWith("ok\n");
    }

    @Test
    void aTokenHasToBeShown() throws Exception {
        try (AdminServer guarded = AdminServer.start(
                organization, new AdminSettings(HostPort.LOOPBACK, Optional.of(TOKEN)), Optional.empty())) {
            String at = guarded.address().toString();
            assertThat(refusal(() -> new AdminClient(at, Optional.empty()).list("links", List.of()))
                            .status())
                    .isEqualTo(401);
            assertThat(refusal(() -> new AdminClient(at, Optional.of(TOKEN + "x")).list("links", List.of()))
                            .getMessage())
                    .isEqualTo("this is not the token");
            assertThat((List<?>) new AdminClient(at, Optional.of(TOKEN)).list("links", List.of()))
                    .isNotEmpty();
            assertThat(raw(guarded.address(), "GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
        assertThatThrownBy(() -> new AdminSettings(new HostPort("0.0.0.0", 0), Optional.empty()))
                .hasMessageContaining("--token-file");
        assertThatThrownBy(() -> new AdminSettings(HostPort.LOOPBACK, Optional.of("short")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
