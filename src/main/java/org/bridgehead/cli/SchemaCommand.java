package org.bridgehead.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.bridgehead.io.config.TopologyFile;
import picocli.CommandLine.Command;

/** Prints the JSON Schema of topology files. */
@Command(
        name = "schema",
        header = {
            "The JSON Schema of topology files.",
            "",
            "Examples:",
            "  bridgehead schema > topology.schema.json      then point your editor at it:",
            "  # yaml-language-server: $schema=topology.schema.json",
            ""
        },
        synopsisHeading = "Usage: ")
final class SchemaCommand extends Verb {
    @Override
    public Integer call() throws IOException {
        try (InputStream schema = TopologyFile.class.getClassLoader().getResourceAsStream(TopologyFile.SCHEMA)) {
            if (schema == null) {
                throw new IllegalStateException(TopologyFile.SCHEMA + " is missing from the program");
            }
            output().text().print(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
        return ExitCode.OK;
    }
}
