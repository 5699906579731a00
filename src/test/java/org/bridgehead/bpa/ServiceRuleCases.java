package org.bridgehead.bpa;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.MountDial;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.StorageGroup;
import org.bridgehead.core.topology.Topology;

/**
 * Cases of the rules about mailbox servers, recipients and settings, by number. Longer than most files: a table, one entry
 * a rule.
 */
final class ServiceRuleCases {
    /** One site with a cluster, two hubs, and settings to be put in. */
    private static final String CLUSTER = """
        organization:
          name: Contoso
          acceptedDomains: { contoso.test: authoritative }
          limits: { maxMessageSize: 10MB }
          dumpster: { maxSizePerStorageGroup: SIZE, maxTime: TIME }
        sites: { Berlin: {}, Munich: {} }
        siteLinks: { Berlin-Munich: { sites: [Berlin, Munich] } }
        servers:
          BER-HT1: { site: Berlin, roles: [hubTransport] }
          BER-HT2: { site: Berlin, roles: [hubTransport] }
          MUC-HT1: { site: Munich, roles: [hubTransport] }
          BER-MBX1:
            site: Berlin
            roles: [mailbox]
            replication: ccr
            nodes: { BER-MBX1A: {}, BER-MBX1B: {} }
            witness: BER-HT1
        """;

    private static final String GROUPS = """
        organization: { name: Contoso, acceptedDomains: { contoso.test: authoritative } }
        sites: { Berlin: {}, Munich: {} }
        siteLinks: { Berlin-Munich: { sites: [Berlin, Munich] } }
        servers:
          BER-HT1: { site: Berlin, roles: [hubTransport] }
          MUC-HT1: { site: Munich, roles: [hubTransport] }
          BER-MBX1: { site: Berlin, roles: [mailbox] }
        directory:
          recipients:
            anna: { type: mailbox, addresses: [anna@contoso.test], database: BER-MBX1/SG1/DB1 }
            bert: { type: mailbox, addresses: [bert@contoso.test], database: BER-MBX1/SG1/DB1 }
        """;

    private static final String RECEIVE = """
        sites: { Berlin: {} }
        servers:
          BER-HT1: { site: Berlin, roles: [hubTransport], smtp: "127.0.0.1:2525" }
        receiveConnectors:
          Apps: { server: BER-HT1, bind: "127.0.0.1:2526", remoteRanges: [127.0.0.0/8], permissions: [users], auth: false }
        """;

    private static final String CONTROLLERS = """
        sites: { Berlin: {}, Munich: {}, Rome: {} }
        siteLinks:
          Berlin-Munich: { sites: [Berlin, Munich] }
          Munich-Rome: { sites: [Munich, Rome] }
        servers:
          BER-HT1: { site: Berlin, roles: [hubTransport] }
          BER-DC1: { site: Berlin, roles: [domainController] }
          ROM-HT1: { site: Rome, roles: [hubTransport] }
          ROM-DC1: { site: Rome, roles: [domainController] }
        """;

    static final List<RuleCase> ALL = Stream.of(
                    dumpster(), witness(), hubs(), expansion(), loops(), addresses(), doors(), settings(), fallback())
            .flatMap(List::stream)
            .toList();

    private ServiceRuleCases() {}

    private static String cluster(String size, String time) {
        return CLUSTER.replace("SIZE", size).replace("TIME", time);
    }

    private static RuleCase size(String trips, String... says) {
        return RuleCase.of("dumpster-size", cluster(trips, "7d"), cluster("15MB", "7d"), says);
    }

    private static List<RuleCase> dumpster() {
        return List.of(
                size("0", "organization.dumpster", "the dumpster is off"),
                size("9MB", "the largest are not kept at all", "15MB"),
                size("13MB", "10 MB (130 %)", "evicts nearly everything"),
                size("13.5MB", "(135 %)", "little is left"),
                size("31MB", "generous"),
                RuleCase.of("dumpster-size", cluster("15MB", "0"), cluster("30MB", "7d"), "the dumpster is off"),
                // Without a second copy the dumpster is not used, so its size is nobody's trouble.
                RuleCase.of(
                        "dumpster-size",
                        cluster("9MB", "7d"),
                        cluster("9MB", "7d")
                                .replace("    replication: ccr\n", "")
                                .replaceAll("    (nodes|witness): .*\n", ""),
                        "9 MB"),
                RuleCase.edit("dumpster-time", cluster("15MB", "36h"), "36h", "7d", "36h", "maxTime: 7d"));
    }

    private static List<RuleCase> witness() {
        String file = cluster("15MB", "7d");
        return List.of(
                RuleCase.of(
                        "ccr-witness",
                        file.replace("    witness: BER-HT1\n", ""),
                        file,
                        "server:BER-MBX1",
                        "losing either stops both"),
                RuleCase.of(
                        "ccr-witness",
                        file.replace("witness: BER-HT1", "witness: MUC-HT1"),
                        file,
                        "in Munich, not in Berlin"),
                RuleCase.of("ccr-witness", clustered("BER-MBX1A"), clustered("BER-HT1"), "on its own node"),
                RuleCase.of("ccr-witness", clustered("BER-MBX1"), clustered("BER-HT1"), "on its own node"),
                RuleCase.of("ccr-witness", clustered("BER-OLD"), clustered("BER-HT1"), "BER-OLD does not exist"),
                RuleCase.of("ccr-witness", clustered("BER-CAS1"), clustered("ber-ht1"), "BER-CAS1 is no hub"));
    }

    /** What a file cannot say: the reader refuses witnesses that are no hub. */
    private static Topology clustered(String witness) {
        MailboxRole role = new MailboxRole(
                Replication.CCR,
                List.of(MailboxNode.embedded("BER-MBX1A"), MailboxNode.embedded("BER-MBX1B")),
                Optional.of(witness),
                MountDial.BEST_AVAILABILITY,
                List.of(new StorageGroup("SG1", List.of("DB1"))));
        return Topology.of(
                Settings.of("Contoso", "contoso.test"),
                List.of(Site.of("Berlin")),
                List.of(),
                List.of(
                        Server.hub("BER-HT1", "Berlin"),
                        server("BER-CAS1", Role.CLIENT_ACCESS, Optional.empty()),
                        server("BER-MBX1", Role.MAILBOX, Optional.of(role))));
    }

    private static Server server(String name, Role role, Optional<MailboxRole> mailbox) {
        return new Server(
                name,
                Optional.of("Berlin"),
                List.of(role),
                HostPort.LOOPBACK,
                Optional.empty(),
                Optional.empty(),
                mailbox);
    }

    private static List<RuleCase> hubs() {
        String file = cluster("15MB", "7d");
        return List.of(
                RuleCase.of(
                        "ccr-site-hubs",
                        file.replace("  BER-HT2: { site: Berlin, roles: [hubTransport] }\n", ""),
                        file,
                        "site:Berlin",
                        "only one hub"),
                RuleCase.edit(
                        "ccr-site-hubs",
                        file.replace("roles: [mailbox]", "roles: [mailbox, hubTransport]"),
                        "roles: [mailbox, hubTransport]",
                        "roles: [mailbox]",
                        "server:BER-MBX1",
                        "excludes other roles"),
                RuleCase.edit(
                        "edge-subscription",
                        file + "  BER-EDGE1: { roles: [edgeTransport] }\n",
                        "[edgeTransport]",
                        "[edgeTransport], subscribedSite: Berlin",
                        "server:BER-EDGE1",
                        "subscribed to no site"),
                RuleCase.edit(
                        "edge-subscription",
                        "sites: { Berlin: {}, Bonn: {} }\nsiteLinks: { L: { sites: [Berlin, Bonn] } }\n"
                                + "servers:\n  HT1: { site: Berlin, roles: [hubTransport] }\n"
                                + "  EDGE1: { roles: [edgeTransport], subscribedSite: Bonn }\n",
                        "subscribedSite: Bonn",
                        "subscribedSite: Berlin",
                        "Bonn, which has no hub"));
    }

    private static List<RuleCase> expansion() {
        String file = GROUPS
                + "    team: { type: group, addresses: [team@contoso.test], members: [inner], expansionServer: MUC-HT1"
                + " }\n"
                + "    inner: { type: group, addresses: [inner@contoso.test], members: [anna] }\n";
        return List.of(
                RuleCase.edit(
                        "expansion-server",
                        file,
                        "MUC-HT1 }\n    inner",
                        "BER-HT1 }\n    inner",
                        "recipient:team",
                        "MUC-HT1 is in Munich",
                        "they are in Berlin"),
                people(
                        "expansion-server",
                        group("team", "OLD-HT9", "anna"),
                        group("team", "HT1", "anna"),
                        "does not exist"),
                people("expansion-server", group("team", "MBX1", "anna"), group("team", "ht1", "anna"), "is no hub"));
    }

    private static List<RuleCase> loops() {
        String cycle = GROUPS
                + "    one: { type: group, addresses: [one@contoso.test], members: [two, anna] }\n"
                + "    two: { type: group, addresses: [two@contoso.test], members: [bert, one] }\n";
        String forward = GROUPS.replace(
                "bert@contoso.test], database: BER-MBX1/SG1/DB1",
                "bert@contoso.test], database: BER-MBX1/SG1/DB1, forwardTo: anna@contoso.test");
        String circle = forward.replace(
                "anna@contoso.test], database: BER-MBX1/SG1/DB1",
                "anna@contoso.test], database: BER-MBX1/SG1/DB1, forwardTo: bert@contoso.test");
        String contact =
                GROUPS + "    pat: { type: contact, addresses: [pat@contoso.test], target: anna@contoso.test }\n";
        return List.of(
                RuleCase.edit(
                        "recipient-loops",
                        cycle,
                        "[bert, one]",
                        "[bert]",
                        "recipient:one",
                        "one@contoso.test > two@contoso.test > one@contoso.test"),
                RuleCase.of(
                        "recipient-loops",
                        circle,
                        forward,
                        "nobody keeps a copy: anna@contoso.test > bert@contoso.test > anna@contoso.test"),
                RuleCase.of(
                        "recipient-loops",
                        circle.replace("forwardTo: bert", "deliverAndForward: true, forwardTo: bert"),
                        forward,
                        "at most one copy"),
                RuleCase.edit(
                        "recipient-loops",
                        contact,
                        "target: anna@contoso.test",
                        "target: anna@fabrikam.test",
                        "pat@contoso.test > anna@contoso.test"),
                people(
                        "recipient-loops",
                        contact("pat", "nobody@contoso.test"),
                        contact("pat", "nobody@fabrikam.test"),
                        "whom nobody knows"));
    }

    private static List<RuleCase> addresses() {
        String groups = GROUPS + "    team: { type: group, addresses: [team@contoso.test], members: [inner] }\n"
                + "    inner: { type: group, addresses: [inner@contoso.test], members: [] }\n";
        return List.of(
                people(
                        "ambiguous-address",
                        contact("anna2", "x@fabrikam.test", "Anna@contoso.test"),
                        contact("anna2", "x@fabrikam.test"),
                        "anna@contoso.test",
                        "anna, anna2",
                        "5.1.4"),
                RuleCase.edit(
                        "group-members", groups, "members: []", "members: [anna]", "recipient:inner", "no member"),
                people("group-members", group("team", "HT1", "anna", "ghost"), group("team", "HT1", "anna"), "ghost"),
                RuleCase.edit(
                        "report-to-both",
                        GROUPS + "    team: { type: group, addresses: [team@contoso.test], members: [anna],"
                                + " attributes: { reportToOriginator: 'TRUE', reportToOwner: 'TRUE' } }\n",
                        "reportToOwner: 'TRUE'",
                        "reportToOwner: 'FALSE'",
                        "recipient:team",
                        "forbidden"),
                RuleCase.edit(
                        "rule-targets",
                        GROUPS + "journal: { All: { to: archive@contoso.test } }\n",
                        "to: archive@",
                        "to: anna@",
                        "journal.All",
                        "archive@contoso.test is no recipient here"),
                RuleCase.edit(
                        "rule-targets",
                        GROUPS + "rules: { All: { redirect: left@contoso.test } }\n",
                        "redirect: left@",
                        "redirect: anna@",
                        "rules.All"));
    }

    private static List<RuleCase> doors() {
        return List.of(
                RuleCase.of(
                        "receive-connector-access",
                        RECEIVE.replace("remoteRanges: [127.0.0.0/8], ", ""),
                        RECEIVE,
                        "receiveConnector:Apps",
                        "open relay"),
                RuleCase.of(
                        "receive-connector-access", RECEIVE.replace("127.0.0.0/8", "\"::/0\""), RECEIVE, "open relay"),
                RuleCase.of(
                        "receive-connector-access",
                        RECEIVE.replace("2526", "2525"),
                        RECEIVE,
                        "the default listener of BER-HT1",
                        "5.7.3"),
                RuleCase.of(
                        "receive-connector-access",
                        RECEIVE + "  Copiers: { server: BER-HT1, bind: \"0.0.0.0:2526\" }\n",
                        RECEIVE + "  Copiers: { server: BER-HT1, bind: \"0.0.0.0:2527\" }\n",
                        "receiveConnector:Copiers",
                        "receiveConnector:Apps of BER-HT1"),
                RuleCase.of(
                        "receive-connector-access",
                        RECEIVE.replace("auth: false", "auth: true, tls: none"),
                        RECEIVE.replace("auth: false", "auth: true"),
                        "without TLS no password"));
    }

    private static List<RuleCase> settings() {
        String retry = "organization: { name: Contoso, retry: { delayNotification: 34m } }\n"
                + "sites: { Berlin: {} }\nservers: { HT1: { site: Berlin, roles: [hubTransport] } }\n";
        String edge = retry.replace("34m", "50m").replace("] } }", "] }, E1: { roles: [edgeTransport] } }");
        String tuned = "organization: { name: C, retry: { messageInterval: 5m }, connections: { maxPerNextHop: 40 } }\n"
                + "sites: { Berlin: {} }\n";
        return List.of(
                RuleCase.edit("delay-notification", retry, "34m", "35m", "hubs make quick retries for 34m"),
                RuleCase.edit("delay-notification", edge, "50m", "65m", "edges make quick retries for 64m"),
                RuleCase.edit("delay-notification", retry.replace("34m", "3d"), "3d", "1d", "given up after 2d"),
                RuleCase.edit("retry-tuning", tuned.replace("5m", "15m"), "15m", "5m", "messageInterval", "15m"),
                RuleCase.edit("retry-tuning", tuned.replace("40", "20"), "20", "40", "maxPerNextHop", "20 connections"),
                RuleCase.edit(
                        "outbound-connections",
                        "organization: { name: C, connections: { maxOutbound: 19 } }\nsites: { Berlin: {} }\n",
                        "19",
                        "20",
                        "maxOutbound",
                        "19 connections"));
    }

    private static List<RuleCase> fallback() {
        String linked = CONTROLLERS.replace("[Munich, Rome]", "[Munich, Rome, Berlin]");
        String without = CONTROLLERS.replaceAll("  ...-DC1: .*\n", "");
        return List.of(
                RuleCase.of(
                        "directory-fallback", CONTROLLERS, linked, "site:Berlin", "its own domain controllers fail"),
                RuleCase.of(
                        "directory-fallback", CONTROLLERS.replaceAll("  ROM-DC1: .*\n", ""), without, "site:Berlin"),
                RuleCase.of(
                        "directory-fallback",
                        without + "  MUC-HT1: { site: Munich, roles: [hubTransport] }\n"
                                + "  MUC-DC1: { site: Munich, roles: [domainController] }\n",
                        linked.replace("BER-HT1", "MUC-HT1"),
                        "site:Munich"));
    }

    /** What a file cannot say, but an LDIF export can: a directory with anna, and one more recipient. */
    private static RuleCase people(String rule, RecipientDefinition trips, RecipientDefinition clean, String... says) {
        return new RuleCase(rule, subject(trips), subject(clean), List.of(says));
    }

    private static Subject subject(RecipientDefinition recipient) {
        Topology topology = Topology.of(
                Settings.of("Contoso", "contoso.test"),
                List.of(Site.of("Berlin"), Site.of("Rome")),
                List.of(SiteLink.of("Berlin-Rome", List.of("Berlin", "Rome"), 100)),
                List.of(Server.hub("HT1", "Berlin"), Server.mailbox("MBX1", "Berlin")));
        Mailbox anna = Mailbox.of("anna", address("anna@contoso.test"), new DatabaseRef("MBX1", "SG1", "DB1"));
        DirectoryDefinition directory =
                new DirectoryDefinition(List.of(entry(anna, List.of()), recipient), List.of(), Optional.empty());
        return Subject.of(new Organization(topology, directory));
    }

    private static RecipientDefinition group(String name, String expansionServer, String... members) {
        return entry(
                new DistributionGroup(
                        name,
                        List.of(address(name + "@contoso.test")),
                        Optional.of(expansionServer),
                        ReportTo.ORIGINATOR,
                        Optional.empty(),
                        Restrictions.NONE),
                List.of(members));
    }

    private static RecipientDefinition contact(String name, String target, String... more) {
        List<EmailAddress> addresses = Stream.concat(Stream.of(name + "@contoso.test"), Stream.of(more))
                .map(ServiceRuleCases::address)
                .toList();
        return entry(new Contact(name, addresses, address(target)), List.of());
    }

    private static RecipientDefinition entry(DirectoryEntry entry, List<String> members) {
        SortedMap<String, List<String>> none = Names.map();
        return new RecipientDefinition(entry, members, Optional.empty(), none);
    }

    private static EmailAddress address(String text) {
        return EmailAddress.tryParse(text).orElseThrow();
    }
}
