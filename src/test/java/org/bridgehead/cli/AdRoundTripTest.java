package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.DynamicDistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Group;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.config.GraphmlImport;
import org.bridgehead.io.config.GraphmlOptions;
import org.bridgehead.io.config.Overlay;
import org.bridgehead.io.config.Remarks;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.config.TopologyWriter;
import org.bridgehead.io.ldap.LdifRecipients;
import org.bridgehead.io.ldap.forest.AdExport;
import org.bridgehead.io.ldap.forest.AdImport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A topology that was a forest for a while is the same again: by itself in what Active Directory keeps, with its overlay in everything. */
class AdRoundTripTest {
    private static final Path ZOO = Path.of("..", "shared", "data", "topology-zoo");
    private static final int ORGANISATIONS = 100;

    @TempDir
    Path folder;

    private void run(String... args) {
        StringWriter err = new StringWriter();
        int exitCode = Main.execute(new PrintWriter(new StringWriter()), new PrintWriter(err), args);
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.OK);
    }

    private static Organization loaded(Path file) throws Exception {
        return LdifRecipients.complete(
                TopologyFile.load(file).organization(), file.toAbsolutePath().getParent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topologies/contoso.yaml",
                "topologies/globalmail.yaml",
                "topologies/minimal.yaml",
                "src/test/resources/topologies/contract.yaml"
            })
    void filesComeBack(String file) throws Exception {
        Path ldif = folder.resolve("forest.ldif");
        Path rest = folder.resolve("rest.yaml");
        Path again = folder.resolve("again.yaml");
        run("export", "ad-ldif", file, "-O", ldif.toString(), "--overlay", rest.toString(), "-q");
        run("import", "ad-ldif", ldif.toString(), "--overlay", rest.toString(), "-O", again.toString(), "-q");
        assertThat(loaded(again)).isEqualTo(loaded(Path.of(file)));
        run("import", "ad-ldif", ldif.toString(), "-O", again.toString(), "-q");
        assertThat(held(loaded(again))).isEqualTo(held(loaded(Path.of(file))));
    }

    @Test
    void hubSitesComeBackByTheirBit() throws Exception {
        Path ldif = folder.resolve("forest.ldif");
        Path again = folder.resolve("again.yaml");
        run("export", "ad-ldif", "topologies/contoso.yaml", "-O", ldif.toString(), "--hub-site-bit", "4", "-q");
        run("import", "ad-ldif", ldif.toString(), "-O", again.toString(), "--hub-site-bit", "4", "-q");
        assertThat(loaded(again).topology().sites().values().stream()
                        .filter(Site::hubSite)
                        .map(Site::name))
                .containsExactly("Paris");
        run("import", "ad-ldif", ldif.toString(), "-O", again.toString(), "--hub-site-bit", "2", "-q");
        assertThat(loaded(again).topology().sites().values()).noneMatch(Site::hubSite);
    }

    @Test
    void anyOrganizationComesBack() throws Exception {
        long first = Long.getLong("bridgehead.seed", System.nanoTime());
        System.out.println("AdRoundTripTest: -Dbridgehead.seed=" + first);
        for (int i = 0; i < ORGANISATIONS; i++) {
            String what = "seed " + (first + i);
            String text = TopologyWriter.text(RandomForest.of(new Random(first + i)), Remarks.NONE);
            Organization read =
                    comesBack(what, TopologyFile.parse(what, text, folder).organization());
            assertThat(TopologyFile.parse(what, TopologyWriter.text(read, Remarks.NONE), folder)
                            .organization())
                    .as(what)
                    .isEqualTo(read);
        }
    }

    @Test
    void realNetworksComeBackAsForests() throws Exception {
        if (!Files.isDirectory(ZOO)) {
            System.out.println("AdRoundTripTest: skipped, there is no " + ZOO);
            return;
        }
        List<Path> graphs;
        try (Stream<Path> files = Files.list(ZOO)) {
            graphs = files.filter(file -> file.toString().endsWith(".graphml"))
                    .sorted()
                    .toList();
        }
        for (Path graph : graphs) {
            GraphmlOptions options = new GraphmlOptions(Optional.empty(), RoutingPolicy.DEFAULT, 2, true);
            comesBack(
                    graph.toString(),
                    ImportAd.roomy(GraphmlImport.read(graph, options).organization()));
        }
        assertThat(graphs).hasSizeGreaterThan(100);
    }

    /** What was read without the overlay. */
    private Organization comesBack(String what, Organization wanted) throws Exception {
        AdExport export = AdExport.of(wanted, Optional.empty());
        Path ldif = folder.resolve("forest.ldif");
        StringBuilder text = new StringBuilder();
        export.write(List.of(what), text);
        Files.writeString(ldif, text);
        Organization read = ImportAd.roomy(
                AdImport.files(List.of(ldif), ImportAd.silent(Optional.empty())).organization());
        assertThat(held(read)).as(what).isEqualTo(held(wanted));
        Path overlay = folder.resolve("overlay.yaml");
        StringBuilder rest = new StringBuilder();
        Overlay.between(read, wanted).write(List.of(), rest);
        Files.writeString(overlay, rest);
        assertThat(Overlay.applied(read, overlay).organization())
                .as(what + "\n" + rest)
                .isEqualTo(wanted);
        return read;
    }

    /** What Active Directory keeps of an organisation, part by part as text; sizes in KB, roles and references in any order. */
    private static List<String> held(Organization organization) {
        Topology topology = organization.topology();
        List<String> held = new ArrayList<>();
        held.add(topology.settings().name());
        held.add(topology.settings().acceptedDomains().stream()
                .map(AcceptedDomain::name)
                .toList()
                .toString());
        topology.sites().values().forEach(site -> held.add("site " + site.name() + site.subnets()));
        topology.links().values().forEach(link -> held.add(link(link)));
        topology.servers().values().forEach(server -> held.add(server(server)));
        topology.sendConnectors().values().forEach(connector -> held.add(connector(connector)));
        organization.directory().recipients().forEach(recipient -> held.add(recipient(recipient)));
        return held;
    }

    private static String link(SiteLink link) {
        return "link " + link.name() + link.sites() + link.cost() + link.exchangeCost()
                + kilobytes(link.maxMessageSize());
    }

    private static String kilobytes(java.util.OptionalLong size) {
        return size.isPresent() ? Math.max(1, size.getAsLong() >> 10) + "KB" : "-";
    }

    private static String server(Server server) {
        return "server " + server.name() + server.site() + server.subscribedSite() + new TreeSet<>(server.roles())
                + server.ldap().map(url -> url.replaceAll("^ldaps?://|:\\d+$", ""))
                + server.mailbox().map(MailboxRole::storageGroups);
    }

    private static String connector(SendConnector connector) {
        return "connector " + connector.name() + connector.addressSpaces() + connector.sourceServers()
                + connector.enabled()
                + connector.smartHosts().stream().map(host -> host.host()).toList()
                + kilobytes(connector.maxMessageSize())
                + connector.camel().isPresent();
    }

    private static String recipient(RecipientDefinition recipient) {
        DirectoryEntry entry = recipient.entry();
        String text = "recipient " + entry.name() + entry.addresses() + new TreeSet<>(recipient.members())
                + new TreeSet<>(entry.restrictions().acceptFrom())
                + new TreeSet<>(entry.restrictions().rejectFrom())
                + entry.restrictions().authenticatedOnly()
                + recipient.attributes().get("department");
        if (entry instanceof Mailbox box) {
            return text
                    + box.database()
                    + box.forwardTo()
                    + box.deliverAndForward()
                    + box.maxRecipients()
                    + kilobytes(box.maxReceiveSize())
                    + kilobytes(box.maxSendSize());
        }
        if (entry instanceof Group group) {
            return text
                    + group.expansionServer()
                    + group.reportTo()
                    + group.manager()
                    + (entry instanceof DistributionGroup)
                    + (entry instanceof DynamicDistributionGroup dynamic ? dynamic.filter() : "");
        }
        return text + ((Contact) entry).target();
    }
}
