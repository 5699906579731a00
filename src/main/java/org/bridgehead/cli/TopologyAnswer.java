package org.bridgehead.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.io.config.Remarks;
import org.bridgehead.io.config.TopologyTree;
import org.bridgehead.io.config.TopologyWriter;

/**
 * An answer that is itself a topology: YAML, or JSON, which topology files may be as well. One thread.
 *
 * @param organization what to write
 * @param remarks its comments; JSON has none
 */
record TopologyAnswer(Organization organization, Remarks remarks) {
    /** Refuses formats that are no topology. */
    static void check(OutputFormat format) {
        if (format == OutputFormat.CSV || format == OutputFormat.JUNIT) {
            throw Failure.usage("-o " + format + " cannot hold a topology; write yaml or json");
        }
    }

    /** Prints it. */
    void print(PrintWriter out, OutputFormat format) throws IOException {
        write(out, format);
        out.flush();
    }

    private void write(Appendable out, OutputFormat format) throws IOException {
        if (format == OutputFormat.JSON) {
            out.append(Structured.json(TopologyTree.of(organization))).append('\n');
        } else {
            TopologyWriter.write(organization, remarks, out);
        }
    }

    /**
     * Writes it into a file, over what stood there; whoever reads the file meanwhile sees the old or the new one.
     *
     * @throws Failure when the file cannot be written
     */
    void save(Path file, OutputFormat format) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                into(file, format); // a device or a pipe is not replaced
                return;
            }
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path fresh = target.resolveSibling(target.getFileName() + ".tmp");
            try {
                into(fresh, format);
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw Failure.environment("cannot write " + file + ": " + reason(e), e);
        }
    }

    private void into(Path file, OutputFormat format) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            write(out, format);
        }
    }

    private static String reason(IOException e) {
        String what = e.getClass().getSimpleName().replace("Exception", "");
        return Optional.ofNullable(e.getMessage())
                .map(said -> what + " " + said)
                .orElse(what);
    }
}
