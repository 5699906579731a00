package org.bridgehead.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder in which the processes of one organisation tell each other where their servers listen: one file
 * {@code NAME.json} each, written atomically (DECISIONS 8). Safe for any thread and process.
 */
final class PeerFolder {
    private static final Pattern SMTP = Pattern.compile("\"smtp\"\\s*:\\s*\"(.+):(\\d{1,5})\"");

    private final Path folder;

    PeerFolder(Path folder) {
        this.folder = folder;
    }

    void write(String server, InetSocketAddress address) throws IOException {
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "peer", ".tmp");
        Files.writeString(
                fresh,
                "{\"smtp\":\"" + address.getAddress().getHostAddress() + ":" + address.getPort() + "\",\"pid\":"
                        + ProcessHandle.current().pid() + "}\n");
        Files.move(fresh, file(server), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Optional<InetSocketAddress> read(String server) throws IOException {
        try {
            Matcher found = SMTP.matcher(Files.readString(file(server)));
            return found.find()
                    ? Optional.of(new InetSocketAddress(found.group(1), Integer.parseInt(found.group(2))))
                    : Optional.empty();
        } catch (NoSuchFileException notStarted) {
            return Optional.empty();
        }
    }

    private Path file(String server) {
        return folder.resolve(server.toLowerCase(Locale.ROOT) + ".json");
    }
}
