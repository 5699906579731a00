package org.bridgehead.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bridgehead.core.topology.Position;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** GraphML of several tools, good and bad. */
class GraphmlImportTest {
    private static final Path ZOO = Path.of("..", "shared", "data", "topology-zoo");
    private static final GraphmlOptions PLAIN = new GraphmlOptions(Optional.empty(), RoutingPolicy.DEFAULT, 1, true);

    @TempDir
    Path folder;

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("net.graphml"), text);
    }

    private ImportedTopology read(String graph) throws Exception {
        return GraphmlImport.read(file("<graphml>" + graph + "</graphml>"), PLAIN);
    }

    private TopologyFileException refused(String text) throws Exception {
        Path file = file(text);
        return catchThrowableOfType(TopologyFileException.class, () -> GraphmlImport.read(file, PLAIN));
    }

    private static List<String> messages(ImportedTopology imported) {
        return imported.warnings().stream().map(Problem::message).toList();
    }

    @Test
    void nodesBecomeSitesAndEdgesLinks() throws Exception {
        ImportedTopology imported = read("""
                <key id="l" for="node" attr.name="label"/><key id="x" for="node" attr.name="Longitude"/>
                <key id="y" for="node" attr.name="Latitude"/><key id="s" for="edge" attr.name="LinkSpeedRaw"/>
                <key id="w" for="edge" attr.name="weight"><default>7</default></key>
                <key id="d" for="edge" attr.name="delay"/><key id="n" for="graph" attr.name="Network"/>
                <graph edgedefault="undirected"><data key="n">Example Net</data>
                  <edge source="a" target="b"><data key="s">2.5E9</data><data key="d">20ms</data></edge>
                  <node id="a"><data key="l"> New
                    York </data><data key="x">-74.0</data><data key="y">40.7</data></node>
                  <node id="b"><data key="l">Oslo</data></node>
                </graph>""");
        Topology topology = imported.organization().topology();

        assertThat(topology.settings().name()).isEqualTo("Example Net");
        assertThat(topology.sites()).containsOnlyKeys("New York", "Oslo");
        assertThat(topology.sites().get("New York").position()).contains(new Position(-74, 40.7));
        SiteLink link = topology.links().get("New York-Oslo");
        assertThat(link.cost()).as("the default of the key").isEqualTo(7);
        assertThat(link.bandwidth()).isEqualTo(OptionalLong.of(2_500_000_000L));
        assertThat(link.latency()).contains(Duration.ofMillis(20));
        assertThat(topology.servers())
                .containsOnlyKeys("New-York-HT1", "New-York-MBX1", "New-York-EDGE1", "Oslo-HT1", "Oslo-MBX1");
        assertThat(messages(imported)).isEmpty();
    }

    @Test
    void costsComeFromRatesWhereNoneIsWritten() throws Exception {
        ImportedTopology imported = read("""
                <key id="s" attr.name="LinkSpeed"/><key id="u" attr.name="LinkSpeedUnits"/><key id="c" attr.name="cost"/>
                <graph><node id="a"/><node id="b"/>
                <edge source="a" target="b"><data key="s">10</data><data key="u">M</data></edge>
                <edge source="a" target="b"><data key="c">0.2</data></edge>
                <edge source="a" target="b"><data key="c">many</data><data key="s">fast</data></edge></graph>""");

        assertThat(imported.organization().topology().links().values())
                .extracting(SiteLink::name, SiteLink::cost)
                .containsExactlyInAnyOrder(
                        tuple("Site a-Site b", 256), tuple("Site a-Site b-2", 1), tuple("Site a-Site b-3", 100));
        assertThat(messages(imported))
                .contains(
                        "nodes without a label are called by their id: Site a (and 1 more)",
                        "costs are worked out from rates as 1024 / log10(kbit/s): 10Mbit/s costs 256",
                        "costs are made whole, 1 to 99999: 0.2 becomes 1",
                        "costs that are no numbers above 0 are left out: many",
                        "rates without a unit such as Mbit/s are left out: \"fast\"",
                        "parallel lines stay, each a link: Site a-Site b-2 (and 1 more)");
        assertThat(imported.remarks().behind()).containsEntry("link:Site a-Site b-2", "parallel to Site a-Site b");
    }

    @Test
    void namesAreMadeUniqueWhateverTheyAre() throws Exception {
        ImportedTopology imported = read("""
                <graph><node id="1"><data key="label">Rome</data></node><node id="2"><data key="label">rome</data></node>
                <node id="3"><data key="label">Rome-2</data></node><node id="4"><data key="label">?</data></node>
                <node id="5"><data key="label">A/B</data></node><node id="6"><data key="label">A B</data></node>
                <node id="7"><data key="label">%s</data></node></graph>""".formatted("long ".repeat(40)));
        Topology topology = imported.organization().topology();

        assertThat(topology.sites()).hasSize(7).containsKeys("Rome", "Rome-2", "rome-3", "?", "A/B", "A B");
        assertThat(topology.servers()).containsKeys("A-B-HT1", "A-B-HT1-2", "Site-HT1");
        assertThat(messages(imported))
                .contains("names used before get a number: \"rome\" becomes rome-3")
                .anyMatch(message -> message.startsWith("the graph is in 7 pieces"));
        reads(imported);
    }

    private static void reads(ImportedTopology imported) throws Exception {
        String text = TopologyWriter.text(imported.organization(), imported.remarks());
        TopologyWriterTest.assertSame(
                TopologyFile.parse("T.yaml", text, Path.of("")).organization(), imported.organization());
    }

    @Test
    void directionsLoopsAndHyperedges() throws Exception {
        ImportedTopology imported = read("""
                <graph edgedefault="directed"><node id="a"><port name="p"/></node><node id="b"/><node id="c"/>
                <edge source="a" target="b" sourceport="p"/><edge source="b" target="a"/><edge source="c" target="c"/>
                <edge source="a" target="b"/>
                <hyperedge><endpoint node="a"/><endpoint node="b"/><endpoint node="c"/></hyperedge>
                <hyperedge><endpoint node="a"/></hyperedge></graph>""");

        assertThat(imported.organization().topology().links())
                .containsOnlyKeys("Site a-Site b", "Site a-Site b-2", "Site a-Site b and 1 more");
        assertThat(imported.organization()
                        .topology()
                        .links()
                        .get("Site a-Site b and 1 more")
                        .sites())
                .hasSize(3);
        assertThat(messages(imported))
                .contains(
                        "two directions of a line become one link: Site b-Site a",
                        "lines that end where they begin are left out: Site c (and 1 more)",
                        "ports are left out; edges end at their nodes");
    }

    @Test
    void drawingsOfYedHaveLabelsAndPositions() throws Exception {
        ImportedTopology imported = GraphmlImport.read(file("""
                <?xml version="1.0" encoding="UTF-8" standalone="no"?>
                <graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
                <key for="node" id="d6" yfiles.type="nodegraphics"/>
                <graph edgedefault="directed" id="G">
                  <node id="n0" yfiles.foldertype="group"><data key="d6"><y:ProxyAutoBoundsNode/></data>
                    <graph id="n0:"><node id="n0::n0"><data key="d6"><y:ShapeNode>
                      <y:Geometry height="30.0" width="30.0" x="385.5" y="210"/><y:NodeLabel a="b">Kiel<y:LabelModel/>
                      </y:NodeLabel></y:ShapeNode></data></node></graph></node>
                  <node id="n1"><data key="d6"><y:ShapeNode><y:NodeLabel>Bonn</y:NodeLabel></y:ShapeNode></data></node>
                  <edge id="e0" source="n0::n0" target="n1"/>
                </graph></graphml>"""), PLAIN);

        assertThat(imported.organization().topology().sites()).containsOnlyKeys("Bonn", "Kiel");
        assertThat(imported.organization().topology().sites().get("Kiel").position())
                .contains(new Position(385.5, -210));
        assertThat(messages(imported)).contains("groups are left out; the nodes inside them are sites");
    }

    @Test
    void badFilesAreRefusedWithTheirPlaces() throws Exception {
        assertThat(refused("<svg/>")).hasMessageContaining("net.graphml:1:7: (file): the file is <svg>, not <graphml>");
        assertThat(refused("")).hasMessageContaining("not GraphML");
        assertThat(refused("<graphml>\n<graph>\n<node id='a'>\n</graph></graphml>"))
                .hasMessageContaining("net.graphml:4:")
                .hasMessageContaining("not GraphML")
                .hasMessageNotContaining("ParseError");
        assertThat(refused("<graphml/>")).hasMessageContaining("there is no <node>");
        assertThat(refused("<graphml><graph><node id='node1'/>\n<node id='node1'/>"
                                + "<edge source='node1' target='nodel1'/></graph></graphml>")
                        .problems())
                .extracting(Problem::line, Problem::message, Problem::hint)
                .containsExactly(
                        tuple(
                                2,
                                "the id is used twice, first on line 1",
                                "ids of nodes are unique: rename or remove one"),
                        tuple(2, "there is no node \"nodel1\"", "did you mean node1?"));
        assertThat(refused("<graphml>" + "<x>".repeat(200) + "</x>".repeat(200) + "</graphml>"))
                .hasMessageContaining("nested deeper than 64");
    }

    @Test
    void documentTypesAndEntitiesAreNotFollowed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "<node id='leaked'/>");
        String bomb = "<!DOCTYPE graphml [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY x SYSTEM '"
                + secret.toUri() + "'>]>\n<graphml><graph><node id='n'/>&x;&b;</graph></graphml>";
        try {
            assertThat(GraphmlImport.read(file(bomb), PLAIN)
                            .organization()
                            .topology()
                            .sites())
                    .containsOnlyKeys("Site n");
        } catch (TopologyFileException e) {
            assertThat(e).hasMessageContaining("not GraphML");
        }
    }

    @Test
    void everyNetworkOfTheZooLoadsWithItsSitesAndLinks() throws Exception {
        assumeTrue(Files.isDirectory(ZOO), "no folder with the Topology Zoo here");
        List<Path> files;
        try (Stream<Path> list = Files.list(ZOO)) {
            files = list.filter(path -> path.toString().endsWith(".graphml"))
                    .sorted()
                    .toList();
        }
        int links = 0;
        for (Path path : files) {
            ImportedTopology imported = GraphmlImport.read(path, PLAIN);
            Topology topology = imported.organization().topology();
            Element root = document(path);
            List<Element> edges = elements(root, "edge");
            edges.removeIf(edge -> edge.getAttribute("source").equals(edge.getAttribute("target")));
            assertThat(topology.sites())
                    .as(path.toString())
                    .hasSize(elements(root, "node").size());
            assertThat(topology.links()).as(path.toString()).hasSize(edges.size());
            reads(imported);
            links += edges.size();
        }
        System.out.println(files.size() + " networks with " + links + " links imported and read back");
        assertThat(files).isNotEmpty();
    }

    private static Element document(Path path) throws Exception {
        try (InputStream in = Files.newInputStream(path)) {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getDocumentElement();
        }
    }

    private static List<Element> elements(Element root, String name) {
        NodeList found = root.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
