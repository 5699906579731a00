package org.bridgehead.io.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A RocksDB spool in a folder; a crash leaves it as it is and goes on with a copy of its files. */
final class RocksHome implements Home {
    private final Path parent;
    private Path folder;
    private int copies;
    private Spool spool;

    RocksHome(Path parent) throws IOException {
        this.parent = parent;
        this.folder = parent.resolve("spool");
        this.spool = RocksSpool.open(folder);
    }

    Path folder() {
        return folder;
    }

    @Override
    public Spool spool() {
        return spool;
    }

    @Override
    public Spool reopen() throws IOException {
        spool.close();
        spool = RocksSpool.open(folder);
        return spool;
    }

    @Override
    public Spool crash() throws IOException {
        Path copy = parent.resolve("spool-" + ++copies);
        copy(folder, copy);
        spool.close();
        folder = copy;
        spool = RocksSpool.open(folder);
        return spool;
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                try {
                    Files.copy(each, to.resolve(from.relativize(each).toString()));
                } catch (NoSuchFileException e) {
                    // RocksDB removed an obsolete file meanwhile.
                    continue;
                }
            }
        }
    }
}
