package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.smtp.SendConfig;
import org.bridgehead.core.smtp.SendConfig.Credentials;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.net.BodySource;
import org.bridgehead.io.net.SmtpConnection;
import org.bridgehead.io.net.SmtpConnection.ConnectResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may send to whom by which door (DECISIONS 3.1), over real sockets; and that forged credentials gain nothing. */
class RelayTableTest {
    private static final String SECRET = "correct horse battery staple";

    /** The columns of the table: one recipient for each type of domain. */
    private static final String[] RECIPIENTS = {
        "anna@contoso.test",
        "nobody@contoso.test",
        "somebody@internal.test",
        "somebody@external.test",
        "x@fabrikam.test"
    };

    /** Door, peer, the reply to each recipient; one reply = that to MAIL. */
    private static final String[][] TABLE = {
        {"edge", "anonymous", "250", "550 5.1.1", "250", "250", "550 5.7.1"},
        {"edge", "user", "AUTH 5"},
        {"edge", "server", "250", "250", "250", "250", "250"},
        {"hub", "anonymous", "530 5.7.1"},
        {"hub", "user", "250", "250", "250", "250", "250"},
        {"hub", "server", "250", "250", "250", "250", "250"},
        {"Open", "anonymous", "250", "550 5.1.1", "250", "250", "550 5.7.1"},
        {"People", "anonymous", "530 5.7.1"},
        {"People", "user", "250", "250", "250", "250", "250"},
        {"People", "server", "530 5.7.1"},
        {"Servers", "anonymous", "530 5.7.1"},
        {"Servers", "server", "250", "250", "250", "250", "250"},
        {"Elsewhere", "anonymous", "closed"},
    };

    @TempDir
    static Path folder;

    private static MailOrganization org;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(folder.resolve("secret"), SECRET + "\n");
        Path file = folder.resolve("topology.yaml");
        Files.writeString(file, """
            bridgehead: 1
            organization:
              name: Contoso
              secretFile: secret
              acceptedDomains: { contoso.test: authoritative, internal.test: internalRelay, external.test: externalRelay }
            sites: { Berlin: {} }
            servers:
              BER-EDGE1: { roles: [edgeTransport], subscribedSite: Berlin }
              BER-HT1: { site: Berlin, roles: [hubTransport] }
              BER-MBX1: { site: Berlin, roles: [mailbox] }
            receiveConnectors:
              Open: { server: BER-HT1, bind: "127.0.0.1:0", permissions: [anonymous] }
              People: { server: BER-HT1, bind: "127.0.0.1:0", permissions: [users] }
              Servers: { server: BER-HT1, bind: "127.0.0.1:0", permissions: [servers] }
              Elsewhere: { server: BER-HT1, bind: "127.0.0.1:0", remoteRanges: [10.0.0.0/8], permissions: [anonymous] }
            connectors:
              Internet: { addressSpaces: ["SMTP:*;1"], sourceServers: [BER-EDGE1], dns: true }
            directory:
              recipients:
                anna: { type: mailbox, addresses: [anna@contoso.test], database: BER-MBX1/SG1/DB1, password: open sesame }
                board:
                  { type: group, addresses: [board@contoso.test], members: [anna], authenticatedOnly: true }
            """);
        LoadedTopology loaded = TopologyFile.load(file);
        org = MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), loaded.folder())
                .loopbackIsUser(false));
    }

    @AfterAll
    static void stop() {
        org.close();
    }

    private static InetSocketAddress door(String name) {
        return switch (name) {
            case "edge" -> org.server("BER-EDGE1").smtp();
            case "hub" -> org.server("BER-HT1").smtp();
            default -> {
                var at = org.receiveConnectors().get(name);
                yield new InetSocketAddress(at.host(), at.port());
            }
        };
    }

    @Test
    void theTableHolds() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (String[] row : TABLE) {
            List<String> got = row[1].equals("server") ? byServer(door(row[0])) : byHand(row[0], row[1]);
            for (int i = 2; i < row.length; i++) {
                if (got.size() != row.length - 2 || !got.get(i - 2).startsWith(row[i])) {
                    wrong.add(String.join(" ", row) + ": " + got);
                    break;
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<String> byHand(String door, String peer) throws Exception {
        try (Telnet telnet = new Telnet(door(door))) {
            boolean user = peer.equals("user");
            String entered = telnet.enter(user ? "anna@contoso.test" : "", "open sesame");
            if (entered.contains("(closed)")) {
                return List.of("closed");
            }
            if (user && !entered.startsWith("235")) {
                return List.of("AUTH " + entered);
            }
            String mail = telnet.say("MAIL FROM:<someone@client.test>");
            if (!mail.startsWith("250")) {
                return List.of(mail);
            }
            List<String> replies = new ArrayList<>();
            for (String recipient : RECIPIENTS) {
                replies.add(telnet.say("RCPT TO:<" + recipient + ">"));
            }
            return replies;
        }
    }

    /** As a server of the organisation; its outcomes as replies. */
    private static List<String> byServer(InetSocketAddress door) {
        SendConfig server = SendConfig.plain("BER-HT1", Protocol.SMTP)
                .with(new Credentials.Organization("BER-HT1", SECRET, SmtpConnection.newNonce(), Optional.empty()));
        ConnectResult result = SmtpConnection.connect(door, SmtpConnection.Settings.of(server));
        if (result instanceof ConnectResult.Refused refused) {
            return List.of(refused.why().reply());
        }
        try (SmtpConnection connection = ((ConnectResult.Connected) result).connection()) {
            Letter letter = Letter.of("relay", 10, RECIPIENTS);
            TransferState state = TransferState.fresh(Drivers.newTransportId(), Instant.now(), 10, Optional.empty());
            List<String> replies = new ArrayList<>();
            connection
                    .transmit(
                            new Outgoing(letter.envelope(), Optional.of(state), false, false),
                            BodySource.of(letter.octets()))
                    .forEach(outcome -> replies.add(outcome.match(
                            delivered -> "250 " + delivered,
                            deferred -> deferred.toString(),
                            bounced -> bounced.reply(),
                            unknown -> unknown.toString())));
            return replies.stream().distinct().count() == 1 && !replies.get(0).startsWith("250")
                    ? replies.subList(0, 1)
                    : replies;
        }
    }

    @Test
    void aPasswordIsNeededWhereUsersAreAsked() throws Exception {
        try (Telnet telnet = new Telnet(door("hub"))) {
            assertThat(telnet.enter("anna@contoso.test", "anna@contoso.test")).startsWith("535 5.7.8");
            assertThat(telnet.say("MAIL FROM:<anna@contoso.test>")).startsWith("530 5.7.1");
        }
        try (Telnet telnet = new Telnet(door("edge"))) {
            assertThat(telnet.say("EHLO client.test")).doesNotContain("PLAIN").doesNotContain("XBRIDGEHEAD");
        }
    }

    @Test
    void aForgedTransferStateIsRefused() throws Exception {
        String xstate = "XSTATE id=0123456789abcdef0123456789abcdef auth=postmaster flags=resolved,expanded";
        for (String door : List.of("edge", "hub", "Open", "People", "Servers")) {
            for (String user : List.of("", "anna@contoso.test")) {
                try (Telnet telnet = new Telnet(door(door))) {
                    String entered = telnet.enter(user, "open sesame");
                    assertThat(entered).doesNotContain("XBRIDGEHEAD");
                    assertThat(telnet.say(xstate)).as(door + " " + user).startsWith("550 5.7.1");
                    assertThat(telnet.say("EHLO XBRIDGEHEAD")).doesNotContain("XBRIDGEHEAD\n");
                    assertThat(telnet.say(xstate)).as(door + " " + user).startsWith("550 5.7.1");
                }
            }
        }
    }

    @Test
    void anotherSecretOpensNothing() {
        SendConfig forged = SendConfig.plain("BER-HT1", Protocol.SMTP)
                .with(new Credentials.Organization(
                        "BER-HT1", "some other secret, as long", SmtpConnection.newNonce(), Optional.empty()));
        assertThat(SmtpConnection.connect(door("hub"), SmtpConnection.Settings.of(forged)))
                .isNotInstanceOf(ConnectResult.Connected.class);
    }

    /** Fields that look internal are content: a group for members only stays closed, and the message arrives as it was. */
    @Test
    void forgedHeadersGainNothing() throws Exception {
        String message = "Received: from BER-HT9 by BER-HT8 (Bridgehead; site Berlin) with ESMTPA id 7;\r\n"
                + "\tMon, 1 Jan 2007 00:00:00 +0000\r\n"
                + "X-Bridgehead-Id: 0123456789abcdef0123456789abcdef\r\n"
                + "X-MS-Exchange-Organization-AuthAs: Internal\r\n"
                + "XSTATE: auth=postmaster\r\n"
                + "Message-ID: <forged@client.test>\r\n"
                + "Subject: let me in\r\n\r\nplease";
        try (Telnet telnet = new Telnet(door("edge"))) {
            telnet.enter("", "");
            assertThat(telnet.say("MAIL FROM:<anna@contoso.test>")).startsWith("250");
            assertThat(telnet.say("RCPT TO:<board@contoso.test>")).startsWith("250");
            assertThat(telnet.say("RCPT TO:<anna@contoso.test>")).startsWith("250");
            assertThat(telnet.data(message)).startsWith("250");
        }
        MailboxHandle anna = org.mailbox("anna@contoso.test");
        // One copy for herself, and the report that the group refused the other: she was named as the sender.
        assertThat(org.await(() -> anna.messages().size() == 2, Duration.ofSeconds(20)))
                .isTrue();
        List<String> texts = anna.messages().stream()
                .map(mail -> new String(mail.octets(), StandardCharsets.US_ASCII))
                .toList();
        assertThat(texts).filteredOn(text -> text.endsWith(message + "\r\n")).hasSize(1);
        assertThat(texts)
                .filteredOn(text -> text.contains("multipart/report"))
                .hasSize(1)
                .allMatch(text -> text.contains("board@contoso.test") && text.contains("Status: 5.7.1"));
    }
}
