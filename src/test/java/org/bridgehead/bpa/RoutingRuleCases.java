package org.bridgehead.bpa;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/** Cases of the rules about sites, site links and connectors, by number. Longer than most files: one table. */
final class RoutingRuleCases {
    /** Rome and Vienna, a hub and mailboxes in each. */
    private static final String TWO_SITES = """
        sites: { Rome: {}, Vienna: {} }
        siteLinks: { Vienna-Rome: { sites: [Vienna, Rome] } }
        servers:
          ROM-HT1:  { site: Rome, roles: [hubTransport] }
          ROM-MBX1: { site: Rome, roles: [mailbox] }
          VIE-HT1:  { site: Vienna, roles: [hubTransport] }
          VIE-MBX1: { site: Vienna, roles: [mailbox] }
        """;

    /** Two ways from Bonn to Rome, by Vienna and by Zurich. */
    private static final String SQUARE = """
        sites: { Bonn: {}, Vienna: {}, Zurich: {}, Rome: {} }
        siteLinks:
          Bonn-Vienna: { sites: [Bonn, Vienna], cost: 20 }
          Bonn-Zurich: { sites: [Bonn, Zurich], cost: 20 }
          Vienna-Rome: { sites: [Vienna, Rome], cost: 40 }
          Zurich-Rome: { sites: [Zurich, Rome], cost: 40 }
        servers:
          BON-HT1: { site: Bonn, roles: [hubTransport] }
          ROM-HT1: { site: Rome, roles: [hubTransport] }
        """;

    /** Bonn, Rome and Vienna in a row; a connector's text goes behind it. */
    private static final String ROW = """
        sites: { Bonn: {}, Rome: {}, Vienna: {} }
        siteLinks: { Bonn-Rome: { sites: [Bonn, Rome] }, Rome-Vienna: { sites: [Rome, Vienna] } }
        servers:
          BON-HT1: { site: Bonn, roles: [hubTransport] }
          BON-HT2: { site: Bonn, roles: [hubTransport] }
          ROM-HT1: { site: Rome, roles: [hubTransport] }
          VIE-HT1: { site: Vienna, roles: [hubTransport] }
          VIE-EDGE1: { roles: [edgeTransport], subscribedSite: Vienna }
        connectors:
        """;

    static final List<RuleCase> ALL = List.of(
            RuleCase.edit(
                    "mailbox-site-without-hub",
                    TWO_SITES.replace("  ROM-HT1:  { site: Rome, roles: [hubTransport] }\n", ""),
                    "roles: [mailbox] }\n  VIE-HT1",
                    "roles: [hubTransport, mailbox] }\n  VIE-HT1",
                    "site:Rome",
                    "ROM-MBX1"),
            RuleCase.of(
                    "mailbox-site-without-client-access",
                    TWO_SITES + "  VIE-CAS1: { site: Vienna, roles: [clientAccess] }\n",
                    TWO_SITES,
                    "site:Rome"),
            RuleCase.of(
                    "mailbox-site-without-client-access",
                    TWO_SITES + "  VIE-CAS1: { site: Vienna, roles: [clientAccess] }\n",
                    TWO_SITES.replace("HT1:  { site: Rome, roles: [", "HT1: { site: Rome, roles: [clientAccess, ")
                            + "  VIE-CAS1: { site: Vienna, roles: [clientAccess] }\n",
                    "Vienna has"),
            RuleCase.of(
                    "mailbox-site-with-one-hub",
                    TWO_SITES + "  ROM-HT2: { site: Rome, roles: [hubTransport] }\n",
                    TWO_SITES
                            + "  ROM-HT2: { site: Rome, roles: [hubTransport] }\n"
                            + "  VIE-HT2: { site: Vienna, roles: [hubTransport] }\n",
                    "site:Vienna",
                    "VIE-HT1",
                    "whatif TOPOLOGY --down server:VIE-HT1"),
            RuleCase.of("server-site", strayServer(Optional.empty()), strayServer(Optional.of("Rome")), "server:HT1"),
            RuleCase.edit("server-site", """
                sites: { Rome: { subnets: [10.4.0.0/16] }, Vienna: { subnets: [10.3.0.0/16, "2001:db8:3::/48"] } }
                siteLinks: { Vienna-Rome: { sites: [Vienna, Rome] } }
                servers: { ROM-HT1: { site: Rome, roles: [hubTransport], smtp: "10.3.0.25:25" } }
                """, "10.3.0.25", "10.4.0.25", "10.3.0.25", "a subnet of Vienna"),
            RuleCase.edit("server-site", """
                sites: { Rome: { subnets: [10.4.0.0/16] } }
                servers: { ROM-HT1: { site: Rome, roles: [hubTransport], smtp: "192.0.2.1:25" } }
                """, "192.0.2.1", "127.0.0.1", "no subnet of any site"),
            RuleCase.edit(
                    "site-without-link",
                    TWO_SITES.replace("Vienna: {} }", "Vienna: {}, Lyon: {} }"),
                    "[Vienna, Rome]",
                    "[Vienna, Rome, Lyon]",
                    "site:Lyon",
                    "neither hub nor mailboxes"),
            RuleCase.of(
                    "site-without-link",
                    TWO_SITES.replace("Vienna-Rome: { sites: [Vienna, Rome] }", ""),
                    "sites: { Rome: {} }\n",
                    "Rome is on no site link"),
            RuleCase.of(
                    "single-site-link",
                    linked(SiteLink.of("L", List.of("Rome", "rome"), 10)),
                    linked(SiteLink.of("L", List.of("Rome", "Vienna"), 10)),
                    "link:L",
                    "Rome"),
            RuleCase.edit(
                    "partitioned-sites",
                    """
                    sites: { A: {}, B: {}, C: {}, D: {}, E: {} }
                    siteLinks: { A-B: { sites: [A, B] }, C-D-E: { sites: [C, D, E] } }
                    """,
                    "A-B: { sites: [A, B] }",
                    "A-B: { sites: [A, B] }, B-C: { sites: [B, C] }",
                    "site:A",
                    "A and B form an island of 2",
                    "3 sites around C"),
            RuleCase.edit(
                    "hub-site-without-hub",
                    "sites: { Rome: { hubSite: true } }\nservers: { ROM-EX1: { site: Rome, roles: [mailbox] } }\n",
                    "[mailbox]",
                    "[mailbox, hubTransport]",
                    "site:Rome"),
            RuleCase.edit(
                    "hub-site-off-path",
                    SQUARE.replace("Zurich: {}", "Zurich: { hubSite: true }") + """
                          ZRH-HT1: { site: Zurich, roles: [hubTransport] }
                          BON-MBX1: { site: Bonn, roles: [mailbox] }
                          ROM-MBX1: { site: Rome, roles: [mailbox] }
                        """,
                    "[Zurich, Rome], cost: 40",
                    "[Zurich, Rome], cost: 35",
                    "site:Zurich",
                    "nearest miss is Bonn to Rome",
                    "loses by a site name",
                    "suggest TOPOLOGY --from Bonn --to Rome --via Zurich"),
            RuleCase.edit("hub-site-with-one-hub", """
                sites: { Rome: { hubSite: true } }
                servers: { HT1: { site: Rome, roles: [hubTransport] }, HT2: { site: Rome, roles: [clientAccess] } }
                """, "clientAccess", "hubTransport", "site:Rome", "HT1"),
            RuleCase.edit(
                    "decided-by-name",
                    SQUARE,
                    "[Zurich, Rome], cost: 40",
                    "[Zurich, Rome], cost: 41",
                    "2 pairs",
                    "Bonn to Rome (by Vienna, not by Zurich)"),
            RuleCase.edit(
                    "rename-changes-path",
                    SQUARE,
                    "[Zurich, Rome], cost: 40",
                    "[Zurich, Rome], cost: 39",
                    "1 site ",
                    "Vienna (2 pairs, against Zurich)"),
            RuleCase.edit(
                    "exchange-cost",
                    """
                    sites: { Rome: {}, Vienna: {} }
                    siteLinks:
                      Slow: { sites: [Vienna, Rome], cost: 30 }
                      Fast: { sites: [Vienna, Rome], cost: 20, exchangeCost: 40 }
                    """,
                    "cost: 30",
                    "cost: 30, exchangeCost: 30",
                    "Fast sets exchangeCost 40, Slow beside it does not"),
            RuleCase.edit(
                    "exchange-cost", """
                    sites: { Rome: {}, Vienna: {} }
                    siteLinks: { Line: { sites: [Vienna, Rome], cost: 5, exchangeCost: 50 } }
                    """, "exchangeCost: 50", "exchangeCost: 49", "50 for mail but 5 for replication"),
            RuleCase.edit(
                    "link-size-limit",
                    "organization: { name: Contoso, limits: { maxMessageSize: 10MB } }\n"
                            + TWO_SITES.replace("Rome] }", "Rome], maxMessageSize: 5MB }"),
                    "5MB",
                    "10MB",
                    "link:Vienna-Rome",
                    "5 MB",
                    "10 MB",
                    "2 pairs",
                    "Rome to Vienna"),
            RuleCase.of(
                    "link-size-limit",
                    SQUARE.replace("[Bonn, Vienna], cost: 20", "[Bonn, Vienna], cost: 20, maxMessageSize: 1MB"),
                    SQUARE.replace("[Bonn, Zurich], cost: 20", "[Bonn, Zurich], cost: 20, maxMessageSize: 1MB"),
                    "link:Bonn-Vienna"),
            RuleCase.of(
                    "connector-size-limit",
                    connectors("Small: { addressSpaces: [\"SMTP:*.test\"], sourceServers: [BON-HT1], dns: true,"
                            + " maxMessageSize: 5MB }"),
                    connectors(
                            "Small: { addressSpaces: [\"SMTP:*.test\"], sourceServers: [BON-HT1], dns: true,"
                                    + " maxMessageSize: 5MB }",
                            "Large: { addressSpaces: [\"SMTP:*\"], sourceServers: [ROM-HT1], dns: true }"),
                    "connector:Small",
                    "5 MB",
                    "SMTP:*.test;1"),
            RuleCase.edit(
                    "connector-sources-in-several-sites",
                    connectors("Out: { addressSpaces: [\"SMTP:*\"], sourceServers: [BON-HT1, VIE-EDGE1], dns: true }"),
                    "VIE-EDGE1]",
                    "BON-HT2]",
                    "connector:Out",
                    "Bonn and Vienna"),
            RuleCase.edit(
                    "connector-with-one-source",
                    connectors("Out: { addressSpaces: [\"SMTP:*\"], sourceServers: [BON-HT1], dns: true }"),
                    "[BON-HT1]",
                    "[BON-HT1, BON-HT2]",
                    "connector:Out",
                    "BON-HT1"),
            RuleCase.edit(
                    "no-connector-for-all-domains",
                    connectors("Out: { addressSpaces: [\"SMTP:*.test\"], sourceServers: [BON-HT1], dns: true }"),
                    "SMTP:*.test",
                    "SMTP:*",
                    "1 connector"),
            RuleCase.edit(
                    "connector-decided-by-name",
                    connectors(
                            "One: { addressSpaces: [\"SMTP:*;1\"], sourceServers: [BON-HT1, BON-HT2], dns: true }",
                            "Two: { addressSpaces: [\"SMTP:*;1\"], sourceServers: [BON-HT1, BON-HT2], dns: true }"),
                    "Two: { addressSpaces: [\"SMTP:*;1\"]",
                    "Two: { addressSpaces: [\"SMTP:*;2\"]",
                    "connector:Two",
                    "3 sites such as Bonn",
                    "One takes all"),
            RuleCase.edit(
                    "far-specific-connector",
                    connectors(
                            "Out: { addressSpaces: [\"SMTP:*\"], sourceServers: [BON-HT1], dns: true }",
                            "Partner: { addressSpaces: [\"SMTP:partner.test\"], sourceServers: [VIE-HT1], dns: true }"),
                    "sourceServers: [VIE-HT1]",
                    "sourceServers: [BON-HT2]",
                    "connector:Partner",
                    "from Bonn",
                    "2 hops",
                    "past Out"),
            RuleCase.edit(
                    "scoped-connector",
                    connectors(
                            "Fax: { addressSpaces: [\"FAX:*\"], sourceServers: [BON-HT1], dns: true, scoped: true }"),
                    "scoped: true",
                    "scoped: false",
                    "connector:Fax",
                    "FAX:*",
                    "2 sites such as Rome"),
            RuleCase.edit(
                    "disabled-connector",
                    connectors(
                            "Out: { addressSpaces: [\"SMTP:*.test\"], sourceServers: [BON-HT1], dns: true }",
                            "Rest: { addressSpaces: [\"SMTP:*\"], sourceServers: [BON-HT1], dns: true, enabled:"
                                    + " false }"),
                    "SMTP:*.test",
                    "SMTP:*",
                    "connector:Rest",
                    "SMTP:*"),
            RuleCase.edit(
                    "too-many-hops",
                    "organization: { name: Contoso, limits: { maxHops: 3 } }\n"
                            + connectors("Out: { addressSpaces: [\"SMTP:*\"], sourceServers: [VIE-EDGE1], dns: true }"),
                    "maxHops: 3",
                    "maxHops: 4",
                    "organization.limits.maxHops",
                    "2 pairs",
                    "Bonn to Vienna, has 4",
                    "maxHops to 4"),
            RuleCase.edit(
                    "overlapping-subnets",
                    "sites: { Rome: { subnets: [10.4.0.0/16] }, Vienna: { subnets: [10.4.7.0/16] } }\n",
                    "10.4.7.0/16",
                    "10.5.0.0/16",
                    "site:Vienna",
                    "of Rome"),
            RuleCase.edit(
                    "overlapping-subnets",
                    "sites: { Rome: { subnets: [10.0.0.0/8] }, Vienna: { subnets: [10.4.0.0/16] } }\n",
                    "10.0.0.0/8",
                    "10.5.0.0/16",
                    "10.4.0.0/16 of Vienna in one of Rome"),
            RuleCase.edit(
                    "smart-host-loop",
                    """
                    sites: { Rome: {} }
                    servers:
                      ROM-HT1: { site: Rome, roles: [hubTransport] }
                      ROM-HT2: { site: Rome, roles: [hubTransport], smtp: "10.4.0.2:25" }
                    connectors:
                      Out: { addressSpaces: ["SMTP:*"], sourceServers: [ROM-HT1], smartHosts: ["10.4.0.2:25"] }
                    """,
                    "smartHosts: [\"10.4.0.2:25\"]",
                    "smartHosts: [\"10.4.0.3:25\"]",
                    "connector:Out",
                    "ROM-HT2"),
            RuleCase.edit(
                    "connector-for-own-domain",
                    "organization: { name: Contoso, acceptedDomains: { contoso.test: authoritative } }\n"
                            + connectors("Own: { addressSpaces: [\"SMTP:contoso.test\"], sourceServers: [BON-HT1],"
                                    + " dns: true }"),
                    "authoritative",
                    "internalRelay",
                    "connector:Own"),
            RuleCase.edit(
                    "relay-domain-connector",
                    "organization: { name: Contoso, acceptedDomains: { partner.test: internalRelay } }\n"
                            + connectors("Partner: { addressSpaces: [\"SMTP:fabrikam.test\"],"
                                    + " sourceServers: [BON-HT1], smartHosts: [mail.partner.test] }"),
                    "fabrikam",
                    "partner",
                    "acceptedDomains.partner.test",
                    "no connector"),
            RuleCase.edit(
                    "relay-domain-connector",
                    "organization: { name: Contoso, acceptedDomains: { partner.test: externalRelay } }\n"
                            + connectors("Out: { addressSpaces: [\"SMTP:*\"], sourceServers: [BON-HT1], dns: true }"),
                    "dns: true",
                    "smartHosts: [mail.partner.test]",
                    "externalRelay",
                    "Out for *"),
            RuleCase.edit(
                    "connector-source-in-no-site",
                    connectors("Out: { addressSpaces: [\"SMTP:*\"], sourceServers: [VIE-EDGE1], dns: true }")
                            .replace(", subscribedSite: Vienna", ""),
                    "roles: [edgeTransport]",
                    "roles: [edgeTransport], subscribedSite: Vienna",
                    "connector:Out",
                    "servers.VIE-EDGE1.subscribedSite"),
            RuleCase.edit(
                    "idle-links",
                    SQUARE,
                    "ROM-HT1: { site: Rome, roles: [hubTransport] }",
                    "ROM-HT1: { site: Rome, roles: [hubTransport] }\n"
                            + "  ZRH-HT1: { site: Zurich, roles: [hubTransport] }",
                    "Bonn-Zurich and Zurich-Rome",
                    "4 links"),
            RuleCase.of("sampled-pairs", star(2_100), star(50), "2100"));

    private RoutingRuleCases() {}

    private static String connectors(String... connectors) {
        return ROW + "  " + String.join("\n  ", connectors) + "\n";
    }

    private static Topology strayServer(Optional<String> site) {
        Server server = new Server(
                "HT1",
                site,
                List.of(Role.HUB_TRANSPORT),
                HostPort.LOOPBACK,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return Topology.of(
                Settings.of("Contoso", "contoso.test"), List.of(Site.of("Rome")), List.of(), List.of(server));
    }

    private static Topology linked(SiteLink link) {
        return Topology.of(
                Settings.of("Contoso", "contoso.test"),
                List.of(Site.of("Rome"), Site.of("Vienna")),
                List.of(link),
                List.of());
    }

    private static Topology star(int sites) {
        List<String> names = IntStream.range(0, sites).mapToObj(i -> "S" + i).toList();
        return Topology.of(
                Settings.of("Contoso", "contoso.test"),
                names.stream().map(Site::of).toList(),
                names.stream()
                        .skip(1)
                        .map(name -> SiteLink.of("S0-" + name, List.of("S0", name), 10))
                        .toList(),
                List.of());
    }
}
