package org.bridgehead.core.routing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/** Real networks, where the folder with them is there; only their shape is read. */
final class Zoo {
    private static final Path FOLDER = Path.of("..", "shared", "data", "topology-zoo");

    private Zoo() {}

    /** All files in name order; empty where there is no such folder. */
    static List<Path> files() throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".graphml"))
                    .sorted()
                    .toList();
        }
    }

    /** Nodes as sites with a hub {@code HUB-site} each, edges as links of costs 1 to 3. */
    static Topology read(Path file, Settings settings) throws IOException, XMLStreamException {
        Map<String, String> names = new LinkedHashMap<>();
        List<SiteLink> links = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            XMLInputFactory factory = XMLInputFactory.newFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT) {
                    if (xml.getLocalName().equals("node")) {
                        names.put(xml.getAttributeValue(null, "id"), "N" + names.size());
                    } else if (xml.getLocalName().equals("edge")) {
                        String from = names.get(xml.getAttributeValue(null, "source"));
                        String to = names.get(xml.getAttributeValue(null, "target"));
                        if (!from.equals(to)) {
                            links.add(SiteLink.of("L" + links.size(), List.of(from, to), 1 + links.size() % 3));
                        }
                    }
                }
            }
        }
        return Topology.of(
                settings,
                names.values().stream().map(Site::of).toList(),
                links,
                names.values().stream()
                        .map(name -> Server.hub("HUB-" + name, name))
                        .toList());
    }
}
