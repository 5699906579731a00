package org.bridgehead.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small text file that is replaced whole: after a crash it is the old one or the new one, synced. Without a path
 * nothing is kept. For one thread at a time.
 */
final class LinesFile {
    private static final Logger LOG = LoggerFactory.getLogger(LinesFile.class);

    private final Optional<Path> file;

    LinesFile(Optional<Path> file) {
        this.file = file;
    }

    /** Its lines; none when there is no file yet. */
    List<String> read() throws IOException {
        return file.isPresent() && Files.exists(file.get())
                ? Files.readAllLines(file.get(), StandardCharsets.UTF_8)
                : List.of();
    }

    /** Holds these lines, and would after a power cut, when this returns. */
    void replace(List<String> lines) throws IOException {
        if (file.isEmpty()) {
            return;
        }
        Path target = file.get();
        Path folder = Files.createDirectories(target.toAbsolutePath().resolveSibling(""));
        Path fresh = folder.resolve(target.getFileName() + ".new");
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer octets = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (octets.hasRemaining()) {
                out.write(octets);
            }
            out.force(true);
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel its = FileChannel.open(folder, StandardOpenOption.READ)) {
            its.force(true);
        } catch (IOException e) {
            LOG.debug("this system syncs no folders: {}", e.toString());
        }
    }
}
