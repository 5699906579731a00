package org.bridgehead.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.config.TopologyFileException;
import org.bridgehead.io.ldap.LdifException;
import org.bridgehead.io.ldap.LdifRecipients;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * What all verbs share. A verb is a class with {@code @Command} that returns an {@link ExitCode}; its {@code header}
 * begins with one line for the list of verbs, then examples. Throw {@link Failure} for what the user can mend.
 */
abstract class Verb implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    /** The options that every verb has. */
    final Main options() {
        return (Main) spec.root().userObject();
    }

    /** Where the answer goes. */
    final Output output() {
        if (options().format == OutputFormat.JUNIT && !writesJunit()) {
            throw Failure.usage("-o junit is an answer of verify only; write table, json, yaml or csv");
        }
        return new Output(
                spec.commandLine().getOut(), options().format, options().colors());
    }

    /** Whether {@code -o junit} makes sense. */
    boolean writesJunit() {
        return false;
    }

    /** Where progress and diagnostics go. */
    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /**
     * Reads a topology file and the recipient files it names; its warnings go to stderr unless {@code -q}.
     *
     * @throws Failure when it cannot be used
     */
    final LoadedTopology load(Path file) {
        if (!Files.isRegularFile(file)) {
            throw Failure.usage("no such topology file: " + file);
        }
        try {
            LoadedTopology loaded = TopologyFile.load(file);
            if (!options().quiet) {
                loaded.warnings()
                        .forEach(warning -> err().println(options().colors().warning(warning.toString())));
            }
            return new LoadedTopology(
                    LdifRecipients.complete(loaded.organization(), loaded.folder()), loaded.file(), loaded.warnings());
        } catch (LdifException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), e);
        } catch (TopologyFileException e) {
            int count = e.problems().size();
            throw Failure.usage(
                    e.illustrated() + "\n" + count + (count == 1 ? " problem in " : " problems in ") + file, e);
        } catch (IOException e) {
            throw Failure.environment("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
