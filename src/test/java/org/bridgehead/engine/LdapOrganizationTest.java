package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ResultCode;
import jakarta.mail.Folder;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.ldap.ScriptedController;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An organisation whose people only the domain controllers know: DC1 and DC2 in Berlin. Virtual time. */
class LdapOrganizationTest {
    private static final String BASE = "DC=contoso,DC=test";
    private static final Duration LDAP_DOWN = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private ScriptedController dc1;
    private ScriptedController dc2;

    @BeforeEach
    void start() throws Exception {
        dc1 = new ScriptedController(BASE, entries());
        dc2 = new ScriptedController(BASE, entries());
    }

    @AfterEach
    void stop() {
        dc1.close();
        dc2.close();
    }

    private static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        entries.add(entry(BASE, "domain"));
        for (String name : List.of("anna", "bert", "cleo")) {
            Entry user = entry("CN=" + name + "," + BASE, "user");
            user.addAttribute("proxyAddresses", "SMTP:" + name + "@contoso.test");
            user.addAttribute("userPassword", name + "'s secret");
            entries.add(user);
        }
        entries.add(group("inner", "CN=bert," + BASE, "CN=cleo," + BASE));
        entries.add(group("outer", "CN=anna," + BASE, "CN=inner," + BASE, "CN=outer," + BASE));
        return entries;
    }

    private static Entry entry(String dn, String objectClass) {
        Entry entry = new Entry(dn);
        entry.addAttribute("objectClass", "top", objectClass);
        return entry;
    }

    private static Entry group(String name, String... members) {
        Entry entry = entry("CN=" + name + "," + BASE, "group");
        entry.addAttribute("mail", name + "@contoso.test");
        entry.addAttribute("member", members);
        return entry;
    }

    private MailOrganization organization(boolean loopbackIsUser) throws Exception {
        Path file = Files.writeString(folder.resolve("ldap.yaml"), """
                bridgehead: 1
                organization: { name: Contoso, acceptedDomains: { contoso.test: authoritative } }
                sites: { Berlin: {} }
                servers:
                  HT1: { site: Berlin, roles: [hubTransport] }
                  EDGE1: { roles: [edgeTransport], subscribedSite: Berlin }
                  MBX1: { site: Berlin, roles: [mailbox] }
                  DC1: { site: Berlin, roles: [domainController], ldap: "%s" }
                  DC2: { site: Berlin, roles: [domainController], ldap: "%s" }
                directory:
                  recipients:
                    dora: { type: mailbox, addresses: [dora@contoso.test], database: MBX1/SG1/DB1 }
                    mixed: { type: group, addresses: [mixed@contoso.test], members: [dora, "CN=bert,DC=contoso,DC=test"] }
                  ldap: { baseDn: "DC=contoso,DC=test", timeLimit: 2s, cacheTime: 0s, missTime: 0s }
                """.formatted(dc1.url(), dc2.url()));
        LoadedTopology loaded = TopologyFile.load(file);
        return MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), loaded.folder())
                .virtualFrom(Instant.parse("2026-03-01T09:00:00Z"))
                .loopbackIsUser(loopbackIsUser));
    }

    private static void send(MailOrganization org, String... to) {
        SendResult sent = org.send(
                mail -> mail.from("anna@contoso.test").to(to).subject("hi").via("HT1"));
        assertThat(sent.accepted()).as(sent.toString()).isTrue();
    }

    private static List<Integer> received(MailOrganization org, String... names) {
        return List.of(names).stream()
                .map(name -> org.mailbox(name + "@contoso.test").messages().size())
                .toList();
    }

    private static List<TrackingEvent> bounced(MailOrganization org) {
        return org.tracking().events().stream()
                .filter(event -> event.event() == TrackingEvent.Kind.FAIL || event.event() == TrackingEvent.Kind.DSN)
                .toList();
    }

    @Test
    void nestedGroupsOfTheDirectoryAndOfTheFileReachTheirMembersOnce() throws Exception {
        try (MailOrganization org = organization(true)) {
            send(org, "outer@contoso.test", "mixed@contoso.test");
            org.clock().runUntilIdle();

            assertThat(received(org, "anna", "bert", "cleo", "dora")).containsExactly(1, 1, 1, 1);
            assertThat(bounced(org)).isEmpty();
        }
    }

    @Test
    void whileTheDirectoryIsDownMailWaitsAndNothingBounces() throws Exception {
        try (MailOrganization org = organization(true)) {
            ScriptedController.Script dead = asked -> {
                asked.connection().close();
                return Optional.of(asked.done(ResultCode.SUCCESS));
            };
            dc1.script(dead);
            dc2.script(dead);
            send(org, "bert@contoso.test", "outer@contoso.test", "nobody@contoso.test");
            org.clock().advance(LDAP_DOWN);
            assertThat(bounced(org)).isEmpty();
            assertThat(org.tracking().events())
                    .filteredOn(event -> event.event() == TrackingEvent.Kind.DEFER)
                    .isNotEmpty()
                    .allMatch(event -> event.reason().contains("no domain controller answers"));

            dc1.honest();
            dc2.honest();
            org.clock().advance(Duration.ofMinutes(31));

            assertThat(received(org, "bert", "cleo")).containsExactly(1, 1);
            assertThat(bounced(org))
                    .extracting(TrackingEvent::recipients)
                    .as("who really does not exist")
                    .containsOnly(
                            List.of(EmailAddress.of("nobody@contoso.test")),
                            List.of(EmailAddress.of("anna@contoso.test")));
        }
    }

    @Test
    void oneControllerOfTwoIsEnough() throws Exception {
        try (MailOrganization org = organization(true)) {
            dc1.close();
            org.server("DC2").kill();
            assertThat(org.lookUp(EmailAddress.of("anna@contoso.test"))).isInstanceOf(Answer.Unavailable.class);
            assertThat(org.control().servers())
                    .filteredOn(server -> server.name().startsWith("DC"))
                    .allSatisfy(server -> assertThat(server.running()).isFalse())
                    .extracting(server -> server.trouble().orElse("killed"))
                    .satisfiesExactly(
                            why -> assertThat(why).contains("not asked until 2026-03-01T09:00:30Z: no connection"),
                            why -> assertThat(why).isEqualTo("killed"));

            org.server("dc2").start();
            for (int i = 0; i < 5; i++) {
                send(org, "outer@contoso.test");
            }
            org.clock().runUntilIdle();

            assertThat(received(org, "anna", "bert", "cleo")).containsExactly(5, 5, 5);
            assertThat(bounced(org)).isEmpty();
            assertThat(org.control().lookUps().orElseThrow().failures()).isEqualTo(1);
        }
    }

    @Test
    void strangersLearnWhoIsUnknownOnlyWhileSomebodyKnows() throws Exception {
        try (MailOrganization org = organization(true);
                Client client = new Client(org.server("EDGE1").smtp())) {
            client.say("EHLO stranger.test");
            client.say("MAIL FROM:<>");
            assertThat(client.say("RCPT TO:<bert@contoso.test>")).startsWith("250");
            assertThat(client.say("RCPT TO:<nobody@contoso.test>")).startsWith("550 5.1.1");
            assertThat(client.say("RCPT TO:<\"*)(objectClass=*\"@contoso.test>"))
                    .startsWith("550 5.1.1");
            assertThat(client.say("RCPT TO:<\"\\*\"@contoso.test>")).startsWith("550 5.1.1");
            assertThat(client.say("RCPT TO:<a\0b@contoso.test>")).startsWith("5");
        }
    }

    @Test
    void strangersAreNotTurnedAwayWhenNobodyKnows() throws Exception {
        try (MailOrganization org = organization(true);
                Client client = new Client(org.server("EDGE1").smtp())) {
            dc1.close();
            dc2.close();
            client.say("EHLO stranger.test");
            client.say("MAIL FROM:<>");
            assertThat(client.say("RCPT TO:<nobody@contoso.test>")).startsWith("250");
        }
    }

    @Test
    void peopleLogInWithTheirPasswordOfTheDirectory() throws Exception {
        try (MailOrganization org = organization(false)) {
            assertThat(login(org, "bert@contoso.test", "wrong")).startsWith("535 5.7.8");
            assertThat(login(org, "bert@contoso.test", "")).startsWith("535 5.7.8");
            assertThat(login(org, "nobody@contoso.test", "x")).startsWith("535 5.7.8");
            org.server("DC1").kill();
            org.server("DC2").kill();
            assertThat(login(org, "bert@contoso.test", "bert's secret")).startsWith("454 4.7.0");
            org.server("DC1").start();
            assertThat(login(org, "bert@contoso.test", "bert's secret")).startsWith("235");
            assertThat(login(org, "dora@contoso.test", "dora@contoso.test"))
                    .as("of the file")
                    .startsWith("235");
        }
    }

    private static String login(MailOrganization org, String user, String password) throws IOException {
        try (Client client = new Client(org.server("HT1").smtp())) {
            client.say("EHLO client.test");
            byte[] plain = ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
            return client.say("AUTH PLAIN " + Base64.getEncoder().encodeToString(plain));
        }
    }

    @Test
    void theirMailIsReadOverImap() throws Exception {
        try (MailOrganization org = organization(true)) {
            send(org, "bert@contoso.test");
            org.clock().runUntilIdle();
            InetSocketAddress imap = org.imap("MBX1");
            Store store = Session.getInstance(new Properties()).getStore("imap");
            store.connect("127.0.0.1", imap.getPort(), "bert@contoso.test", "bert's secret");
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            assertThat(inbox.getMessageCount()).isEqualTo(1);
            store.close();
        }
    }

    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Client(InetSocketAddress at) throws IOException {
            socket = new Socket(at.getAddress(), at.getPort());
            socket.setSoTimeout(10_000);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            reply();
        }

        String say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return reply();
        }

        private String reply() throws IOException {
            String line = in.readLine();
            while (line != null && line.length() > 3 && line.charAt(3) == '-') {
                line = in.readLine();
            }
            return String.valueOf(line);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
