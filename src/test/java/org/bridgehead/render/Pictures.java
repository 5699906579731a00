package org.bridgehead.render;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.bridgehead.core.routing.Itinerary;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.config.TopologyFileException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What the tests of pictures draw, and how they look at it. */
final class Pictures {
    private Pictures() {}

    /** A topology that the product ships, by the name of its file. */
    static Topology shipped(String name) throws IOException, TopologyFileException {
        return TopologyFile.load(Path.of("topologies", name + ".yaml"), List.of())
                .organization()
                .topology();
    }

    static Topology of(List<Site> sites, List<SiteLink> links, List<Server> servers) {
        return Topology.of(Settings.of("Test", "test.test"), sites, links, servers);
    }

    /** Connected, with these names, a hub or two in each. */
    static Topology random(Random random, List<String> names) {
        List<SiteLink> links = new ArrayList<>();
        for (int i = 1; i < names.size(); i++) {
            links.add(SiteLink.of("L" + i, List.of(names.get(random.nextInt(i)), names.get(i)), 10 + i % 5));
        }
        for (int i = names.size(); i > 5 && links.size() < names.size() * 1.3; i++) {
            List<String> ends = random.ints(0, names.size())
                    .distinct()
                    .limit(random.nextInt(10) == 0 ? 4 : 2)
                    .mapToObj(names::get)
                    .toList();
            links.add(SiteLink.of("L" + i, ends, 100));
        }
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            servers.add(Server.hub("HT" + i, names.get(i)));
            servers.add(i % 3 == 0 ? Server.edge("ED" + i, names.get(i)) : Server.mailbox("MB" + i, names.get(i)));
        }
        return of(names.stream().map(Site::of).toList(), links, servers);
    }

    static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "Site " + i).toList();
    }

    /** The route between two sites, as {@code draw} would mark it. */
    static MapMarks route(Topology topology, String from, String to, String... down) {
        RoutingTable routes = RoutingTable.of(topology);
        Reachability now = Reachability.of(topology, List.of(down));
        Optional<Itinerary> itinerary = Itinerary.of(routes, now, from, to);
        MapRoute route = new MapRoute(
                from + " to " + to,
                now.learned(routes, from, to).decide(from, to),
                itinerary,
                itinerary.flatMap(Itinerary::heldAt),
                itinerary.flatMap(Itinerary::reason).orElse("it arrives"));
        return new MapMarks(List.of(down), Optional.of(route));
    }

    static String svg(Topology topology, MapMarks marks) {
        return SvgMap.of(topology, Layout.of(topology), marks).svg();
    }

    /** Parses strictly: what is not well-formed is an exception. */
    static Document xml(String svg) throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    /** Elements of all kinds with this attribute, and this value if any. */
    static List<Element> having(Document svg, String attribute, String value) {
        NodeList all = svg.getElementsByTagName("*");
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> (Element) all.item(i))
                .filter(element -> element.hasAttribute(attribute))
                .filter(element ->
                        value.isEmpty() || element.getAttribute(attribute).equals(value))
                .toList();
    }
}
