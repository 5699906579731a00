package org.bridgehead.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bad files: every mistake is reported in one go, at its place, with what would be right. Longer than most files: a table
 * of mistakes.
 */
class TopologyFileTest {
    private static final Path BROKEN = Path.of("src/test/resources/topologies/broken.yaml");

    private static List<Problem> problems(String text) {
        TopologyFileException refused = catchThrowableOfType(
                TopologyFileException.class, () -> TopologyFile.parse("t.yaml", text, Path.of("")));
        assertThat(refused).as(text).isNotNull();
        return refused.problems();
    }

    @Test
    void tenMistakesAreTenProblemsEachAtItsPlace() {
        TopologyFileException refused =
                catchThrowableOfType(TopologyFileException.class, () -> TopologyFile.load(BROKEN));

        assertThat(refused.problems())
                .extracting(p -> p.line() + ":" + p.column() + " " + p.keyPath())
                .containsExactly(
                        "5:36 organization.acceptedDomains.\"contoso.test\"",
                        "6:14 organization.routing.metrik",
                        "6:54 organization.routing.onFailure",
                        "8:22 sites.Berlin.hubSite",
                        "8:44 sites.Berlin.subnets[0]",
                        "10:3 sites.BERLIN",
                        "12:36 siteLinks.Berlin-Munich.sites[1]",
                        "12:50 siteLinks.Berlin-Munich.cost",
                        "14:35 servers.BER-HT1.roles",
                        "16:31 connectors.Internet.addressSpaces[0]");
        assertThat(refused.problems()).extracting(Problem::file).containsOnly(BROKEN.toString());
        assertThat(refused.getMessage().lines())
                .hasSize(10)
                .contains(
                        BROKEN + ":8:22: sites.Berlin.hubSite: expected true or false, found \"yes please\";"
                                + " write hubSite: true",
                        BROKEN + ":6:14: organization.routing.metrik: unknown key; did you mean metric?",
                        BROKEN + ":12:36: siteLinks.Berlin-Munich.sites[1]: there is no site \"Munch\";"
                                + " did you mean Munich?");
        assertThat(refused.illustrated()).hasLineCount(30);
    }

    private static final String GOOD = """
        bridgehead: 1
        organization: { name: T, acceptedDomains: { t.test: authoritative } }
        sites: { A: {}, B: {} }
        siteLinks: { AB: { sites: [A, B] } }
        servers:
          A-HT1: { site: A, roles: [hubTransport] }
          A-MBX1: { site: A, roles: [mailbox] }
          E1: { roles: [edgeTransport], subscribedSite: A }
        directory:
          recipients:
            ann: { type: mailbox, addresses: [ann@t.test], database: A-MBX1/SG1/DB1 }
        """;

    /** Text to replace in the good file, its replacement, and a part of the one problem's line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bridgehead: 1 | bridgehead: 2 | 1:13: bridgehead: expected format version 1, found \"2\"",
                "bridgehead: 1 | | the key bridgehead is missing; write bridgehead: 1",
                "name: T | naem: T | organization.naem: unknown key; did you mean name?",
                "name: T | name: T, name: U | 2:26: organization.name: used twice, first on line 2",
                "name: T | name: [T] | organization.name: expected the organisation's name, found a list",
                "name: T | limits: { maxMessageSize: -1 } | expected a size such as 10MB, 64KB or 65536, above 0",
                "name: T | limits: { maxHops: 0 } | expected a whole number from 1 to 500, found \"0\"",
                "name: T | retry: { interval: 10 } | expected a duration such as 15s, 5m, 12h or 7d, above 0, found",
                "name: T | routing: { metric: hop } | expected hops or cost, found \"hop\"; did you mean hops?",
                "name: T | routing: { preset: exchange2007, onFailure: reroute } | reroute needs relay everySite",
                "name: T | routing: { onFailure: reroute, connectivity: anyPath } | the network goes round failures",
                "name: T | routing: { backOff: byHalves } | expected hopByHop or binary",
                "name: T | connections: 7 | expected a map with the keys maxOutbound, maxPerNextHop",
                "name: T | dumpster: { maxSizePerStorageGroup: 18XB } | found \"18XB\"",
                "name: T | dumpster: { marginBefore: -1h } | organization.dumpster.marginBefore: expected a duration",
                "t.test: auth | t..test: auth | not a domain name",
                "sites: { A: {}, B: {} } | sites: {} | there is no site",
                "A: {}, | A: [], | sites.A: expected a map with the keys hubSite, subnets, position, found a list",
                "A: {}, | A: { subnets: [10.1.0.0/16] }, C: { subnets: [10.1.0.0/16] }, | already belongs to A",
                "A: {}, | A: { position: 13.4 }, | expected a list of two numbers",
                "A: {}, | A: { position: [13.4, north] }, | expected a number such as 13.4",
                "A: {}, | A: { position: [13.4] }, | expected two numbers, to the right and upwards, found 1",
                "A: {}, | A: { subnets: [10.1.0.256/24] }, | expected a subnet such as",
                "[A, B] | [A] | a site link joins two or more sites, found 1",
                "[A, B] | [A, a] | A stands in this link already",
                "sites: [A, B] | cost: 3 | the key sites is missing; write sites: [Berlin, Munich]",
                "[A, B] } | [A, B], cost: 100000 } | expected a whole number from 1 to 99999, found \"100000\"",
                "[A, B] } | [A, B], bandwidth: fast } | expected a bandwidth such as 10Mbit/s, above 0, found \"fast\"",
                "[A, B] } | [A, B], latency: -5ms } | expected a duration",
                "AB: {  | AB: { sites: [A, B] }, ab: { | siteLinks.ab: used twice, first on line 4",
                "site: A, roles: [hub | site: C, roles: [hub | there is no site \"C\"",
                "site: A, roles: [hub | roles: [hub | servers.A-HT1: the key site is missing; write site: Berlin",
                "[hubTransport] | [hubTransport, hubTransport] | the role stands here already",
                "[hubTransport] | [hub] | expected hubTransport, edgeTransport, mailbox",
                "[hubTransport] | [] | a server has at least one role",
                "[hubTransport] | [hubTransport], witness: A-HT1 | only a mailbox server has this",
                "[hubTransport] | [hubTransport], smtp: \"127.0.0.1:99999\" | expected host:port",
                "[hubTransport] | [hubTransport], subscribedSite: B | only an edge is subscribed to a site; write site",
                "[edgeTransport] | [edgeTransport], site: B | an edge stands in no site; write subscribedSite",
                "[edgeTransport] | [edgeTransport, mailbox] | an edge has no other role",
                "A-HT1: | A HT1: | cannot be a name here; use letters, digits and hyphens",
                "[mailbox] | [mailbox], replication: ccr | replication ccr has 2 node(s), found 0",
                "[mailbox] | [mailbox], nodes: { A-HT1: {} } | the name is already that of a server",
                "[mailbox] | [mailbox], nodes: { N: { lmtp: \"h:0\" } } | a real mailbox server has a port",
                "[mailbox] | [mailbox], nodes: { N: { lmtp: \"h:1\", smtp: \"h:2\" } } | already reached by lmtp",
                "[mailbox] | [mailbox], replication: ccr, witness: E1, nodes: { N: {}, M: {} } | E1 is not a hub",
                "[mailbox] | [mailbox], witness: A-HT1 | only ccr has a file share witness",
                "[mailbox] | [mailbox], storageGroups: { SG1: [] } | a storage group has at least one database",
                "[mailbox] | [mailbox], storageGroups: { SG1: [DB1, db1] } | the database stands here already",
                "[mailbox] | [mailbox], maxMissingLogs: 3 | 7:40: servers.A-MBX1.maxMissingLogs: only ccr mounts a copy",
                "[mailbox] | [mailbox], forcedMountAfter: 3h | only ccr mounts a copy that lacks logs by itself",
                "[mailbox] | [mailbox], replication: scc, nodes: { N: {}, M: {} }, replayLag: 1h | only lcr and ccr",
                "[mailbox] | [mailbox], logSize: 0 | expected a size such as 10MB, 64KB or 65536, above 0",
                "[mailbox] | [mailbox], logSize: 2GB | a log file has at most 1GB; the usual size is 1MB",
                "[mailbox] | [mailbox], replication: ccr, nodes: { N: {}, M: {} }, mountDialNumbers: 2013 | 2007 or 2010",
                "[mailbox] | [mailbox], replication: ccr, nodes: { N: {}, M: {} }, maxMissingLogs: -1 | from 0 to 1000000",
                "[mailbox] | [mailbox], replication: lcr, storageGroups: { SG1: [DB1, DB2] } | holds one database, found 2",
                "A-MBX1/SG1/DB1 | A-MBX1/SG2/DB1 | there is no storage group of A-MBX1 \"SG2\"; did you mean SG1?",
                "A-MBX1/SG1/DB1 | A-MBX1/SG1/DBX | there is no database in A-MBX1/SG1 \"DBX\"; did you mean DB1?",
                "A-MBX1/SG1/DB1 | A-HT1/SG1/DB1 | A-HT1 is no mailbox server",
                "A-MBX1/SG1/DB1 | A-MBX1 | expected SERVER/GROUP/DATABASE",
                "[ann@t.test] | [ann] | not an e-mail address",
                "[ann@t.test] | [] | a recipient has at least one address",
                "type: mailbox | type: postbox | expected mailbox, group, dynamicGroup or contact",
                "type: mailbox | type: mailbox, members: [ann] | members: a mailbox has no such setting",
                "type: mailbox | type: mailbox, forwardTo: nan@t.test | no recipient with this address, and its domain",
                "type: mailbox | type: mailbox, deliverAndForward: true | there is no forwardTo",
                "type: mailbox | type: mailbox, acceptFrom: [anm] | there is no recipient \"anm\"; did you mean ann?",
                "type: mailbox | type: mailbox, rejectFrom: [anm] | there is no recipient \"anm\"; did you mean ann?",
                "type: mailbox | type: mailbox, maxSendSize: 0 | expected a size such as 10MB, 64KB or 65536, above 0",
                "type: mailbox | type: mailbox, maxRecipients: 0 | from 1 to 1000000000",
                "type: mailbox | type: mailbox, manager: ann | manager: a mailbox has no such setting",
                "type: mailbox | type: mailbox, attributes: { a b: c } | not the name of an LDAP attribute",
            })
    void oneMistakeIsOneProblem(String good, String bad, String said) {
        String text = GOOD.replace(good, bad == null ? "" : bad);
        assertThat(text).isNotEqualTo(GOOD);

        assertThat(problems(text)).singleElement().asString().contains(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | a rule does one thing, found 0; write one of [reject, redirect, addRecipient, setHeader, disclaimer]",
                "{ reject: no, redirect: ann@t.test } | a rule does one thing, found 2",
                "{ redirect: ann@t.test, status: 5.7.1 } | only a rule that rejects has this",
                "{ reject: no, status: 4.7.1 } | expected an enhanced status of refusals such as 5.7.1",
                "{ reject: no, from: [ann] } | expected an address, or *@domain",
                "{ reject: no, memberOf: [anm] } | there is no recipient \"anm\"; did you mean ann?",
                "{ reject: no, except: { status: 5.7.1 } } | status",
                "{ addRecipient: nobody } | not an e-mail address",
                "{ setHeader: { 'X Y': z } } | not the name of a header field; use letters, digits and hyphens",
                "{ setHeader: { X-Y: \"a\\nb\" } } | expected one line of text",
                "{ reject: no, header: { 'X:': [z] } } | not the name of a header field",
                "{ reject: no, toMemberOf: [anm] } | there is no recipient \"anm\"; did you mean ann?",
            })
    void oneMistakeInARuleIsOneProblem(String rule, String said) {
        String text = GOOD + "rules:\n  R: " + rule + "\n";

        assertThat(problems(text)).singleElement().asString().contains(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | to is missing",
                "{ to: ann } | not an e-mail address",
                "{ to: ann@t.test, scope: all } | expected global, internal or external",
                "{ to: ann@t.test, memberOf: [anm] } | there is no recipient \"anm\"; did you mean ann?",
            })
    void oneMistakeInAJournalRuleIsOneProblem(String rule, String said) {
        assertThat(problems(GOOD + "journal:\n  J: " + rule + "\n"))
                .singleElement()
                .asString()
                .contains(said);
    }

    @Test
    void aServerHoldsFiftyGroupsAndFiftyDatabases() {
        StringBuilder groups = new StringBuilder("SG1: [DB1]");
        for (int i = 2; i <= 51; i++) {
            groups.append(", SG").append(i).append(": [DB").append(i).append(']');
        }
        assertThat(problems(GOOD.replace("[mailbox]", "[mailbox], storageGroups: {" + groups + "}")))
                .singleElement()
                .asString()
                .contains("at most 50 storage groups and 50 databases, found 51 and 51; use more servers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "g: { type: group, addresses: [g@t.test], members: [ann, bob] } | there is no recipient \"bob\"",
                "g: { type: group, addresses: [g@t.test], members: [an@t.test] } | did you mean ann@t.test?",
                "g: { type: group, addresses: [ANN@t.test], members: [] } | already that of ann, line 11",
                "g: { type: group, addresses: [g@t.test] } | the key members is missing",
                "g: { type: group, addresses: [g@t.test], members: [], expansionServer: E1 } | E1 is not a hub",
                "g: { type: dynamicGroup, addresses: [g@t.test], filter: (a=b } | expected an LDAP filter (RFC 4515)",
                "g: { type: contact, addresses: [g@t.test], target: g@t.test } | the contact points at itself",
                "g: { type: group, addresses: [g@t.test], members: [], reportTo: manager } | the key manager is missing",
                "g: { type: group, addresses: [g@t.test], members: [], reportTo: ann } | originator, manager or nobody",
                "g: { type: group, addresses: [g@t.test], members: [], manager: anm } | no recipient \"anm\"; did you",
                "ANN: { type: group, addresses: [g@t.test], members: [] } | recipients.ANN: used twice, first on line"
                        + " 11",
            })
    void aMistakeInAnotherRecipientIsOneProblem(String recipient, String said) {
        assertThat(problems(GOOD + "    " + recipient + "\n"))
                .singleElement()
                .asString()
                .contains(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connectors: { C: { sourceServers: [E1], dns: true } } | the key addressSpaces is missing",
                "connectors: { C: { addressSpaces: [], sourceServers: [E1], dns: true } } | found an empty list",
                "connectors: { C: { addressSpaces: ['*;101'], sourceServers: [E1], dns: true } } | cost 1 to 100",
                "connectors: { C: { addressSpaces: ['*'], sourceServers: [A-MBX1], dns: true } } | not a hub or edge",
                "connectors: { C: { addressSpaces: ['*'], sourceServers: [E1] } } | the connector has no way out",
                "connectors: { C: { addressSpaces: ['*'], sourceServers: [E1], dns: false } } | no way out",
                "connectors: { C: { addressSpaces: ['*'], sourceServers: [E1], dns: true, camel: x } } | already dns",
                "connectors: { C: { addressSpaces: ['*'], sourceServers: [E1], smartHosts: ['h:0'] } } | port above 0",
                "connectors: { C: { addressSpaces: ['*'], sourceServers: [E1], dns: true, tls: yes } } | opportunistic",
                "connectors: { C: { addressSpaces: ['*'], sourceServers: [E1], dns: true, tls: required, trustFile: x } }"
                        + " | nobody's certificate is judged under tls: required; write tls: verified",
                "receiveConnectors: { R: { bind: '127.0.0.1:0' } } | the key server is missing; write server: BER-HT1",
                "receiveConnectors: { R: { server: E1, remoteRanges: [10.0.0.0/33] } } | expected an address range",
                "receiveConnectors: { R: { server: E1, permissions: [all] } } | expected anonymous, users or servers",
                "receiveConnectors: { R: { server: E1, tls: verified } } | expected none, opportunistic or required",
                "internet: { 'a b': {} } | not a domain name",
                "internet: { f.test: { mx: ['-'] } } | expected a host name such as mx1, found \"-\"",
            })
    void aMistakeInAnotherSectionIsOneProblem(String section, String said) {
        assertThat(problems(GOOD + section + "\n")).singleElement().asString().contains(said);
    }

    @Test
    void whatIsNoYamlIsReportedWithItsPlace() {
        assertThat(problems("bridgehead: 1\nsites: { A: [ }\n"))
                .singleElement()
                .satisfies(p -> assertThat(p.line()).isEqualTo(2))
                .asString()
                .contains("not YAML");
        assertThat(problems("a: \u0001\n"))
                .singleElement()
                .asString()
                .contains("1:4")
                .contains("U+0001");
        assertThat(problems("")).singleElement().asString().contains("the file is empty");
        assertThat(problems("- 1\n")).singleElement().asString().contains("found a list");
        assertThat(problems("a: 1\n---\nb: 2\n")).singleElement().asString().contains("2:1");
        assertThat(problems("[".repeat(50_000)))
                .singleElement()
                .asString()
                .contains("1:101")
                .contains("nested deeper");
        assertThat(problems("&a [*a]")).isNotEmpty();
    }

    @Test
    void bytesThatAreNotUtf8AreReportedWithTheirPlace(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("latin1.yaml");
        Files.write(file, "bridgehead: 1\nsites: { Köln: {} }\n".getBytes(StandardCharsets.ISO_8859_1));

        TopologyFileException refused =
                catchThrowableOfType(TopologyFileException.class, () -> TopologyFile.load(file));

        assertThat(refused.problems()).singleElement().asString().contains(":2:11: (file): not UTF-8");
    }

    @Test
    void missingSectionsAreReportedTogether() {
        assertThat(problems("connectors: {}\n"))
                .extracting(Problem::message)
                .containsExactly(
                        "the key bridgehead is missing", "the key organization is missing", "the key sites is missing");
    }

    @Test
    void aMissingLdifFileIsAProblemAndAMissingSecretAWarning() throws Exception {
        assertThat(problems(GOOD + "  ldif: [nowhere.ldif]\n"))
                .singleElement()
                .asString()
                .contains("directory.ldif[0]: there is no file nowhere.ldif");
        LoadedTopology loaded = TopologyFile.parse(
                "t.yaml",
                GOOD + "connectors: { C: { addressSpaces: ['*'], sourceServers: [E1], dns: true,"
                        + " auth: { user: u, passwordFile: nowhere } } }\n",
                Path.of(""));
        assertThat(loaded.warnings())
                .singleElement()
                .asString()
                .contains("connectors.C.auth.passwordFile: there is no file nowhere");
    }

    @Test
    void aServerWithoutSiteStandsInTheSubnetOfItsAddress() throws Exception {
        String text = GOOD.replace("A: {},", "A: { subnets: [10.1.0.0/16, 10.1.2.0/24] },")
                .replace("B: {}", "B: { subnets: [10.1.3.0/24] }");
        LoadedTopology loaded = TopologyFile.parse(
                "t.yaml", text.replace("site: A, roles: [hub", "smtp: \"10.1.3.9:25\", roles: [hub"), Path.of(""));
        assertThat(loaded.organization()
                        .topology()
                        .server("A-HT1")
                        .orElseThrow()
                        .site())
                .contains("B");
        assertThat(loaded.warnings())
                .singleElement()
                .asString()
                .contains("servers.A-HT1: placed in B by its address; write site: B if it stands there");

        assertThat(problems(text.replace("site: A, roles: [hub", "smtp: \"10.2.0.1:25\", roles: [hub")))
                .singleElement()
                .asString()
                .contains("servers.A-HT1: the key site is missing");
    }

    @Test
    void backOffUnderEverySiteIsAWarning() throws Exception {
        assertThat(TopologyFile.parse(
                                "t", GOOD.replace("name: T", "name: T, routing: { backOff: binary }"), Path.of(""))
                        .warnings())
                .singleElement()
                .asString()
                .contains("organization.routing.backOff: back-off belongs to relay direct, and here it is everySite");
    }

    @Test
    void aByteOrderMarkAndWindowsLinesAreFine(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("windows.yaml");
        Files.writeString(file, "\uFEFF" + GOOD.replace("\n", "\r\n"));

        assertThat(TopologyFile.load(file).organization().topology().sites()).containsOnlyKeys("A", "B");
    }
}
