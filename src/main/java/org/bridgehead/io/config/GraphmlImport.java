package org.bridgehead.io.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.InternetDomain;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.PlacedServers;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/**
 * Makes a topology of a GraphML file: nodes become sites, edges site links; servers and a way to the Internet are
 * added. What had to be assumed is said in comments and warnings. Document types and external entities are never
 * followed. Stateless; safe for any thread.
 */
public final class GraphmlImport {
    private static final List<String> TITLES = List.of("Network", "label", "name", "title");
    private static final long MOST_OCTETS = 512L << 20;

    private final String file;
    private final GraphmlOptions options;
    private final Guesses<Place> guesses = new Guesses<>();
    private final SortedMap<String, String> behind = Names.map();

    private GraphmlImport(String file, GraphmlOptions options) {
        this.file = file;
        this.options = options;
    }

    /**
     * Reads a file.
     *
     * @throws TopologyFileException when it is no GraphML, with the places of all mistakes
     * @throws IOException when it cannot be read at all
     */
    public static ImportedTopology read(Path file, GraphmlOptions options) throws TopologyFileException, IOException {
        if (Files.size(file) > MOST_OCTETS) {
            throw new IOException("the file is larger than " + Quantity.size(MOST_OCTETS));
        }
        byte[] octets = Files.readAllBytes(file);
        GraphmlImport reading = new GraphmlImport(file.toString(), options);
        GraphmlGraph graph = reading.graph(octets);
        return reading.topology(graph, title(file));
    }

    private static String title(Path file) {
        return Optional.ofNullable(file.getFileName())
                .map(name -> name.toString().replaceFirst("(?i)\\.(graphml|xml)$", ""))
                .filter(name -> !name.isBlank())
                .orElse("Imported");
    }

    private GraphmlGraph graph(byte[] octets) throws TopologyFileException {
        Problems problems = new Problems(file);
        Optional<GraphmlGraph> graph = parsed(octets, problems);
        if (problems.errors().isEmpty()
                && graph.filter(g -> g.nodes().isEmpty()).isPresent()) {
            problems.error(Place.top(1, 1), "there is no <node>", "an organisation has at least one site");
        }
        if (!problems.errors().isEmpty() || graph.isEmpty()) {
            throw new TopologyFileException(problems.errors(), new String(octets, StandardCharsets.UTF_8));
        }
        return graph.get();
    }

    private Optional<GraphmlGraph> parsed(byte[] octets, Problems problems) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            return Optional.of(new GraphmlReader(
                            factory.createXMLStreamReader(new ByteArrayInputStream(octets)), problems, guesses)
                    .read());
        } catch (XMLStreamException e) {
            Location at = e.getLocation();
            problems.error(
                    at == null
                            ? Place.top(1, 1)
                            : Place.top(Math.max(1, at.getLineNumber()), Math.max(1, at.getColumnNumber())),
                    "not GraphML: " + said(e),
                    "check the file with the program that wrote it");
            return Optional.empty();
        }
    }

    /** The parser's message without the place it begins with. */
    private static String said(XMLStreamException e) {
        String message = Optional.ofNullable(e.getMessage()).orElse("broken XML");
        int at = message.indexOf("Message: ");
        return message.substring(at < 0 ? 0 : at + "Message: ".length()).replaceAll("\\s+", " ");
    }

    private ImportedTopology topology(GraphmlGraph graph, String fileTitle) {
        List<GraphmlGraph.Node> nodes = places(graph);
        GraphmlSites names = new GraphmlSites(guesses, behind);
        List<Site> sites = names.of(nodes);
        List<SiteLink> links = new GraphmlLinks(names, guesses, behind).of(graph.edges());
        GraphShape shape = GraphShape.of(sites, links);
        shape.report(guesses);
        String name = options.name()
                .or(() -> GraphmlGraph.value(graph.attributes(), TITLES))
                .orElse(fileTitle);
        return made(name, sites, links, shape.busiest());
    }

    /** Nodes that only hold other nodes are drawn frames, unless a line ends at them. */
    private List<GraphmlGraph.Node> places(GraphmlGraph graph) {
        TreeSet<String> ends = new TreeSet<>();
        graph.edges().forEach(edge -> ends.addAll(edge.ends()));
        List<GraphmlGraph.Node> places = new ArrayList<>();
        for (GraphmlGraph.Node node : graph.nodes()) {
            if (node.group() && !ends.contains(node.id())) {
                guesses.add("groups are left out; the nodes inside them are sites", node.place(), "");
            } else {
                places.add(node);
            }
        }
        return places;
    }

    private ImportedTopology made(String name, List<Site> sites, List<SiteLink> links, String busiest) {
        PlacedServers servers = new PlacedServers(options.hubs());
        sites.forEach(site -> servers.add(site, options.mailboxes()));
        servers.addExit(busiest);
        Topology topology = new Topology(
                TopologyFile.settings(name, "imported.test", options.routing()),
                sites,
                links,
                servers.all(),
                servers.connectors(),
                List.of(),
                List.of(new InternetDomain("*", List.of())));
        List<String> heading = new ArrayList<>();
        heading.add("Made from " + Path.of(file).getFileName() + " by `bridgehead import graphml`: " + sites.size()
                + " sites, " + links.size() + " links.");
        heading.add("What the graph does not say was assumed:");
        heading.add("- each site has " + servers.hubWords()
                + (options.mailboxes() ? " and a mailbox server" : " and no mailbox server"));
        if (options.hubs() > 0) {
            heading.add(
                    "- the Internet is reached from " + busiest + ", the site with the most links, by an edge server");
        }
        guesses.lines().forEach(line -> heading.add("- " + line));
        return new ImportedTopology(
                new Organization(topology, DirectoryDefinition.EMPTY), new Remarks(heading, behind), warnings());
    }

    private List<Problem> warnings() {
        List<Problem> warnings = new ArrayList<>();
        guesses.forEach((place, sentence) ->
                warnings.add(new Problem(file, place.line(), place.column(), place.keyPath(), sentence, "")));
        return warnings;
    }
}
