package org.bridgehead.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bridgehead.io.config.Edit;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.Problem;
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
        return load(file, List.of());
    }

    /**
     * As {@link #load(Path)}, with changes made while it is read.
     *
     * @param set as typed after {@code --set}
     * @throws Failure when the result cannot be used
     */
    final LoadedTopology load(Path file, List<String> set) {
        LoadedTopology loaded = read(file, set);
        warn(loaded.warnings());
        return loaded;
    }

    /** Prints warnings, unless {@code -q}. */
    final void warn(List<Problem> warnings) {
        warnings.forEach(warning -> warn(warning.toString()));
    }

    /** Prints one warning, unless {@code -q}. */
    final void warn(String warning) {
        if (!options().quiet) {
            err().println(options().colors().warning(warning));
        }
    }

    /** As {@link #load(Path, List)}, without a word about warnings. */
    final LoadedTopology read(Path file, List<String> set) {
        if (!Files.isRegularFile(file)) {
            throw Failure.usage("no such topology file: " + file);
        }
        try {
            LoadedTopology loaded =
                    TopologyFile.load(file, set.stream().map(Edit::new).toList());
            return new LoadedTopology(
                    LdifRecipients.complete(loaded.organization(), loaded.folder()), loaded.file(), loaded.warnings());
        } catch (LdifException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), e);
        } catch (TopologyFileException e) {
            int count = e.problems().size();
            throw Failure.usage(
                    e.illustrated() + "\n" + count + (count == 1 ? " problem in " : " problems in ") + file
                            + (set.isEmpty() ? "" : " with --set"),
                    e);
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }
}
