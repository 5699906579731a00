package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules and journals of {@code examples/rules/office.yaml} on real connections: who gets which octets. */
class RulesAtWorkTest {
    @TempDir
    Path folder;

    private MailOrganization org;

    @BeforeEach
    void start() throws Exception {
        LoadedTopology loaded = TopologyFile.load(Path.of("examples/rules/office.yaml"));
        org = MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), folder)
                .virtualFrom(Instant.parse("2007-03-01T08:00:00Z")));
    }

    @AfterEach
    void stop() {
        org.close();
    }

    private void send(String from, String header, String... to) {
        byte[] octets = (header + "Subject: Notes\r\n\r\nAs agreed.\r\n").getBytes(StandardCharsets.US_ASCII);
        SendResult sent = org.send(mail -> mail.from(from).to(to).octets(octets).via("S-HT1"));
        assertThat(sent.accepted()).isTrue();
        org.clock().runUntilIdle();
    }

    private static String text(ReceivedMail mail) {
        return new String(mail.octets(), StandardCharsets.UTF_8);
    }

    private static MimeMessage parsed(ReceivedMail mail) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail.octets()));
    }

    private List<ReceivedMail> mail(String address) {
        return org.mailbox(address).messages();
    }

    @Test
    void fieldsAreSetForThoseWhomTheRuleIsAbout() {
        send("carl@office.test", "X-Mine: 1\r\n", "anna@office.test", "mia@office.test");
        assertThat(text(mail("anna@office.test").get(0)))
                .contains("X-For: board\r\n", "Importance: high\r\n")
                .endsWith("X-Mine: 1\r\nSubject: Notes\r\n\r\nAs agreed.\r\n");
        assertThat(text(mail("mia@office.test").get(0))).doesNotContain("X-For");
    }

    @Test
    void outsideHearsWhoWeAre() throws Exception {
        send("mia@office.test", "", "friend@fabrikam.test", "bert@office.test");
        MimeMultipart parts = (MimeMultipart)
                parsed(org.internet("friend@fabrikam.test").messages().get(0)).getContent();
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo("As agreed.\r\n");
        assertThat((String) parts.getBodyPart(1).getContent()).startsWith("Office, North Street 1.");
        assertThat(text(mail("bert@office.test").get(0))).endsWith("Subject: Notes\r\n\r\nAs agreed.\r\n");
        assertThat(mail("archive@office.test")).isEmpty();
    }

    @Test
    void whatTheBoardGetsAndWritesIsOnRecordOnce() throws Exception {
        send("carl@office.test", "", "anna@office.test", "mia@office.test");
        send("ceo@office.test", "", "carl@office.test");
        List<ReceivedMail> records = mail("archive@office.test");
        assertThat(records).hasSize(2).allSatisfy(record -> {
            MimeMessage report = parsed(record);
            assertThat(report.getHeader("X-MS-Journal-Report")).isNotNull();
            assertThat(report.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        });
        MimeMultipart first = (MimeMultipart) parsed(records.get(0)).getContent();
        assertThat(((String) first.getBodyPart(0).getContent()).lines())
                .contains("Sender: carl@office.test", "Subject: Notes", "Recipient: anna@office.test")
                .doesNotContain("Recipient: mia@office.test");
        MimeMessage inside = (MimeMessage) first.getBodyPart(1).getContent();
        assertThat(inside.getHeader("X-For")).as("as anna got it").containsExactly("board");
        assertThat(text(records.get(1))).contains("Sender: ceo@office.test\r\n", "Recipient: carl@office.test\r\n");
        assertThat(org.tracking().events())
                .filteredOn(event ->
                        event.source() == TrackingEvent.Source.AGENT && event.event() == TrackingEvent.Kind.TRANSFER)
                .extracting(TrackingEvent::reason)
                .containsExactlyInAnyOrder(
                        "a copy changed by For the board and on record for Board", "a copy on record for Board");
    }

    @Test
    void aFieldOfTheSenderKeepsMailInside() {
        send("mia@office.test", "X-Class: Internal only\r\n", "friend@fabrikam.test", "bert@office.test");
        assertThat(org.internet("friend@fabrikam.test").messages()).isEmpty();
        assertThat(mail("bert@office.test")).hasSize(1);
        assertThat(text(mail("mia@office.test").get(0))).contains("that is not for outside");
    }
}
