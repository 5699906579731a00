package org.bridgehead.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.mailstore.MailStoreSettings;
import org.bridgehead.io.spool.MutantSpool;

/** {@code bridgehead run -o json TOPOLOGY --data DIR} with an engine that never waits for the disk. */
final class MutantEngine {
    private MutantEngine() {}

    public static void main(String[] arguments) throws Exception {
        LoadedTopology loaded = TopologyFile.load(Path.of(arguments[3]));
        MailStoreSettings usual = MailStoreSettings.DEFAULT;
        Storage mutant = new Storage(
                MutantSpool::open,
                new MailStoreSettings(
                        usual.generationSize(), usual.duplicateRetention(), usual.duplicateLimit(), false));
        MailOrganization organization = MailOrganization.start(
                OrganizationConfig.inMemory(loaded.organization(), loaded.folder())
                        .durable(Path.of(arguments[5])),
                mutant);
        String servers = organization.endpoints().entrySet().stream()
                .map(server -> quoted(server.getKey()) + ": " + object(server.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
        System.out.println("{\"pid\": " + ProcessHandle.current().pid() + ", \"servers\": " + servers
                + ", \"receiveConnectors\": " + object(organization.receiveConnectors()) + "\n}");
        Thread.currentThread().join();
    }

    private static String object(SortedMap<String, HostPort> addresses) {
        Map<String, HostPort> plain = new TreeMap<>(addresses);
        return plain.entrySet().stream()
                .map(entry ->
                        quoted(entry.getKey()) + ": " + quoted(entry.getValue().toString()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
