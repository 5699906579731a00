package org.bridgehead.engine;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bridgehead.core.smtp.Scram;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * What the servers of one organisation know each other by (DECISIONS 3.2). Its salted form, slow on purpose, is derived
 * when somebody first connects, and once for all servers of this process. Safe for any thread.
 */
final class OrganizationSecret {
    private static final int ITERATIONS = 4096;

    private final String secret;
    private final byte[] salt = new byte[16];
    private Scram.@Nullable Salted salted;
    private Scram.@Nullable Credentials credentials;
    private final SortedSet<String> servers = new TreeSet<>(Names.ORDER);

    private OrganizationSecret(String secret, Collection<String> servers) {
        this.secret = secret;
        new SecureRandom().nextBytes(salt);
        this.servers.addAll(servers);
    }

    /** The one of an organisation: from its file, from the peers folder, or a new one when one process is all of it. */
    static OrganizationSecret of(OrganizationConfig config) throws IOException {
        Topology topology = config.organization().topology();
        Collection<String> names = topology.servers().keySet();
        Optional<Path> file = topology.settings().secretFile().map(config.folder()::resolve);
        if (file.isPresent() && Files.exists(file.get())) {
            return read(file.get(), names);
        }
        return config.peers().isPresent() ? shared(config.peers().get(), names) : generated(names);
    }

    /** A new one, for an organisation that lives in one process. */
    static OrganizationSecret generated(Collection<String> servers) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return new OrganizationSecret(Base64.getEncoder().encodeToString(random), servers);
    }

    /**
     * The one in a file: its first line, at least 16 characters of printable ASCII.
     *
     * @throws IOException when it cannot be read or is too short
     */
    static OrganizationSecret read(Path file, Collection<String> servers) throws IOException {
        String line = Files.readString(file).lines().findFirst().orElse("").strip();
        if (line.length() < 16) {
            throw new IOException(file + ": the organisation's secret needs at least 16 characters in the first line");
        }
        return new OrganizationSecret(line, servers);
    }

    /** The one that processes meeting in {@code folder} share: whoever comes first makes it. */
    static OrganizationSecret shared(Path folder, Collection<String> servers) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("organization.secret");
        if (!Files.exists(file)) {
            Path fresh = Files.createTempFile(folder, "secret", ".tmp"); // readable by its owner only
            Files.writeString(fresh, generated(servers).secret + "\n");
            try {
                Files.createLink(file, fresh); // fails when another process was first
            } catch (FileAlreadyExistsException another) {
                // Its secret counts, and is read below.
            } finally {
                Files.delete(fresh);
            }
        }
        return read(file, servers);
    }

    String secret() {
        return secret;
    }

    /** What its clients derive from it, too, if they connect to a server of this process. */
    synchronized Scram.Salted salted() {
        Scram.Salted its = salted;
        if (its == null) {
            its = Scram.Salted.of(secret, salt, ITERATIONS);
            salted = its;
        }
        return its;
    }

    synchronized Scram.Credentials credentials() {
        Scram.Credentials its = credentials;
        if (its == null) {
            its = Scram.Credentials.of(salted());
            credentials = its;
        }
        return its;
    }

    /** The server of the organisation that goes by {@code name}. */
    Optional<String> serverNamed(String name) {
        return servers.contains(name) ? Optional.of(servers.tailSet(name).first()) : Optional.empty();
    }
}
