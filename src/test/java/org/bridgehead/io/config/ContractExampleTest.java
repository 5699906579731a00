package org.bridgehead.io.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.DynamicDistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.ConnectionLimits;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.InternetDomain;
import org.bridgehead.core.topology.Limits;
import org.bridgehead.core.topology.Login;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.MountDial;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.ReceiveConnector;
import org.bridgehead.core.topology.ReceiveConnector.Permission;
import org.bridgehead.core.topology.RetrySettings;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.StorageGroup;
import org.bridgehead.core.topology.TlsMode;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;

/** The example that documents the format: every key of it arrives in a core value. */
class ContractExampleTest {
    private static final Path FILE = Path.of("src/test/resources/topologies/contract.yaml");

    private static LoadedTopology loaded() throws Exception {
        return TopologyFile.load(FILE);
    }

    private static Topology topology() throws Exception {
        return loaded().organization().topology();
    }

    @Test
    void settingsArrive() throws Exception {
        Settings settings = topology().settings();

        assertThat(settings.name()).isEqualTo("Contoso");
        assertThat(settings.acceptedDomains())
                .containsExactly(
                        new AcceptedDomain("contoso.test", AcceptedDomain.Type.AUTHORITATIVE),
                        new AcceptedDomain("partner.test", AcceptedDomain.Type.INTERNAL_RELAY));
        assertThat(settings.routing())
                .as("what is written wins over the preset")
                .isEqualTo(RoutingPolicy.DEFAULT);
        assertThat(settings.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(settings.retry()).isEqualTo(RetrySettings.HUB);
        assertThat(settings.edgeRetry()).as("all intervals are written").isEqualTo(RetrySettings.HUB);
        assertThat(settings.connections()).isEqualTo(ConnectionLimits.DEFAULT);
        assertThat(settings.dumpster()).isEqualTo(DumpsterSettings.DEFAULT);
        assertThat(settings.secretFile()).contains("organization.secret");
    }

    @Test
    void sitesAndLinksArrive() throws Exception {
        assertThat(topology().sites().values())
                .containsExactly(new Site("Berlin", true, List.of("10.1.0.0/16")), Site.of("Munich"));
        assertThat(topology().links().values())
                .containsExactly(new SiteLink(
                        "Berlin-Munich",
                        List.of("Berlin", "Munich"),
                        100,
                        OptionalInt.of(20),
                        OptionalLong.of(5L << 20),
                        OptionalLong.of(10_000_000),
                        Optional.of(Duration.ofMillis(20))));
    }

    @Test
    void serversArrive() throws Exception {
        Topology topology = topology();

        assertThat(topology.servers())
                .containsOnlyKeys("BER-CAS1", "BER-DC1", "BER-EDGE1", "BER-HT1", "BER-MBX1", "BER-UM1");
        assertThat(topology.server("ber-ht1")).contains(Server.hub("BER-HT1", "Berlin"));
        assertThat(topology.server("BER-EDGE1")).contains(Server.edge("BER-EDGE1", "Berlin"));
        assertThat(topology.server("BER-DC1").flatMap(Server::ldap)).contains("ldap://127.0.0.1:389");
        assertThat(topology.serversOf("Berlin", Role.CLIENT_ACCESS)).hasSize(1);
        assertThat(topology.serversOf("Berlin", Role.UNIFIED_MESSAGING)).hasSize(1);
        assertThat(topology.server("BER-MBX1").flatMap(Server::mailbox))
                .contains(new MailboxRole(
                        Replication.CCR,
                        List.of(
                                new MailboxNode(
                                        "BER-MBX1A",
                                        Optional.of(new HostPort("127.0.0.1", 2403)),
                                        Optional.empty(),
                                        Optional.of(new HostPort("127.0.0.1", 1143)),
                                        Optional.empty(),
                                        Optional.empty()),
                                MailboxNode.embedded("BER-MBX1B")),
                        Optional.of("BER-HT1"),
                        MountDial.BEST_AVAILABILITY,
                        List.of(new StorageGroup("SG1", List.of("DB1")), new StorageGroup("SG2", List.of("DB2")))));
    }

    @Test
    void connectorsArrive() throws Exception {
        Topology topology = topology();

        assertThat(topology.receiveConnectors().get("Apps"))
                .isEqualTo(new ReceiveConnector(
                        "Apps",
                        "BER-HT1",
                        HostPort.LOOPBACK,
                        List.of("127.0.0.0/8"),
                        List.of(Permission.USERS),
                        TlsMode.OPPORTUNISTIC,
                        true,
                        OptionalInt.of(200),
                        OptionalLong.empty()));
        assertThat(topology.internet())
                .containsExactly(
                        new InternetDomain("fabrikam.test", List.of("mx1", "mx2")), new InternetDomain("*", List.of()));
        assertThat(topology.sendConnectors().get("Internet"))
                .isEqualTo(new SendConnector(
                        "Internet",
                        List.of(new AddressSpace("SMTP", "*", 1)),
                        List.of("BER-EDGE1"),
                        true,
                        List.of(),
                        Optional.empty(),
                        OptionalLong.of(10L << 20),
                        false,
                        true,
                        TlsMode.OPPORTUNISTIC,
                        Optional.empty()));
        assertThat(topology.sendConnectors().get("Partner").smartHosts())
                .containsExactly(new HostPort("127.0.0.1", 2626));
        SendConnector fax = topology.sendConnectors().get("Fax");
        assertThat(fax.addressSpaces()).containsExactly(new AddressSpace("FAX", "*", 1));
        assertThat(fax.camel()).contains("file:out/fax");
    }

    @Test
    void recipientsArrive() throws Exception {
        DirectoryDefinition directory = loaded().organization().directory();

        assertThat(directory.recipients())
                .extracting(r -> r.entry().name())
                .containsExactly("anna", "sales", "all", "pat", "bert", "team-north");
        assertThat(directory.recipients().get(0).entry())
                .isEqualTo(new Mailbox(
                        "anna",
                        List.of(EmailAddress.of("anna@contoso.test")),
                        new DatabaseRef("BER-MBX1", "SG1", "DB1"),
                        Optional.of(EmailAddress.of("bert@contoso.test")),
                        true,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalInt.empty(),
                        Restrictions.NONE));
        RecipientDefinition sales = directory.recipients().get(1);
        assertThat(sales.members()).containsExactly("anna", "team-north");
        assertThat(sales.entry())
                .isEqualTo(new DistributionGroup(
                        "sales",
                        List.of(EmailAddress.of("sales@contoso.test")),
                        Optional.of("BER-HT1"),
                        ReportTo.ORIGINATOR,
                        Optional.empty(),
                        new Restrictions(List.of("anna"), List.of(), false)));
        assertThat(directory.recipients().get(2).entry())
                .isInstanceOfSatisfying(
                        DynamicDistributionGroup.class,
                        all -> assertThat(all.filter()).isEqualTo("(department=Sales)"));
        assertThat(directory.recipients().get(3).entry())
                .isEqualTo(new Contact(
                        "pat", List.of(EmailAddress.of("pat@contoso.test")), EmailAddress.of("pat@fabrikam.test")));
        assertThat(directory.recipients().get(4).attributes()).containsEntry("DEPARTMENT", List.of("Sales"));
        assertThat(directory.ldif()).containsExactly("recipients.ldif");
        assertThat(directory.ldap())
                .contains(
                        new DirectoryDefinition.Ldap("DC=contoso,DC=test", Optional.of("CN=…"), Optional.of("secret")));
    }

    @Test
    void whatIsHeldOnlyIsSaid() throws Exception {
        assertThat(loaded().warnings())
                .extracting(Problem::keyPath)
                .containsExactly("directory.ldap", "directory.ldap.passwordFile");
        assertThat(loaded().warnings().get(0).message()).startsWith("held, not asked yet");
    }

    @Test
    void theKeysBeyondTheExampleArrive() throws Exception {
        String text = Files.readString(FILE)
                .replace(
                        "BER-MBX1B: {}",
                        "BER-MBX1B: { smtp: \"mail.test:26\", imap: \"[::1]:143\","
                                + " imapMasterUser: root, imapPasswordFile: secret }")
                .replace("permissions: [users]", "permissions: [anonymous, servers]")
                .replace("{ maxRecipients: 200 }", "{ maxMessageSize: 64KiB }")
                .replace(
                        "smartHosts: [\"127.0.0.1:2626\"]",
                        "smartHosts: [mail.test], tls: verified, scoped: true,"
                                + " enabled: false, auth: { user: u, passwordFile: secret }")
                .replace("deliverAndForward: true", "maxReceiveSize: 1GB, password: pw, authenticatedOnly: true");
        Topology topology =
                TopologyFile.parse("t", text, FILE.getParent()).organization().topology();

        assertThat(topology.server("BER-MBX1")
                        .flatMap(Server::mailbox)
                        .orElseThrow()
                        .nodes()
                        .get(1))
                .isEqualTo(new MailboxNode(
                        "BER-MBX1B",
                        Optional.empty(),
                        Optional.of(new HostPort("mail.test", 26)),
                        Optional.of(new HostPort("::1", 143)),
                        Optional.of("root"),
                        Optional.of("secret")));
        ReceiveConnector apps = topology.receiveConnectors().get("Apps");
        assertThat(apps.permissions()).containsExactly(Permission.ANONYMOUS, Permission.SERVERS);
        assertThat(apps.auth()).isFalse();
        assertThat(apps.maxMessageSize()).hasValue(65_536);
        SendConnector partner = topology.sendConnectors().get("Partner");
        assertThat(partner.smartHosts()).containsExactly(new HostPort("mail.test", 25));
        assertThat(partner.tls()).isEqualTo(TlsMode.VERIFIED);
        assertThat(partner.auth()).contains(new Login("u", "secret"));
        assertThat(partner.scoped()).isTrue();
        assertThat(partner.enabled()).isFalse();
    }

    @Test
    void edgesHaveTheirOwnIntervalsWhereNothingIsWritten() throws Exception {
        String start = "bridgehead: 1\nsites: { A: {} }\norganization: { retry: ";
        Settings plain = settings(start + "{} }\n");
        Settings written = settings(start + "{ transientInterval: 7m } }\n");

        assertThat(plain.retry()).isEqualTo(RetrySettings.HUB);
        assertThat(plain.edgeRetry().transientInterval()).isEqualTo(Duration.ofMinutes(10));
        assertThat(plain.edgeRetry().interval()).isEqualTo(Duration.ofMinutes(30));
        assertThat(written.edgeRetry().transientInterval()).isEqualTo(Duration.ofMinutes(7));
        assertThat(written.edgeRetry().interval()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void thePresetStandsForFourSettings() throws Exception {
        String start = "bridgehead: 1\nsites: { A: {} }\norganization: { routing: { preset: exchange2007";

        assertThat(settings(start + " } }\n").routing()).isEqualTo(RoutingPolicy.EXCHANGE_2007);
        assertThat(settings(start + ", relay: everySite, onFailure: reroute } }\n")
                        .routing())
                .isEqualTo(new RoutingPolicy(
                        RoutingPolicy.Metric.COST,
                        RoutingPolicy.Relay.EVERY_SITE,
                        RoutingPolicy.OnFailure.REROUTE,
                        RoutingPolicy.LoadBalancing.ROTATE));
        assertThat(settings(start + ", backOff: binary, connectivity: anyPath } }\n")
                        .routing())
                .isEqualTo(RoutingPolicy.EXCHANGE_2007
                        .with(RoutingPolicy.BackOff.BINARY)
                        .with(RoutingPolicy.Connectivity.ANY_PATH));
    }

    private static Settings settings(String text) throws Exception {
        return TopologyFile.parse("t", text, Path.of(""))
                .organization()
                .topology()
                .settings();
    }
}
