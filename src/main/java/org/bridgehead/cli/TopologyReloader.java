package org.bridgehead.cli;

import java.nio.file.Path;
import java.util.List;
import org.bridgehead.admin.Reloader;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.Problem;

/** Reads the topology file of a running engine again. Safe for any thread: one reload at a time. */
final class TopologyReloader implements Reloader {
    private final Verb verb;
    private final Path file;
    private final MailOrganization organization;

    TopologyReloader(Verb verb, Path file, MailOrganization organization) {
        this.verb = verb;
        this.file = file;
        this.organization = organization;
    }

    @Override
    public synchronized Outcome reload() {
        LoadedTopology loaded;
        try {
            loaded = verb.read(file, List.of());
        } catch (Failure e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        List<String> afterRestart = organization.control().reload(loaded.organization());
        return new Outcome(
                file.toString(),
                loaded.warnings().stream().map(Problem::toString).toList(),
                afterRestart);
    }

    /** The same for somebody who only reads what is printed: one line, or the mistakes. */
    String reloadAndTell() {
        try {
            Outcome outcome = reload();
            return "reloaded " + outcome.file()
                    + (outcome.afterRestart().isEmpty()
                            ? ""
                            : "; only after a restart: " + String.join("; ", outcome.afterRestart()));
        } catch (IllegalArgumentException e) {
            return "not reloaded, nothing has changed: " + e.getMessage();
        }
    }
}
