package org.bridgehead.io.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.SubnetMap;
import org.bridgehead.core.topology.Topology;

/**
 * Reads topology files: YAML 1.2 as described by the schema {@value #SCHEMA}. A file is good as a whole or refused
 * with every mistake in it. Stateless; safe for any thread.
 */
public final class TopologyFile {
    /** The JSON Schema of the format, as a resource of this class's loader. */
    public static final String SCHEMA = "org/bridgehead/topology.schema.json";

    private static final int VERSION = 1;

    private TopologyFile() {}

    /**
     * Reads a file.
     *
     * @throws TopologyFileException when it is no good topology file
     * @throws IOException when it cannot be read at all
     */
    public static LoadedTopology load(Path file) throws TopologyFileException, IOException {
        return load(file, List.of());
    }

    /**
     * Reads a file and makes changes to it, in their order, before it is checked: a mistake in a change is one of the
     * file's, its place {@code --set PATH}. The file itself stays as it is.
     *
     * @throws TopologyFileException when the result is no good topology
     * @throws IOException when it cannot be read at all
     */
    public static LoadedTopology load(Path file, List<Edit> edits) throws TopologyFileException, IOException {
        Path folder = file.getParent();
        return parse(file.toString(), decode(file), folder == null ? Path.of("") : folder, edits);
    }

    /** The settings of a file that says nothing more than this: one authoritative domain, the rest by default. */
    public static Settings settings(String name, String domain, RoutingPolicy routing) {
        return OrganizationReader.silent(Settings.of(name, domain).withRouting(routing));
    }

    /** UTF-8 and nothing else; a wrong byte is a problem with a place like any other. */
    static String decode(Path file) throws IOException, TopologyFileException {
        byte[] bytes = Files.readAllBytes(file);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            String text = decoder.decode(in).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            String before = new String(bytes, 0, in.position(), StandardCharsets.UTF_8);
            Problems problems = new Problems(file.toString());
            problems.error(
                    YamlText.at(before, before.codePointCount(0, before.length())),
                    "not UTF-8",
                    "save the file in UTF-8");
            throw new TopologyFileException(problems.errors(), before);
        }
    }

    /**
     * Reads text.
     *
     * @param name what to call the file in problems
     * @param text the whole file
     * @param folder what the files it names are relative to
     * @throws TopologyFileException when it is no good topology
     */
    public static LoadedTopology parse(String name, String text, Path folder) throws TopologyFileException {
        return parse(name, text, folder, List.of());
    }

    private static LoadedTopology parse(String name, String text, Path folder, List<Edit> edits)
            throws TopologyFileException {
        Problems hasty = new Problems(name);
        Optional<Organization> clean = organization(YamlText.hasty(text, hasty, edits), folder, hasty);
        if (clean.isPresent() && hasty.isEmpty()) {
            return new LoadedTopology(clean.get(), folder.resolve(fileName(name)), List.of());
        }
        Problems problems = new Problems(name);
        Optional<Organization> organization = organization(YamlText.read(text, problems, edits), folder, problems);
        if (organization.isEmpty() || !problems.errors().isEmpty()) {
            throw new TopologyFileException(problems.errors(), text);
        }
        return new LoadedTopology(organization.get(), folder.resolve(fileName(name)), problems.warnings());
    }

    private static String fileName(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return last.matches("[^\\p{Cntrl}<>:\"|?*]+") ? last : "topology.yaml";
    }

    /** What the graph of a file describes; empty after all its mistakes were reported. */
    static Optional<Organization> organization(Optional<YamlValue> top, Path folder, Problems problems) {
        return top.flatMap(value -> value.map(Shape.FILE)).flatMap(map -> organization(map, folder, problems));
    }

    /** All sections, even when one is wrong; empty when any was. */
    private static Optional<Organization> organization(YamlMap map, Path folder, Problems problems) {
        map.require("bridgehead", "1").ifPresent(TopologyFile::checkVersion);
        Settings settings = map.require("organization", "{ name: Contoso }")
                .flatMap(v -> v.map(Shape.ORGANIZATION))
                .map(its -> OrganizationReader.read(its, folder))
                .orElse(Settings.of("Organization", "invalid"));
        SiteReader graph = new SiteReader();
        List<Site> sites = section(map.require("sites", "{ Berlin: {} }"), graph::sites);
        List<SiteLink> links = section(map.get("siteLinks"), graph::links);
        ServerReader reader = new ServerReader(graph.known(), SubnetMap.of(sites), folder);
        List<Server> servers = section(map.get("servers"), reader::read);
        ConnectorReader connectors = new ConnectorReader(reader, folder);
        var send = section(map.get("connectors"), connectors::send);
        var receive = section(map.get("receiveConnectors"), connectors::receive);
        var internet = section(map.get("internet"), connectors::internet);
        DirectoryDefinition directory = map.get("directory")
                .flatMap(v -> v.map(Shape.DIRECTORY))
                .map(new DirectoryReader(settings, reader, folder)::read)
                .orElse(DirectoryDefinition.EMPTY);
        RuleReader rules = new RuleReader(directory);
        Settings ruled = settings.withRules(
                section(map.get("rules"), rules::read), section(map.get("journal"), new JournalReader(rules)::read));
        return problems.errors().isEmpty()
                ? Optional.of(new Organization(
                        new Topology(ruled, sites, links, servers, send, receive, internet), directory))
                : Optional.empty();
    }

    private static <T> List<T> section(Optional<YamlValue> value, Function<YamlValue, List<T>> read) {
        return value.map(read).orElse(List.of());
    }

    private static void checkVersion(YamlValue value) {
        value.parsed("format version " + VERSION, text -> Optional.of(text).filter(String.valueOf(VERSION)::equals));
    }
}
