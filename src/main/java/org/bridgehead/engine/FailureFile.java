package org.bridgehead.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The failure of a real mailbox node that no other node has taken over from yet: a restart in between still asks hubs for
 * the right time. For one thread at a time.
 */
final class FailureFile {
    private static final Logger LOG = LoggerFactory.getLogger(FailureFile.class);
    private static final String UNKNOWN = "-";

    /**
     * A failure.
     *
     * @param at when it was told
     * @param copied until when the other copy has everything; empty = nobody said
     */
    record Failure(Instant at, Optional<Instant> copied) {}

    private final LinesFile file;

    FailureFile(Optional<Path> data, String server) {
        file = new LinesFile(data.map(all -> all.resolve("operators").resolve(server + ".failure.txt")));
    }

    /** What was written last. */
    Optional<Failure> read() throws IOException {
        List<String> lines = file.read();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = lines.get(0).split("\t");
        try {
            Instant at = Instant.parse(parts[0]);
            return Optional.of(new Failure(
                    at,
                    parts.length < 2 || parts[1].equals(UNKNOWN)
                            ? Optional.empty()
                            : Optional.of(Instant.parse(parts[1]))));
        } catch (DateTimeException e) {
            LOG.warn("not understood, left out: {}", lines.get(0));
            return Optional.empty();
        }
    }

    /** Holds this, and would after a power cut, when it returns. */
    void write(Optional<Failure> failure) throws IOException {
        file.replace(failure.stream()
                .map(its ->
                        its.at() + "\t" + its.copied().map(Instant::toString).orElse(UNKNOWN))
                .toList());
    }
}
