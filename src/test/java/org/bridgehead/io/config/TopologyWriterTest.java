package org.bridgehead.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Group;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.topology.CertificateFiles;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Position;
import org.bridgehead.core.topology.ReplicationSettings;
import org.bridgehead.core.topology.ReplicationSettings.DialNumbers;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.TlsMode;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.core.topology.TransportRule;
import org.bridgehead.whatif.NetworkPlan;
import org.bridgehead.whatif.SyntheticTopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written reads back as it was. */
class TopologyWriterTest {
    private static final Path FIXTURES = Path.of("src", "test", "resources", "topologies");

    static List<Path> files() throws Exception {
        try (Stream<Path> shipped = Files.list(Path.of("topologies"))) {
            return Stream.concat(
                            shipped.filter(file -> file.toString().endsWith(".yaml"))
                                    .sorted(),
                            Stream.of(FIXTURES.resolve("contract.yaml"), Path.of("examples/rules/office.yaml")))
                    .toList();
        }
    }

    static void assertSame(Organization found, Organization wanted) {
        Topology is = found.topology();
        Topology was = wanted.topology();
        assertThat(is.settings()).isEqualTo(was.settings());
        assertThat(is.sites()).isEqualTo(was.sites());
        assertThat(is.links()).isEqualTo(was.links());
        assertThat(is.servers()).isEqualTo(was.servers());
        assertThat(is.sendConnectors()).isEqualTo(was.sendConnectors());
        assertThat(is.receiveConnectors()).isEqualTo(was.receiveConnectors());
        assertThat(is.internet()).isEqualTo(was.internet());
        assertThat(found.directory()).isEqualTo(wanted.directory());
    }

    private static void comesBack(Organization organization, Path folder) throws Exception {
        String text = TopologyWriter.text(organization, Remarks.of(List.of("by a test")));
        assertSame(TopologyFile.parse("written.yaml", text, folder).organization(), organization);
    }

    @ParameterizedTest
    @MethodSource("files")
    void filesComeBack(Path file) throws Exception {
        comesBack(
                TopologyFile.load(file).organization(),
                Optional.ofNullable(file.getParent()).orElseThrow());
    }

    @Test
    void generatedOnesComeBack() throws Exception {
        for (int seed = 1; seed <= 20; seed++) {
            NetworkPlan plan = new NetworkPlan(1 + seed * 3, Math.min(seed, 2.5), seed, 1 + seed % 3);
            Topology topology = SyntheticTopology.of(
                    plan, TopologyFile.settings("Net " + seed, "net.test", RoutingPolicy.EXCHANGE_2007));
            comesBack(new Organization(topology, DirectoryDefinition.EMPTY), Path.of(""));
        }
    }

    @Test
    void whatIsSaidOfTlsComesBack() throws Exception {
        String text = """
            bridgehead: 1
            organization: { name: T, certificateFile: all.pem, privateKeyFile: all.key, serverTls: required }
            sites: { A: {} }
            servers:
              H1: { site: A, roles: [hubTransport], certificateFile: h1.pem, privateKeyFile: h1.key }
            receiveConnectors:
              R: { server: H1, permissions: [users], tls: required }
            connectors:
              C: { addressSpaces: ['*'], sourceServers: [H1], dns: true, tls: verified, trustFile: trust.pem }
            """;
        Organization organization =
                TopologyFile.parse("t.yaml", text, Path.of("")).organization();
        Topology topology = organization.topology();
        assertThat(topology.settings().certificate()).contains(new CertificateFiles("all.pem", "all.key"));
        assertThat(topology.settings().serverTls()).contains(TlsMode.REQUIRED);
        assertThat(topology.server("H1").orElseThrow().certificate())
                .contains(new CertificateFiles("h1.pem", "h1.key"));
        assertThat(topology.sendConnectors().get("C").trustFile()).contains("trust.pem");
        comesBack(organization, Path.of(""));
    }

    @Test
    void whatIsSaidOfRecipientsComesBack() throws Exception {
        String text = """
            bridgehead: 1
            organization: { name: T, acceptedDomains: { t.test: authoritative } }
            sites: { A: {} }
            servers:
              H1: { site: A, roles: [hubTransport] }
              M1: { site: A, roles: [mailbox] }
            directory:
              recipients:
                ann: { type: mailbox, addresses: [ann@t.test], database: M1/SG1/DB1, maxReceiveSize: 1MB, maxSendSize: 2MB, maxRecipients: 3, acceptFrom: [all] }
                all: { type: group, addresses: [all@t.test], members: [ann], rejectFrom: [pat, x@y.test], reportTo: manager, manager: ann@t.test }
                dyn: { type: dynamicGroup, addresses: [dyn@t.test], filter: (cn=ann), reportTo: nobody, authenticatedOnly: true }
                pat: { type: contact, addresses: [pat@t.test], target: pat@x.test, acceptFrom: [ann], authenticatedOnly: true }
            """;
        Organization organization =
                TopologyFile.parse("t.yaml", text, Path.of("")).organization();
        List<DirectoryEntry> entries = organization.directory().recipients().stream()
                .map(RecipientDefinition::entry)
                .toList();
        Mailbox ann = (Mailbox) entries.get(0);
        assertThat(ann.maxReceiveSize()).hasValue(1 << 20);
        assertThat(ann.maxSendSize()).hasValue(2 << 20);
        assertThat(ann.maxRecipients()).hasValue(3);
        assertThat(entries)
                .extracting(DirectoryEntry::restrictions)
                .containsExactly(
                        new Restrictions(List.of("all"), List.of(), false),
                        new Restrictions(List.of(), List.of("pat", "x@y.test"), false),
                        Restrictions.AUTHENTICATED_ONLY,
                        new Restrictions(List.of("ann"), List.of(), true));
        assertThat(entries.subList(1, 3))
                .extracting(entry -> ((Group) entry).reportTo() + " " + ((Group) entry).manager())
                .containsExactly("MANAGER Optional[ann]", "NOBODY Optional.empty");
        comesBack(organization, Path.of(""));
    }

    @Test
    void rulesComeBack() throws Exception {
        String text = """
            bridgehead: 1
            organization: { name: T, acceptedDomains: { t.test: authoritative } }
            sites: { A: {} }
            servers: { M1: { site: A, roles: [mailbox] } }
            rules:
              Z: { from: ["*@X.test"], to: [a@t.test], subject: [a, b], largerThan: 1MB, reject: "no: never", status: 5.7.900 }
              B: { memberOf: [All], except: { memberOf: [all], from: [b@x.test], largerThan: 0 }, redirect: a@t.test }
              A: { addRecipient: a@t.test }
            directory:
              recipients:
                all: { type: group, addresses: [all@t.test], members: [] }
            """;
        Organization organization =
                TopologyFile.parse("t.yaml", text, Path.of("")).organization();
        List<TransportRule> rules = organization.topology().settings().rules();
        assertThat(rules).extracting(TransportRule::name).containsExactly("Z", "B", "A");
        assertThat(rules.get(0).when().from()).containsExactly("*@x.test");
        assertThat(rules.get(1).when().memberOf()).containsExactly("all");
        assertThat(rules.get(1).except().largerThan()).hasValue(0);
        assertThat(rules.get(0).action())
                .isEqualTo(new TransportRule.Reject(EnhancedStatus.of("5.7.900"), "no: never"));
        comesBack(organization, Path.of(""));
    }

    @Test
    void whatIsSaidOfReplicationComesBack() throws Exception {
        String text = """
            bridgehead: 1
            organization: { name: T, dumpster: { maxTime: 3d, marginBefore: 2h, marginAfter: 0 } }
            sites: { A: {} }
            servers:
              H1: { site: A, roles: [hubTransport] }
              M1: { site: A, roles: [mailbox], replication: ccr, nodes: { N1: {}, N2: {} }, witness: H1,
                    mountDial: goodAvailability, mountDialNumbers: 2010, forcedMountAfter: 2h, logSize: 64KB, replayLag: 1d }
              M2: { site: A, roles: [mailbox], replication: ccr, nodes: { N3: {}, N4: {} }, maxMissingLogs: 9 }
            """;
        Organization organization =
                TopologyFile.parse("t.yaml", text, Path.of("")).organization();
        Topology topology = organization.topology();
        assertThat(topology.settings().dumpster())
                .isEqualTo(new DumpsterSettings(18 << 20, Duration.ofDays(3), Duration.ofHours(2), Duration.ZERO));
        MailboxRole first = topology.server("M1").flatMap(Server::mailbox).orElseThrow();
        assertThat(first.settings())
                .isEqualTo(new ReplicationSettings(
                        64 << 10,
                        DialNumbers.EXCHANGE_2010,
                        Optional.empty(),
                        Optional.of(Duration.ofHours(2)),
                        Duration.ofDays(1)));
        assertThat(first.allowedMissingLogs()).isEqualTo(6);
        MailboxRole second = topology.server("M2").flatMap(Server::mailbox).orElseThrow();
        assertThat(second.allowedMissingLogs()).isEqualTo(9);
        assertThat(second.settings().logSize()).isEqualTo(1 << 20);
        comesBack(organization, Path.of(""));
    }

    @Test
    void aCertificateWithoutItsKeyIsAMistake() {
        assertThatThrownBy(() -> TopologyFile.parse("t.yaml", """
                bridgehead: 1
                organization: { name: T, certificateFile: all.pem }
                sites: { A: {} }
                servers: { M1: { site: A, roles: [mailbox], privateKeyFile: m1.key } }
                """, Path.of("")))
                .isInstanceOfSatisfying(
                        TopologyFileException.class,
                        e -> assertThat(e.problems())
                                .anySatisfy(p -> assertThat(p.toString())
                                        .contains(
                                                "organization.certificateFile", "go together", "write privateKeyFile"))
                                .anySatisfy(p -> assertThat(p.toString())
                                        .contains("servers.M1.privateKeyFile", "only a hub or edge transport server")));
    }

    @Test
    void namesThatMeanSomethingInYamlComeBack() throws Exception {
        List<String> names = List.of("No", "1e3", "a: b", "x #y", "東京", "null", "[x]", "~", "12:30", "C:\\x", "\"q\"");
        Topology topology = Topology.of(
                TopologyFile.settings("yes", "t.test", RoutingPolicy.DEFAULT),
                names.stream().map(Site::of).toList(),
                List.of(SiteLink.of("true", names, 7)),
                List.of(Server.hub("1e3", "No"), Server.mailbox("null", "1e3")));
        comesBack(new Organization(topology, DirectoryDefinition.EMPTY), Path.of(""));
    }

    @Test
    void entriesAreAlignedWithRemarksBehindThem() {
        Topology topology = Topology.of(
                TopologyFile.settings("Small", "t.test", RoutingPolicy.DEFAULT),
                List.of(
                        new Site("Rome", true, List.of("10.1.0.0/16"), Optional.of(new Position(12.5, 41))),
                        Site.of("Berlin")),
                List.of(SiteLink.of("Berlin-Rome", List.of("Berlin", "Rome"), 20)),
                List.of(Server.edge("BER-EDGE1", "Berlin"), Server.hub("BER-HT1", "Berlin")));
        var behind = Names.<String>map();
        behind.put("site:Rome", "a guess\nof two lines");
        String text = TopologyWriter.text(
                new Organization(topology, DirectoryDefinition.EMPTY),
                new Remarks(List.of("Made by a test", ""), behind));
        assertThat(text).isEqualTo("""
                # Made by a test
                #

                bridgehead: 1

                organization:
                  name: Small
                  acceptedDomains: { t.test: authoritative }
                  routing: { metric: hops, relay: everySite, onFailure: hold }

                sites:
                  Berlin: {}
                  Rome:   { hubSite: true, subnets: [10.1.0.0/16], position: [12.5, 41] }   # a guess of two lines

                siteLinks:
                  Berlin-Rome: { sites: [Berlin, Rome], cost: 20 }

                servers:
                  BER-EDGE1: { roles: [edgeTransport], subscribedSite: Berlin }
                  BER-HT1:   { site: Berlin, roles: [hubTransport] }
                """);
    }
}
