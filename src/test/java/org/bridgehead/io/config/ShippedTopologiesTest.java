package org.bridgehead.io.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of {@code topologies/} load without a word, and contoso has what demo and examples rely on. */
class ShippedTopologiesTest {
    private static final Path FOLDER = Path.of("topologies");

    static List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    private static Organization contoso() throws Exception {
        return TopologyFile.load(FOLDER.resolve("contoso.yaml")).organization();
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachLoadsWithoutAWarning(Path file) throws Exception {
        assertThat(TopologyFile.load(file).warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachIsCommentedAndNarrowEnoughToRead(Path file) throws Exception {
        List<String> lines = Files.readAllLines(file);

        assertThat(lines.get(0)).startsWith("# ");
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(150));
    }

    @Test
    void minimalHasTwoSites() throws Exception {
        Topology topology =
                TopologyFile.load(FOLDER.resolve("minimal.yaml")).organization().topology();

        assertThat(topology.sites()).containsOnlyKeys("Berlin", "Munich");
        assertThat(topology.servers()).containsOnlyKeys("BER-HT1", "BER-MBX1", "MUC-HT1", "MUC-MBX1");
    }

    @Test
    void globalmailHasFortySitesParallelLinksAndHubSites() throws Exception {
        Topology topology = TopologyFile.load(FOLDER.resolve("globalmail.yaml"))
                .organization()
                .topology();

        assertThat(topology.sites()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(topology.sites().values().stream().filter(s -> s.hubSite())).hasSizeGreaterThanOrEqualTo(4);
        assertThat(topology.links().values().stream()
                        .map(l -> l.sites().stream().sorted().toList().toString())
                        .distinct()
                        .count())
                .as("parallel links")
                .isLessThan(topology.links().size());
        assertThat(topology.links().values().stream()
                        .filter(l -> l.maxMessageSize().isPresent()))
                .hasSizeGreaterThanOrEqualTo(5);
        assertThat(hops(topology, "London")).as("one connected network").hasSameSizeAs(topology.sites());
    }

    @Test
    void contosoHasRedundantHubsEdgesAndACluster() throws Exception {
        Topology topology = contoso().topology();

        assertThat(topology.hubsOf("Berlin")).extracting(Server::name).containsExactly("BER-HT1", "BER-HT2", "BER-HT3");
        assertThat(topology.sites().keySet().stream()
                        .filter(s -> topology.hubsOf(s).size() > 1))
                .hasSizeGreaterThan(topology.sites().size() / 2);
        assertThat(topology.hubsOf("Lyon")).as("a transit site").isEmpty();
        assertThat(topology.edgesOf("Berlin")).extracting(Server::name).contains("BER-EDGE1");
        var cluster = topology.server("BER-MBX1").flatMap(Server::mailbox).orElseThrow();
        assertThat(cluster.replication()).isEqualTo(Replication.CCR);
        assertThat(cluster.nodes()).extracting(n -> n.name()).containsExactly("BER-MBX1A", "BER-MBX1B");
        assertThat(cluster.witness()).contains("BER-HT1");
        assertThat(topology.settings().dumpster().maxSizePerStorageGroup()).isEqualTo(20L << 20);
        assertThat(topology.links().values()).anyMatch(l -> l.sites().size() > 2);
        assertThat(topology.links().values()).anyMatch(l -> l.exchangeCost().isPresent());
        for (Server server : topology.servers().values()) {
            if (server.is(Role.MAILBOX)) {
                assertThat(topology.hubsOf(server.site().orElseThrow()))
                        .as(server.name())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void miaIsThreeSiteLinksAwayFromBerlin() throws Exception {
        Organization contoso = contoso();
        Map<String, Integer> hops = hops(contoso.topology(), "Berlin");

        assertThat(siteOf(contoso, "anna")).isEqualTo("Berlin");
        assertThat(siteOf(contoso, "bert")).isEqualTo("Munich");
        assertThat(siteOf(contoso, "mia")).isEqualTo("Rome");
        assertThat(hops).containsEntry("Rome", 3).containsEntry("Munich", 1).containsEntry("Vienna", 2);
        assertThat(hops).hasSameSizeAs(contoso.topology().sites());
    }

    @Test
    void everyoneIsHundredsNestedTwoDeepWithALoopAndDuplicates() throws Exception {
        Map<String, RecipientDefinition> byName = Names.map();
        contoso().directory().recipients().forEach(r -> byName.put(r.entry().name(), r));
        var reached = Names.set();
        int visits = 0;
        Deque<String> open = new ArrayDeque<>(List.of("everyone"));
        while (!open.isEmpty()) {
            String name = open.remove();
            visits++;
            if (reached.add(name)) {
                open.addAll(byName.get(name).members());
            }
        }

        assertThat(byName.get("north").members()).contains("staff-berlin");
        assertThat(byName.get("works-council").members()).contains("safety");
        assertThat(byName.get("safety").members()).contains("works-council");
        assertThat(reached).contains("anna", "mia", "ines").hasSizeGreaterThan(300);
        assertThat(visits).as("some are reached twice").isGreaterThan(reached.size());
    }

    private static String siteOf(Organization organization, String name) {
        return organization.directory().recipients().stream()
                .filter(r -> r.entry().name().equals(name))
                .map(r -> ((Mailbox) r.entry()).database().server())
                .flatMap(server -> organization.topology().server(server).flatMap(Server::site).stream())
                .findFirst()
                .orElseThrow();
    }

    /** Links to cross from a site to each other one, by breadth. */
    private static Map<String, Integer> hops(Topology topology, String from) {
        Map<String, Integer> hops = Names.map();
        hops.put(from, 0);
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            String site = open.remove();
            for (SiteLink link : topology.links().values()) {
                if (link.sites().contains(site)) {
                    for (String next : link.sites()) {
                        if (hops.putIfAbsent(next, hops.get(site) + 1) == null) {
                            open.add(next);
                        }
                    }
                }
            }
        }
        return hops;
    }
}
