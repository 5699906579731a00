package org.bridgehead.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bridgehead.cli.demo.Demo;
import org.bridgehead.cli.demo.Ink;
import org.bridgehead.cli.demo.Verdict;
import org.bridgehead.cli.demo.WhereToLook;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.engine.OrganizationStartException;
import org.bridgehead.io.config.LoadedScenario;
import org.bridgehead.io.config.ScenarioFile;
import org.bridgehead.io.config.TopologyFileException;
import org.bridgehead.io.ldap.LdifException;
import org.bridgehead.io.ldap.LdifRecipients;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Predicts what mail will do, then proves it on the wire. */
@Command(
        name = "demo",
        header = {
            "Plays a scenario: predicts aloud what mail will do, then does it on real sockets.",
            "",
            "Examples:",
            "  bridgehead demo",
            "  bridgehead demo --mail ~/Mail/archive            your own .eml files instead of examples/mail",
            "  bridgehead demo --scenario examples/scenarios/demo.yaml",
            "  bridgehead demo --stay                           keeps it running, to try it by hand",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:everything happened as predicted",
            "1:something was lost, or did not happen as predicted",
            "2:bad usage, scenario or topology",
            "3:a port or a file cannot be had"
        })
final class DemoCommand extends Verb {
    private static final Path SCENARIO = Path.of("examples", "scenarios", "demo.yaml");

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "what to play; default: examples/scenarios/demo.yaml of the installation")
    Optional<Path> scenario = Optional.empty();

    @Option(
            names = "--mail",
            paramLabel = "DIR",
            description = "send these .eml files instead of those that the scenario names")
    Optional<Path> mail = Optional.empty();

    @Option(names = "--stay", description = "keep the organisation running until Ctrl-C")
    boolean stay;

    @Override
    public Integer call() throws IOException {
        Output output = output();
        PrintWriter out = output.isTable() ? output.text() : new PrintWriter(Writer.nullWriter());
        mail.filter(place -> !Files.exists(place)).ifPresent(place -> {
            throw Failure.usage("no such file or folder: " + place);
        });
        Path file = scenario.orElseGet(DemoCommand::shipped);
        out.println(output.colors().strong("Bridgehead") + " plays " + file
                + ": each scene is predicted first, then done by real SMTP on this machine.");
        out.flush();
        LoadedScenario loaded = read(file);
        try (Demo demo = Demo.start(loaded, complete(loaded), mail, out, ink(output.colors()))) {
            Verdict verdict = demo.play();
            demo.tell(verdict);
            if (output.isTable()) {
                new WhereToLook(demo.organization(), loaded, out).tell(stay);
            } else {
                output.record(verdict.fields());
            }
            if (stay) {
                stay(demo);
            }
            return verdict.good() ? ExitCode.OK : ExitCode.BAD_ANSWER;
        } catch (OrganizationStartException e) {
            throw Failure.environment("the organisation cannot start: " + e.getMessage(), e);
        }
    }

    /** The shipped scenario: below the working directory, or beside the folder that the program's jar is in. */
    private static Path shipped() {
        if (Files.exists(SCENARIO)) {
            return SCENARIO;
        }
        try {
            Path program = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path home = program.resolve("../..").normalize();
            return Path.of("").toAbsolutePath().relativize(home.resolve(SCENARIO));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw Failure.usage("where this program is installed is unknown: name a file by --scenario", e);
        }
    }

    private static LoadedScenario read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw Failure.usage("no such scenario file: " + file);
        }
        try {
            return ScenarioFile.load(file);
        } catch (TopologyFileException e) {
            int count = e.problems().size();
            throw Failure.usage(e.illustrated() + "\n" + count + (count == 1 ? " problem" : " problems"), e);
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    private static Organization complete(LoadedScenario loaded) throws IOException {
        try {
            return LdifRecipients.complete(
                    loaded.topology().organization(), loaded.topology().folder());
        } catch (LdifException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), e);
        }
    }

    private static Ink ink(Colors colors) {
        return (meaning, text) -> switch (meaning) {
            case STRONG -> colors.strong(text);
            case GOOD -> colors.good(text);
            case BAD -> colors.bad(text);
            case NAME -> colors.name(text);
            case FAINT -> colors.faint(text);
        };
    }

    /** Virtual time follows real time from here on, so that retries and idle connections go their way. */
    private void stay(Demo demo) {
        while (!Thread.currentThread().isInterrupted()) {
            demo.organization().await(() -> false, Duration.ofSeconds(1));
            try {
                demo.organization().clock().advance(Duration.ofSeconds(1));
            } catch (IllegalStateException e) {
                // Somebody who types SMTP by hand may take his time; mail flows all the same.
                err().println("virtual time stands still: " + e.getMessage());
                err().flush();
            }
        }
    }
}
