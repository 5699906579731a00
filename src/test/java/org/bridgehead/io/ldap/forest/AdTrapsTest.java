package org.bridgehead.io.ldap.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.StorageGroup;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.config.Remarks;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.config.TopologyWriter;
import org.bridgehead.io.ldap.LdifException;
import org.bridgehead.io.ldap.forest.AdOptions.Placement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Everything that exports of real forests do to whoever reads them, each in a few lines of our own. Longer than most tests:
 * each trap stands beside the entries that set it.
 */
class AdTrapsTest {
    private static final String CONFIGURATION = "CN=Configuration,DC=corp,DC=test";
    private static final String SITES = "CN=Sites," + CONFIGURATION;
    private static final String IP = "CN=IP,CN=Inter-Site Transports," + SITES;
    private static final String GROUP = "CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,"
            + "CN=Corp,CN=Microsoft Exchange,CN=Services," + CONFIGURATION;

    /** Two sites, one link. */
    private static final String TWO_SITES = site("Paris") + site("Rome") + link("Paris-Rome", "Paris", "Rome");

    @TempDir
    private Path folder;

    private final List<AdImported> made = new ArrayList<>();

    private static String site(String name) {
        return "dn: CN=" + name + "," + SITES + "\nobjectClass: top\nobjectClass: site\ncn: " + name + "\n\n";
    }

    private static String link(String name, String... sites) {
        StringBuilder text = new StringBuilder("dn: CN=" + name + "," + IP + "\nobjectClass: siteLink\ncost: 10\n");
        for (String site : sites) {
            text.append("siteList: CN=").append(site).append(",").append(SITES).append('\n');
        }
        return text.append('\n').toString();
    }

    private static String exchange(String name, String site, int roles, String... more) {
        return "dn: CN=" + name + ",CN=Servers," + GROUP + "\nobjectClass: server\nobjectClass: msExchExchangeServer\n"
                + "msExchCurrentServerRoles: " + roles + "\n"
                + (site.isEmpty() ? "" : "msExchServerSite: CN=" + site + "," + SITES + "\n")
                + String.join("\n", more) + (more.length == 0 ? "" : "\n") + "\n";
    }

    private static String user(String name, String... more) {
        return "dn: CN=" + name + ",OU=People,DC=corp,DC=test\nobjectClass: user\nproxyAddresses: SMTP:" + name
                + "@corp.test\n" + String.join("\n", more) + (more.length == 0 ? "" : "\n") + "\n";
    }

    private static String dn(String name) {
        return "CN=" + name + ",OU=People,DC=corp,DC=test";
    }

    private AdImported read(String... texts) throws Exception {
        return read(Optional.empty(), texts);
    }

    private AdImported read(Optional<Long> hubSiteBit, String... texts) throws Exception {
        List<Path> files = new ArrayList<>();
        for (String text : texts) {
            files.add(Files.writeString(folder.resolve("f" + files.size() + ".ldf"), text));
        }
        return read(files, hubSiteBit);
    }

    private AdImported read(List<Path> files, Optional<Long> hubSiteBit) throws Exception {
        AdOptions options = new AdOptions(
                TopologyFile.settings("x", "x.test", RoutingPolicy.DEFAULT),
                Optional.empty(),
                hubSiteBit,
                1,
                Placement.SUBNET,
                true);
        AdImported imported = AdImport.files(files, options);
        made.add(imported);
        return imported;
    }

    /** Whatever was read is a good topology file, and each assumption is a warning. */
    @AfterEach
    void allOfThemPassTheCheck() throws Exception {
        for (AdImported one : made) {
            String text = TopologyWriter.text(one.organization(), Remarks.of(one.assumptions()));
            assertThat(TopologyFile.parse("made.yaml", text, folder).organization())
                    .isEqualTo(one.organization());
            assertThat(one.warnings()).hasSameSizeAs(one.assumptions());
        }
    }

    private static Topology topology(AdImported imported) {
        return imported.organization().topology();
    }

    private static RecipientDefinition recipient(AdImported imported, String name) {
        return imported.organization().directory().recipients().stream()
                .filter(recipient -> recipient.entry().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(AdImported imported) {
        return imported.organization().directory().recipients().stream()
                .map(recipient -> recipient.entry().name())
                .toList();
    }

    @Test
    void ldapsearchTalksAroundItsEntries() throws Exception {
        AdImported imported = read("""
                # extended LDIF
                # a comment that is
                  folded
                version: 1

                dn: CN=Par
                 is,CN=Sites,CN=Configuration,DC=cor
                 p,DC=test
                objectClass: site
                # in between
                cn:: UGFyaXM=

                # search reference
                ref: ldap://child.corp.test/DC=child,DC=corp,DC=test

                # search result
                search: 2
                result: 0 Success
                control: 1.2.840.113556.1.4.319 false MAUCAQAEAA==
                pagedresults: cookie=

                # numResponses: 4
                # numEntries: 1
                """);
        assertThat(topology(imported).sites()).containsOnlyKeys("Paris");
        assertThat(imported.assumptions())
                .contains(
                        "references to other servers are not followed: ldap://child.corp.test/DC=child,DC=corp,DC=test");
        assertThat(topology(imported).settings().name()).isEqualTo("corp");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE,FF FE", "UTF-16BE,FE FF", "UTF-8,EF BB BF", "UTF-16LE,''"})
    void ldifdeWritesAddedEntriesInUtf16(String charset, String mark) throws Exception {
        String text = TWO_SITES
                .replace("\nobjectClass: top", "\nchangetype: add\nobjectClass: top")
                .replace("Paris", "Orléans")
                .replace("dn: CN=Orléans," + SITES, "dn:: " + base64("CN=Orléans," + SITES))
                .replace("\n", "\r\n");
        Path file = folder.resolve("ldifde.ldf");
        Files.write(file, concat(mark, text.getBytes(Charset.forName(charset))));
        assertThat(topology(read(List.of(file), Optional.empty())).sites()).containsOnlyKeys("Orléans", "Rome");
    }

    private static byte[] concat(String mark, byte[] text) {
        byte[] all = new byte[text.length + (mark.length() + 1) / 3];
        int at = 0;
        for (String octet : mark.isEmpty() ? new String[0] : mark.split(" ")) {
            all[at++] = (byte) Integer.parseInt(octet, 16);
        }
        System.arraycopy(text, 0, all, at, text.length);
        return all;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void sambaWritesExtendedNamesAndKeepsRemovedLinks() throws Exception {
        String link = link("L", "Paris", "Rome")
                .replace("siteList: CN=Paris", "siteList: <GUID=a1d8>;<RMD_FLAGS=0>;<SID=S-1-5>;CN=Paris")
                .replace("dn: ", "dn: <GUID=77>;")
                .replace("cost", "siteList: <GUID=b2>;<RMD_FLAGS=1>;CN=Oslo," + SITES + "\ncost");
        AdImported imported =
                read("# record 1\n" + site("Paris") + site("Rome") + site("Oslo") + link + "# returned 4 records\n");
        assertThat(topology(imported).links().values()).containsExactly(SiteLink.of("L", List.of("Paris", "Rome"), 10));
    }

    @Test
    void letterCaseIsNoMatter() throws Exception {
        AdImported imported = read(TWO_SITES
                .replace("objectClass: site", "OBJECTCLASS: SITE")
                .replace("siteList: CN=Paris,CN=Sites", "SITELIST: cn=paris, cn=SITES"));
        assertThat(topology(imported).links()).containsOnlyKeys("Paris-Rome");
    }

    @Test
    void classesMayBeMissing() throws Exception {
        AdImported imported = read(TWO_SITES.replaceAll("(?m)^objectClass: .*\n", ""));
        assertThat(topology(imported).links()).containsOnlyKeys("Paris-Rome");
        assertThat(topology(imported).sites()).containsOnlyKeys("Paris", "Rome");
    }

    @Test
    void goneObjectsAndLosersOfConflictsAreLeftOut() throws Exception {
        AdImported imported = read(
                TWO_SITES,
                site("Oslo\\0ADEL:7c").replace("cn: Oslo\\0ADEL:7c", "isDeleted: TRUE"),
                site("Rome\\0ACNF:7d").replace("cn: Rome\\0ACNF:7d\n", ""),
                link("M", "Rome", "Rome\\0ACNF:7d"));
        assertThat(topology(imported).sites()).containsOnlyKeys("Paris", "Rome");
        assertThat(topology(imported).links()).containsOnlyKeys("Paris-Rome");
        assertThat(imported.assumptions())
                .anyMatch(line -> line.startsWith("deleted objects and losers") && line.endsWith("(and 1 more)"));
    }

    @Test
    void linksNeedTwoSitesThatAreThere() throws Exception {
        AdImported imported = read(
                TWO_SITES,
                site("Island"),
                link("one", "Paris"),
                link("absent", "Paris", "Atlantis"),
                link("three", "Rome", "Nowhere", "Paris"),
                link("Paris-Rome", "Paris", "Rome").replace("CN=IP,", "CN=SMTP,"));
        assertThat(topology(imported).links()).containsOnlyKeys("Paris-Rome", "three");
        assertThat(imported.assumptions())
                .contains(
                        "links of fewer than two sites are left out: one joins [Paris] (and 1 more)",
                        "sites without any link exchange no mail: Island",
                        "only IP site links carry mail, others are left out: Paris-Rome under SMTP");
        assertThat(imported.assumptions()).anyMatch(line -> line.startsWith("sites that are not there are left out"));
    }

    @Test
    void costsAndLimitsOfLinks() throws Exception {
        String more = "cost: 0\nmsExchCost: 25\ndelivContLength: 10240\n";
        AdImported imported = read(
                TWO_SITES,
                link("L", "Paris", "Rome").replace("cost: 10\n", more),
                link("M", "Paris", "Rome").replace("cost: 10\n", "delivContLength: 0\n"));
        assertThat(topology(imported).links().get("L"))
                .isEqualTo(new SiteLink(
                        "L",
                        List.of("Paris", "Rome"),
                        1,
                        OptionalInt.of(25),
                        OptionalLong.of(10 << 20),
                        OptionalLong.empty(),
                        Optional.empty()));
        assertThat(topology(imported).links().get("M").cost()).isEqualTo(100);
        assertThat(imported.assumptions())
                .contains("costs are 1 to 99999: cost 0 of L becomes 1", "links that say no cost cost 100: M");
    }

    @Test
    void namesAreEscapedMadeLegalAndUnique() throws Exception {
        AdImported imported = read(
                site("Paris\\, France").replace("cn: Paris\\, France\n", ""),
                site("Bad\\0AName").replace("cn: Bad\\0AName\n", ""),
                site("PARIS\\, FRANCE")
                        .replace(SITES, SITES.replace("corp", "other"))
                        .replace("cn: PARIS\\, FRANCE\n", ""));
        assertThat(topology(imported).sites()).containsOnlyKeys("Paris, France", "Bad Name", "PARIS, FRANCE-2");
        assertThat(imported.assumptions())
                .contains("names of sites used before get a number: PARIS, FRANCE becomes PARIS, FRANCE-2");
    }

    @Test
    void subnetsBelongToOneSiteOrNone() throws Exception {
        String subnet = "dn: CN=%s,CN=Subnets," + SITES + "\nobjectClass: subnet\n%s\n";
        String paris = "siteObject: CN=Paris," + SITES + "\n";
        AdImported imported = read(
                TWO_SITES,
                subnet.formatted("10.1.0.0/16", paris),
                subnet.formatted("2001:db8::/32", paris),
                subnet.formatted("10.2.0.0/16", ""),
                subnet.formatted("10.3.0.0\\0ACNF:1", paris),
                subnet.formatted("tea", paris));
        assertThat(topology(imported).sites().get("Paris").subnets()).containsExactly("10.1.0.0/16", "2001:db8::/32");
        assertThat(imported.assumptions())
                .contains(
                        "subnets of no site are left out: 10.2.0.0/16",
                        "subnets that are no address ranges are left out: tea");
    }

    @Test
    void flagsOfSitesMeanNothingUnlessSomebodyKnowsTheBit() throws Exception {
        String flagged = TWO_SITES.replace("cn: Paris", "cn: Paris\nmsExchTransportSiteFlags: 5");
        assertThat(read(flagged).assumptions()).anyMatch(line -> line.contains("--hub-site-bit"));
        assertThat(topology(made.get(0)).sites().get("Paris").hubSite()).isFalse();
        assertThat(topology(read(Optional.of(4L), flagged)).sites().get("Paris").hubSite())
                .isTrue();
        assertThat(topology(read(Optional.of(2L), flagged)).sites().get("Paris").hubSite())
                .isFalse();
    }

    @Test
    void domainControllersAreServersWithNtdsSettings() throws Exception {
        String server = "dn: CN=%s,CN=Servers,CN=Paris," + SITES + "\nobjectClass: server\n%s\n";
        String settings = "dn: CN=NTDS Settings,CN=DC1,CN=Servers,CN=Paris," + SITES + "\nobjectClass: nTDSDSA\n\n";
        AdImported imported = read(
                TWO_SITES,
                server.formatted("DC1", "dNSHostName: dc1.corp.test\n"),
                server.formatted("OLD", ""),
                settings,
                exchange("DC1", "Rome", 32));
        Server both = topology(imported).servers().get("DC1");
        assertThat(both.roles()).containsExactly(Role.HUB_TRANSPORT, Role.DOMAIN_CONTROLLER);
        assertThat(both.site()).contains("Paris");
        assertThat(both.ldap()).contains("ldap://dc1.corp.test:389");
        assertThat(topology(imported).servers()).containsOnlyKeys("DC1");
        assertThat(imported.assumptions())
                .contains("servers without NTDS Settings are no domain controllers and left out: OLD");
    }

    @Test
    void rolesOfAllVersions() throws Exception {
        AdImported imported = read(
                TWO_SITES,
                exchange("EX07", "Paris", 38),
                exchange("EDGE", "Rome", 64),
                exchange("EX13", "Rome", 2, "serialNumber: Version 15.0 (Build 847.32)"),
                exchange("CAS13", "Rome", 16385),
                exchange("LOST", "", 32));
        assertThat(topology(imported).servers().get("EX07").roles())
                .containsExactly(Role.HUB_TRANSPORT, Role.MAILBOX, Role.CLIENT_ACCESS);
        assertThat(topology(imported).servers().get("EX13").roles()).containsExactly(Role.HUB_TRANSPORT, Role.MAILBOX);
        assertThat(topology(imported).servers().get("CAS13").roles()).containsExactly(Role.CLIENT_ACCESS);
        assertThat(topology(imported).servers().get("EDGE").subscribedSite()).contains("Rome");
        assertThat(topology(imported).servers().get("LOST").site()).contains("Paris");
        assertThat(imported.assumptions())
                .contains(
                        "servers of no known site are put into Paris, the one with the most links: LOST",
                        "mailbox servers without databases get SG1/DB1: EX07 (and 1 more)");
    }

    @Test
    void databasesOf2007AndOf2010() throws Exception {
        String old = "dn: CN=DB1,CN=First SG,CN=InformationStore,CN=EX1,CN=Servers," + GROUP
                + "\nobjectClass: msExchPrivateMDB\n\n";
        String owner =
                "\nobjectClass: msExchPrivateMDB\nmsExchMasterServerOrAvailabilityGroup: CN=DAG1," + GROUP + "\n";
        String young = "dn: CN=DB7,CN=Databases," + GROUP + owner + "\n"
                + "dn: CN=EX2,CN=DB7,CN=Databases," + GROUP
                + "\nobjectClass: msExchMDBCopy\nmsExchHostServerLink: CN=EX2,CN=Servers,"
                + GROUP + "\n\n"
                + "dn: CN=DB8,CN=Databases," + GROUP + owner + "msExchOwningServer: CN=EX2,CN=Servers," + GROUP + "\n\n"
                + "dn: CN=DB9,CN=Databases," + GROUP + owner + "\n";
        AdImported imported = read(
                TWO_SITES,
                exchange("EX1", "Paris", 34),
                exchange("EX2", "Rome", 34),
                old,
                young,
                user("ann", "homeMDB: CN=DB1,CN=First SG,CN=InformationStore,CN=EX1,CN=Servers," + GROUP),
                user("bob", "homeMDB: CN=DB8,CN=Databases," + GROUP),
                user("cy", "msExchHomeServerName: /o=Corp/ou=x/cn=Configuration/cn=Servers/cn=EX2"));
        assertThat(topology(imported)
                        .servers()
                        .get("EX1")
                        .mailbox()
                        .orElseThrow()
                        .storageGroups())
                .containsExactly(new StorageGroup("First SG", List.of("DB1")));
        assertThat(topology(imported)
                        .servers()
                        .get("EX2")
                        .mailbox()
                        .orElseThrow()
                        .groupNames())
                .containsExactly("DB7", "DB8");
        assertThat(List.of("ann", "bob", "cy").stream()
                        .map(name -> database(recipient(imported, name).entry())))
                .containsExactly("EX1/First SG/DB1", "EX2/DB8/DB8", "EX2/DB7/DB7");
        assertThat(imported.assumptions()).contains("databases of no known server are left out: DB9");
    }

    private static String database(DirectoryEntry entry) {
        return ((DirectoryEntry.Mailbox) entry).database().toString();
    }

    @Test
    void connectorsNameSourcesHostsAndSpacesInTheirOwnWay() throws Exception {
        String head = "dn: CN=%s,CN=Connections,CN=RG,CN=Routing Groups," + GROUP
                + "\nobjectClass: mailGateway\nobjectClass: msExchRoutingSMTPConnector\n";
        String source = "msExchSourceBridgeheadServersDN: CN=1,CN=SMTP,CN=Protocols,CN=EX1,CN=Servers," + GROUP + "\n";
        AdImported imported = read(
                TWO_SITES,
                exchange("EX1", "Paris", 32),
                head.formatted("Out") + source
                        + "routingList: SMTP:*;1\nroutingList: SMTP:*.b.test\nroutingList: nonsense:;;\n"
                        + "msExchSmtpSmartHost: [10.0.0.5],mx.isp.test; [::1] ,bad host\ndelivContLength: 64\n\n",
                head.formatted("Dns").replace("CN=Dns", "cn=Dns") + source
                        + "routingList: *;7\nmsExchSmtpSendEnabled: FALSE\n\n",
                head.formatted("Orphan") + "routingList: SMTP:*;1\nmsExchSourceBridgeheadServersDN: CN=GONE,CN=Servers,"
                        + GROUP + "\n\n",
                (head.formatted("Fax") + source + "routingList: FAX:*;1\n\n")
                        .replace("objectClass: msExchRoutingSMTPConnector\n", ""));
        assertThat(topology(imported).sendConnectors()).containsOnlyKeys("Out", "Dns", "Fax");
        assertThat(topology(imported).sendConnectors().get("Out")).satisfies(connector -> {
            assertThat(connector.smartHosts())
                    .containsExactly(
                            new HostPort("10.0.0.5", 25), new HostPort("mx.isp.test", 25), new HostPort("::1", 25));
            assertThat(connector.addressSpaces().stream().map(Object::toString))
                    .containsExactly("SMTP:*;1", "SMTP:*.b.test;1");
            assertThat(connector.sourceServers()).containsExactly("EX1");
            assertThat(connector.maxMessageSize()).hasValue(64 << 10);
        });
        assertThat(topology(imported).sendConnectors().get("Dns").enabled()).isFalse();
        assertThat(topology(imported).sendConnectors().get("Fax").camel()).contains("file:out/Fax");
        assertThat(imported.assumptions())
                .contains("connectors without address space or source server are left out: Orphan");
    }

    @Test
    void acceptedDomainsWithFlagsAreTold() throws Exception {
        String domain = "dn: CN=%s,CN=Accepted Domains,CN=Transport Settings,CN=Corp,CN=Microsoft Exchange,CN=Services,"
                + CONFIGURATION
                + "\nobjectClass: msExchAcceptedDomain\nmsExchAcceptedDomainName: %s\nmsExchAcceptedDomainFlags: %s\n\n";
        AdImported imported = read(
                TWO_SITES,
                exchange("EX1", "Paris", 32),
                domain.formatted("a", "Corp.test", "0"),
                domain.formatted("b", "*.partner.test", "1"),
                domain.formatted("c", "no domain", "0"));
        assertThat(topology(imported).settings().acceptedDomains().stream().map(Object::toString))
                .containsExactly(
                        "AcceptedDomain[name=corp.test, type=AUTHORITATIVE]",
                        "AcceptedDomain[name=*.partner.test, type=AUTHORITATIVE]");
        assertThat(imported.assumptions()).anyMatch(line -> line.endsWith("*.partner.test has 1"));
    }

    @Test
    void recipientsKeepTheirMeaning() throws Exception {
        AdImported imported = read(
                TWO_SITES,
                exchange("EX1", "Paris", 34),
                user(
                        "ann",
                        "mailNickname: a.n",
                        "altRecipient: " + dn("pat"),
                        "deliverAndRedirect: TRUE",
                        "department: Sales",
                        "title: CEO"),
                user("bob", "altRecipient: " + dn("nobody"), "delivContLength: 2048", "msExchRecipLimit: -1"),
                user(
                        "ann2",
                        "mailNickname: A.N",
                        "proxyAddresses: smtp:bob@corp.test",
                        "proxyAddresses: smtp:not an address"),
                user("pat", "targetAddress: SMTP:pat@corp.test")
                        .replace("SMTP:pat@corp.test\nt", "SMTP:pat@fab.test\nt")
                        .replace("SMTP:pat@corp.test", "SMTP:pat@fab.test"),
                user("lost", "targetAddress: SMTP:gone@corp.test"),
                user("eve", "msExchQueryBaseDN: x", "dLMemSubmitPerms: " + dn("gone"), "authOrig: " + dn("gone2")),
                "dn: " + dn("all")
                        + "\nobjectClass: group\nmail: all@corp.test\nproxyAddresses: smtp:all@corp.test\nmember: "
                        + dn("ann")
                        + "\nmember: " + dn("pat") + "\nmember: " + dn("gone") + "\nmember: " + dn("all")
                        + "\nmsExchExpansionServerName: /o=Corp/ou=x/cn=Configuration/cn=Servers/cn=EX1\n\n",
                "dn: " + dn("dyn")
                        + "\nobjectClass: msExchDynamicDistributionList\nproxyAddresses: SMTP:dyn@corp.test\n"
                        + "msExchDynamicDLFilter: (&(department=Sales)(shoeSize=4*))\nmsExchDynamicDLBaseDN: OU=People,DC=corp,DC=test\n\n",
                "dn: " + dn("half")
                        + "\nobjectClass: msExchDynamicDistributionList\nproxyAddresses: SMTP:half@corp.test\n"
                        + "msExchDynamicDLFilter: (&(department=Sales)\n\n",
                user("foot", "shoeSize: 44", "carLicense: B-1"),
                "dn: " + dn("plain") + "\nobjectClass: user\nmail: plain@corp.test\n\n");
        assertThat(names(imported)).containsExactly("a.n", "bob", "A.N-2", "eve", "all", "dyn", "foot");
        DirectoryEntry.Mailbox ann =
                (DirectoryEntry.Mailbox) recipient(imported, "a.n").entry();
        assertThat(ann.forwardTo().map(Object::toString)).contains("pat@fab.test");
        assertThat(ann.deliverAndForward()).isTrue();
        assertThat(recipient(imported, "a.n").attributes()).containsOnlyKeys("department", "title");
        assertThat(recipient(imported, "foot").attributes()).containsOnlyKeys("shoeSize");
        assertThat(((DirectoryEntry.Mailbox) recipient(imported, "bob").entry()).maxReceiveSize())
                .hasValue(2 << 20);
        assertThat(recipient(imported, "A.N-2").entry().addresses().stream().map(Object::toString))
                .containsExactly("ann2@corp.test");
        assertThat(recipient(imported, "eve").entry().restrictions().acceptFrom())
                .containsExactly("eve");
        assertThat(recipient(imported, "all").members()).containsExactly("a.n", "pat@fab.test", "all");
        assertThat(((DirectoryEntry.DistributionGroup)
                                recipient(imported, "all").entry())
                        .expansionServer())
                .contains("EX1");
        assertThat(((DirectoryEntry.DynamicDistributionGroup)
                                recipient(imported, "dyn").entry())
                        .filter())
                .isEqualTo("(&(department=Sales)(shoeSize=4*))");
        assertThat(imported.assumptions())
                .contains(
                        "members that are no recipients are left out: " + dn("gone") + " of all",
                        "contacts that point at nobody are left out: lost at gone@corp.test",
                        "addresses that somebody else has are left out: bob@corp.test",
                        "dynamic groups with a filter that is none (RFC 4515) are left out: half",
                        "dynamic groups look for members everywhere, not only below their base: OU=People,DC=corp,DC=test",
                        "accounts with a mail attribute alone are left out: plain",
                        "msExchRecipLimit that is no limit above zero is left out: -1",
                        "forwarding to what is no recipient is left out: " + dn("nobody"));
    }

    @Test
    void withoutExchangeServersAndMailboxesArePlaced() throws Exception {
        String subnet = "dn: CN=10.%s.0.0/16,CN=Subnets," + SITES + "\nobjectClass: subnet\nsiteObject: CN=%s," + SITES
                + "\n\n";
        StringBuilder people = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            people.append("dn: ")
                    .append(dn("u" + i))
                    .append("\nobjectClass: user\nmail: u")
                    .append(i)
                    .append("@people.test\n\n");
        }
        AdImported imported = read(
                TWO_SITES,
                site("Void"),
                link("v", "Void", "Rome"),
                subnet.formatted(1, "Paris"),
                subnet.formatted(2, "Rome"),
                subnet.formatted(3, "Rome"),
                people.toString());
        assertThat(topology(imported).servers())
                .containsOnlyKeys("Paris-HT1", "Paris-MBX1", "Rome-HT1", "Rome-MBX1", "Void-HT1", "Rome-EDGE1");
        assertThat(imported.organization().directory().recipients().stream()
                        .map(recipient -> database(recipient.entry()))
                        .filter("Rome-MBX1/SG1/DB1"::equals))
                .hasSize(4);
        assertThat(topology(imported).settings().defaultDomain()).isEqualTo("people.test");
        assertThat(topology(imported).sendConnectors()).containsOnlyKeys("Internet");
    }

    @Test
    void rangesOfSeveralFilesAreOneList() throws Exception {
        String group = "dn: " + dn("all") + "\nobjectClass: group\nproxyAddresses: SMTP:all@corp.test\n";
        String people = user("ann") + user("bob") + user("cy");
        AdImported imported = read(
                TWO_SITES,
                exchange("EX1", "Paris", 34),
                people,
                group + "member;range=0-1: " + dn("ann") + "\nmember;range=0-1: " + dn("bob") + "\n",
                "dn: " + dn("all") + "\nmember;range=2-*: " + dn("cy") + "\n");
        assertThat(recipient(imported, "all").members()).containsExactly("ann", "bob", "cy");
        assertThatThrownBy(() -> read(
                        TWO_SITES,
                        people,
                        group + "member;range=0-1: " + dn("ann") + "\nmember;range=0-1: " + dn("bob") + "\n"))
                .isInstanceOf(LdifException.class)
                .hasMessage(
                        dn("all")
                                + ": its member is there only in part: export member;range=2-* too, into the same or another file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "result: 4 Size limit exceeded | f0.ldf:1: the search in this file ended early (result 4 Size limit exceeded)",
                "search: 2\\nresult: 0 Success\\npagedresults: cookie=AbC= | (pages are missing)",
                "cn: nobody | f0.ldf:1: not LDIF: ",
                "dn: CN=x\\ncn:< file:///etc/hostname | f0.ldf:1: a value stands in another file",
                "dn: CN=x,DC=y\\ncn: x | there is no site in it: export the configuration partition too",
            })
    void whatIsCutShortOrBrokenIsRefused(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n") + "\n"))
                .isInstanceOf(LdifException.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void otherChangesArePassedOver() throws Exception {
        AdImported imported = read(TWO_SITES, "dn: CN=Rome," + SITES + "\nchangetype: delete\n");
        assertThat(topology(imported).sites()).containsOnlyKeys("Paris", "Rome");
        assertThat(imported.assumptions())
                .contains("changes other than added entries are passed over: CN=Rome," + SITES);
    }
}
