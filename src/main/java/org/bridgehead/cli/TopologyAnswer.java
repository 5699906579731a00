package org.bridgehead.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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

    /** Writes it. */
    void write(Appendable out, OutputFormat format) throws IOException {
        if (format == OutputFormat.JSON) {
            out.append(Structured.json(TopologyTree.of(organization))).append('\n');
        } else {
            TopologyWriter.write(organization, remarks, out);
        }
    }

    /**
     * Writes it into a file, over what stood there.
     *
     * @throws Failure when the file cannot be written
     */
    void save(Path file, OutputFormat format) {
        AnswerFile.save(file, out -> write(out, format));
    }
}
