package org.bridgehead.io.spool;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where unreadable octets go: a folder for people to look into, and the list of reports that recovery hands on. Safe for
 * any thread.
 */
final class Aside {
    private static final Logger LOG = LoggerFactory.getLogger(Aside.class);

    private final Optional<Path> folder;
    private final List<Recovered.Torn> unreported = new ArrayList<>();
    private long count;
    private long files;

    /** Keeps octets in {@code folder}, which is made when first needed; empty = in no place, for memory. */
    Aside(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Keeps octets as a file; answers where, for the report. */
    synchronized String keep(String name, InputStream octets) throws IOException {
        if (folder.isEmpty()) {
            return name;
        }
        Path kept = freeName(name);
        Files.copy(octets, kept);
        Folders.syncFile(kept);
        Folders.sync(folder.get());
        return name + " (octets kept in " + kept + ")";
    }

    String keep(String name, byte[] octets) throws IOException {
        return keep(name, new ByteArrayInputStream(octets));
    }

    private Path freeName(String name) throws IOException {
        Folders.create(folder.orElseThrow());
        String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-");
        Path kept;
        do {
            kept = folder.get().resolve(String.format("%06d-%s", ++files, plain));
        } while (Files.exists(kept));
        return kept;
    }

    /** Counts and logs damage that the caller hands on itself. */
    synchronized Recovered.Torn told(String where, String why) {
        count++;
        LOG.warn("torn: {}: {}", where, why);
        return new Recovered.Torn(where, why);
    }

    /** Counts, logs and keeps a report for the next recovery. */
    synchronized void report(String where, String why) {
        unreported.add(told(where, why));
    }

    /** The reports nobody has taken yet. */
    synchronized List<Recovered.Torn> take() {
        List<Recovered.Torn> taken = List.copyOf(unreported);
        unreported.clear();
        return taken;
    }

    /** Damaged places since the start. */
    synchronized long count() {
        return count;
    }
}
