package org.bridgehead.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.io.config.TopologyBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests in other languages do over HTTP. */
class HarnessResourcesTest {
    private static final Organization CONTOSO = TopologyBuilder.of("Contoso", "contoso.test")
            .site("Berlin", site -> site.hubs("BER-HT1").mailboxServer("BER-MBX1"))
            .site("Munich", site -> site.hubs("MUC-HT1").mailboxServer("MUC-MBX1"))
            .link("Berlin", "Munich")
            .mailbox("anna@contoso.test", "BER-MBX1")
            .mailbox("mia@contoso.test", "MUC-MBX1")
            .internetBy("BER-HT1")
            .build();

    private MailOrganization organization;
    private AdminServer server;
    private AdminClient client;

    private void start(OrganizationConfig config) throws Exception {
        organization = MailOrganization.start(config);
        server = AdminServer.start(organization, AdminSettings.local(), Optional.empty());
        client = new AdminClient(server.address().toString(), Optional.empty());
    }

    private static OrganizationConfig inMemory() {
        return OrganizationConfig.inMemory(CONTOSO, Path.of("")).virtualFrom(OrganizationConfig.START);
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(organization.shutDown().threads()).as("threads left").isEmpty();
    }

    private Map<String, Object> tell(String kind, String name, String verb, String... query) throws Exception {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (int i = 0; i < query.length; i += 2) {
            parameters.add(Map.entry(query[i], query[i + 1]));
        }
        return client.tell(kind, name, verb, parameters, new byte[0]);
    }

    private Map<String, Object> send(String... to) throws Exception {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        parameters.add(Map.entry("from", "anna@contoso.test"));
        for (String address : to) {
            parameters.add(Map.entry("to", address));
        }
        return client.tell(
                "servers", "BER-HT1", "send", parameters, "Subject: hi\n\nhello\n".getBytes(StandardCharsets.UTF_8));
    }

    private List<?> messages(String address) throws Exception {
        return (List<?>) AdminClient.fields(client.show("mailboxes", address)).get("messages");
    }

    @Test
    void mailboxesTellWhatArrivedAndByWhichWay() throws Exception {
        start(inMemory());
        send("mia@contoso.test", "pat@fabrikam.test");
        tell("clock", "time", "settle");

        Map<String, Object> mail = AdminClient.fields(messages("mia@contoso.test").get(0));
        assertThat(mail).containsEntry("path", List.of("BER-HT1", "MUC-HT1")).containsEntry("sites", List.of("Berlin", "Munich"));
        assertThat(messages("pat@fabrikam.test")).hasSize(1);
        assertThat(client.list("mailboxes", List.of()).toString()).contains("address=anna@contoso.test");
        try (InputStream octets = URI.create("http://" + server.address() + "/v1/mailboxes/mia@contoso.test/0")
                .toURL()
                .openStream()) {
            assertThat(new String(octets.readAllBytes(), StandardCharsets.UTF_8)).endsWith("\r\n\r\nhello\r\n");
        }
        assertThatThrownBy(() -> messages("nobody@contoso.test")).hasMessageContaining("nobody@contoso.test");
        assertThatThrownBy(() -> client.show("mailboxes", "mia@contoso.test\\1")).hasMessageContaining("has no message 1");
    }

    @Test
    void sessionsTellWhatWasSaid() throws Exception {
        start(inMemory());
        send("mia@contoso.test");

        Map<String, Object> session = AdminClient.fields(
                ((List<?>) client.list("sessions", List.of(Map.entry("server", "ber-ht1")))).get(0));
        assertThat(session).containsEntry("server", "BER-HT1").containsEntry("identity", "");
        assertThat(session.get("mails").toString()).contains("to=mia@contoso.test").contains("bcc=[mia@contoso.test]");
        assertThat(session.get("transcript").toString()).contains("C: RCPT TO:<mia@contoso.test>");
    }

    @Test
    void timeMovesAndFaultsAreCausedAndForgotten() throws Exception {
        start(inMemory());
        tell("sites", "munich", "cut");
        send("mia@contoso.test");
        assertThat(tell("clock", "time", "advance", "by", "1h")).containsEntry("now", "2026-01-05T09:00:00Z");
        assertThat(messages("mia@contoso.test")).isEmpty();
        tell("sites", "Munich", "mend");
        tell("links", "Berlin-Munich", "slow", "latency", "10s");
        tell("servers", "MUC-HT1", "reply", "at", "rcpt", "code", "451", "text", "4.3.0 not now", "times", "1");
        tell("clock", "time", "advance", "by", "1h");

        assertThat(messages("mia@contoso.test")).hasSize(1);
        tell("servers", "BER-HT1", "reply", "at", "mail", "disconnect", "0");
        assertThat(send("mia@contoso.test")).containsEntry("accepted", false);
        tell("servers", "BER-HT1", "clear");
        tell("servers", "BER-HT1", "fill");
        assertThat(send("mia@contoso.test").toString()).contains("4.3.1");
        tell("servers", "BER-HT1", "free");
        tell("servers", "internet", "reply", "at", "rcpt", "code", "550", "text", "5.1.1 nobody");
        send("pat@fabrikam.test");
        tell("clock", "time", "settle");
        assertThat(messages("anna@contoso.test")).hasSize(1);
    }

    @Test
    void whatMakesNoSenseIsRefusedWithAHint() throws Exception {
        start(OrganizationConfig.inMemory(CONTOSO, Path.of("")));

        assertThatThrownBy(() -> tell("clock", "time", "advance", "by", "1h")).hasMessageContaining("real time");
        assertThatThrownBy(() -> tell("clock", "time", "advance", "by", "soon")).hasMessageContaining("no duration");
        assertThatThrownBy(() -> tell("servers", "BER-HT1", "reply", "at", "rcpt")).hasMessageContaining("a code, or disconnect");
        assertThatThrownBy(() -> tell("servers", "BER-HT1", "reply", "at", "data", "address", "a@b.test", "code", "451"))
                .hasMessageContaining("at=mail and at=rcpt");
        assertThatThrownBy(() -> tell("servers", "BER-MBX1", "fill")).hasMessageContaining("no disk that can be filled");
        assertThat(organization.clock().isVirtual()).isFalse();
        assertThat(tell("clock", "time", "settle")).containsEntry("virtual", false);
    }

    @Test
    void realMailIsNobodysBusiness(@TempDir Path data) throws Exception {
        start(OrganizationConfig.inMemory(CONTOSO, Path.of("")).durable(data));

        assertThatThrownBy(() -> client.list("mailboxes", List.of())).hasMessageContaining("no kind mailboxes");
        assertThatThrownBy(() -> client.list("sessions", List.of())).hasMessageContaining("no kind sessions");
        assertThatThrownBy(() -> tell("servers", "BER-HT1", "reply", "at", "rcpt", "code", "451"))
                .hasMessageContaining("--memory");
        assertThat(organization.await(() -> true, Duration.ZERO)).isTrue();
    }
}
