package org.bridgehead.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.io.config.GraphmlImport;
import org.bridgehead.io.config.GraphmlOptions;
import org.bridgehead.io.config.ImportedTopology;
import org.bridgehead.io.config.TopologyFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A topology from the real world. */
@Command(
        name = "import",
        header = {
            "A topology from the real world: a network drawn in GraphML.",
            "",
            "Examples:",
            "  bridgehead import graphml Geant2012.graphml -O geant.yaml      then: bridgehead check geant.yaml",
            "  bridgehead import graphml wan.graphml --hub-per-site 2 --metric cost --on-failure reroute -O wan.yaml",
            "",
            "Nodes become sites, edges site links, coordinates positions; servers and a way to the Internet are added.",
            "Costs come from cost, weight or metric, else from LinkSpeedRaw, bandwidth or capacity, else they are 100.",
            "Files of the Internet Topology Zoo, yEd, NetworkX and JGraphT are understood. What had to be assumed is",
            "said on stderr and in comments of the file.",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "2:bad usage or file", "3:a file cannot be read or written"})
final class ImportCommand extends Verb {
    @Parameters(index = "0", paramLabel = "KIND", description = "of file: graphml")
    String kind = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "what to import")
    @Nullable
    String source;

    @Option(names = "-O", paramLabel = "FILE", description = "write here, over what stands there; default: stdout")
    @Nullable
    Path target;

    @Option(names = "--hub-per-site", paramLabel = "N", description = "hub servers per site; default: ${DEFAULT-VALUE}")
    int hubs = 1;

    @Option(
            names = "--place-mailboxes",
            negatable = true,
            fallbackValue = "true",
            defaultValue = "true",
            description = "a mailbox server in each site; default: ${DEFAULT-VALUE}")
    boolean mailboxes = true;

    @Option(names = "--name", paramLabel = "NAME", description = "of the organisation; default: the graph's")
    @Nullable
    String name;

    @Mixin
    RoutingOptions routing = new RoutingOptions();

    @Override
    public Integer call() throws IOException {
        if (!kind.equalsIgnoreCase("graphml")) {
            throw Failure.usage("import " + kind + ": only graphml can be imported; write import graphml FILE");
        }
        TopologyAnswer.check(options().format);
        ImportedTopology imported = read(source(source));
        warn(imported.warnings());
        Organization made = imported.organization();
        TopologyAnswer answer = new TopologyAnswer(
                new Organization(HopRoom.made(made.topology()), made.directory()), imported.remarks());
        if (target == null) {
            answer.print(output().text(), options().format);
        } else {
            answer.save(target, options().format);
        }
        return ExitCode.OK;
    }

    private Path source(@Nullable String named) {
        if (named == null) {
            throw Failure.usage("import graphml: which file? Write import graphml FILE");
        }
        Path path = Path.of(named);
        if (!Files.isRegularFile(path)) {
            throw Failure.usage("no such GraphML file: " + path);
        }
        return path;
    }

    private ImportedTopology read(Path path) {
        try {
            return GraphmlImport.read(
                    path,
                    new GraphmlOptions(
                            Optional.ofNullable(name).filter(text -> !text.isBlank()),
                            routing.policy(),
                            hubs,
                            mailboxes));
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), e);
        } catch (TopologyFileException e) {
            throw Failure.usage(e.illustrated(), e);
        } catch (IOException e) {
            throw Failure.environment("cannot read " + path + ": " + e.getMessage(), e);
        }
    }
}
