package org.bridgehead.junit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.config.TopologyFileException;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Where the organisation of a test is described. Each call reads it anew. */
interface TopologySource {
    /** All servers in memory, in real time. */
    OrganizationConfig read();

    /** A file relative to the working directory, or a resource. */
    static TopologySource at(String location) {
        return location.startsWith("classpath:")
                ? () -> resource(location.substring("classpath:".length()))
                : () -> file(Path.of(location));
    }

    /** A file. */
    static OrganizationConfig file(Path file) {
        return config(file.toString(), () -> TopologyFile.load(file));
    }

    /** A topology file's text. */
    static OrganizationConfig text(String yaml) {
        return config("topology in the test", () -> TopologyFile.parse("topology.yaml", yaml, Path.of("")));
    }

    /** Something that is in memory already. */
    static OrganizationConfig of(Organization organization) {
        return OrganizationConfig.inMemory(organization, Path.of("").toAbsolutePath());
    }

    private static OrganizationConfig resource(String name) {
        String path = name.startsWith("/") ? name.substring(1) : name;
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        URL url = own == null ? ClassLoader.getSystemResource(path) : own.getResource(path);
        if (url == null) {
            throw new ExtensionConfigurationException("no resource " + path + " on the class path");
        }
        return config("classpath:" + path, () -> url.getProtocol().equals("file") ? load(url) : parse(path, url));
    }

    /** As a file, so that the files it names are found beside it. */
    private static LoadedTopology load(URL url) throws IOException, TopologyFileException {
        try {
            URI uri = url.toURI();
            return TopologyFile.load(Path.of(uri));
        } catch (URISyntaxException e) {
            throw new IOException(url + " is no file: " + e.getMessage(), e);
        }
    }

    private static LoadedTopology parse(String name, URL url) throws IOException, TopologyFileException {
        try (InputStream in = url.openStream()) {
            return TopologyFile.parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), Path.of(""));
        }
    }

    /** Reads a topology. */
    interface Reader {
        LoadedTopology read() throws IOException, TopologyFileException;
    }

    private static OrganizationConfig config(String name, Reader reader) {
        try {
            return OrganizationConfig.inMemory(reader.read());
        } catch (TopologyFileException e) {
            throw new ExtensionConfigurationException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new ExtensionConfigurationException(
                    name + " cannot be read (working directory " + Path.of("").toAbsolutePath() + "): " + e, e);
        }
    }
}
