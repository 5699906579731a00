package org.bridgehead.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code bridgehead}: common options, the list of verbs, and the one place that turns errors into exit codes. */
@Command(
        name = "bridgehead",
        header = {
            "Mail routing for organisations with many sites.",
            "",
            "Examples:",
            "  bridgehead demo                                                       see it work",
            "  bridgehead route topologies/contoso.yaml --from Berlin --to Rome      which way, and why",
            "  bridgehead routes topologies/contoso.yaml --from Berlin -o csv        a whole routing table",
            "  bridgehead VERB -h                                                    examples of a verb",
            ""
        },
        synopsisHeading = "Usage: ",
        versionProvider = Version.class)
public final class Main implements Runnable {
    /** All verbs, in the order of the help text: add a class here. */
    static final Map<String, Class<? extends Verb>> VERBS = new LinkedHashMap<>();

    static {
        VERBS.put("demo", DemoCommand.class);
        VERBS.put("run", RunCommand.class);
        VERBS.put("status", StatusCommand.class);
        VERBS.put("queue", QueueCommand.class);
        VERBS.put("message", MessageCommand.class);
        VERBS.put("server", ServerCommand.class);
        VERBS.put("link", LinkCommand.class);
        VERBS.put("node", NodeCommand.class);
        VERBS.put("cluster", ClusterCommand.class);
        VERBS.put("database", DatabaseCommand.class);
        VERBS.put("dumpster", DumpsterCommand.class);
        VERBS.put("events", EventsCommand.class);
        VERBS.put("track", TrackCommand.class);
        VERBS.put("send", SendCommand.class);
        VERBS.put("reload", ReloadCommand.class);
        VERBS.put("route", RouteCommand.class);
        VERBS.put("routes", RoutesCommand.class);
        VERBS.put("whatif", WhatifCommand.class);
        VERBS.put("sweep", SweepCommand.class);
        VERBS.put("trace", TraceCommand.class);
        VERBS.put("simulate", SimulateCommand.class);
        VERBS.put("expand", ExpandCommand.class);
        VERBS.put("exits", ExitsCommand.class);
        VERBS.put("dcs", DcsCommand.class);
        VERBS.put("load", LoadCommand.class);
        VERBS.put("coverage", CoverageCommand.class);
        VERBS.put("suggest", SuggestCommand.class);
        VERBS.put("verify", VerifyCommand.class);
        VERBS.put("check", CheckCommand.class);
        VERBS.put("dumpster-plan", DumpsterPlanCommand.class);
        VERBS.put("draw", DrawCommand.class);
        VERBS.put("import", ImportCommand.class);
        VERBS.put("export", ExportCommand.class);
        VERBS.put("generate", GenerateCommand.class);
        VERBS.put("schema", SchemaCommand.class);
        VERBS.put("completion", CompletionCommand.class);
    }

    /** Columns of the help text where the terminal does not tell its own. */
    private static final int HELP_WIDTH = 110;

    @Spec
    CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    OutputFormat format = OutputFormat.TABLE;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "plain text (also: set NO_COLOR)")
    boolean noColor;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "more diagnostics; stack traces of errors")
    boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "no warnings, no progress")
    boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "this text")
    boolean help;

    @Option(names = "--version", versionHelp = true, scope = ScopeType.INHERIT, description = "version and Java")
    boolean version;

    /** Runs and exits. */
    public static void main(String[] args) {
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        int exitCode = execute(out, err, args);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /** UTF-8 whatever the platform says: the formats for programs are defined so. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        BufferedOutputStream buffer = new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16);
        return new PrintWriter(new OutputStreamWriter(buffer, StandardCharsets.UTF_8), false);
    }

    /** Runs a command line and returns its exit code. */
    static int execute(PrintWriter out, PrintWriter err, String... args) {
        return execute(line(args), out, err, args);
    }

    /**
     * The program with the verb that the first word names. The others would be looked at class by class, which takes
     * longer than most answers, so they are there only where they may be wanted: for help, completion and misspellings.
     */
    static CommandLine line(String... args) {
        CommandLine line = new CommandLine(new Main());
        String first = args.length == 0 ? "" : args[0];
        boolean alone = VERBS.containsKey(first) && VERBS.get(first) != CompletionCommand.class;
        VERBS.forEach((name, verb) -> {
            if (!alone || name.equals(first)) {
                line.addSubcommand(name, verb);
            }
        });
        return line;
    }

    static int execute(CommandLine line, PrintWriter out, PrintWriter err, String... args) {
        boolean plain = Arrays.asList(args).contains("--no-color");
        line.setOut(out)
                .setErr(err)
                .registerConverter(OutputFormat.class, OutputFormat::parse)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setUsageHelpAutoWidth(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(plain ? Ansi.OFF : Ansi.AUTO))
                .setExecutionStrategy(new CommandLine.RunLast())
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler((e, verb, parsed) -> failed(e, verb));
        boolean verbose =
                Arrays.asList(args).contains("-v") || Arrays.asList(args).contains("--verbose");
        // The demonstration tells its faults itself.
        Logging.configure(verbose ? "INFO" : Arrays.asList(args).contains("demo") ? "ERROR" : "WARN");
        int exitCode = guarded(line, args);
        out.flush();
        err.flush();
        return exitCode;
    }

    /** Picocli hands over exceptions; this catches the rest, such as a library that is not installed. */
    private static int guarded(CommandLine line, String... args) {
        try {
            return line.execute(args);
        } catch (NoClassDefFoundError e) {
            line.getErr().println("bridgehead: a library is missing beside the program: " + e.getMessage());
            return ExitCode.ENVIRONMENT;
        } catch (Error e) {
            return failed(e, line);
        }
    }

    /** Without a verb: the help text, as an error. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb?");
    }

    Colors colors() {
        return Colors.of(!noColor && Ansi.AUTO.enabled());
    }

    private static int misused(ParameterException e, String[] args) {
        CommandLine verb = e.getCommandLine();
        PrintWriter err = verb.getErr();
        err.println("bridgehead: " + e.getMessage());
        boolean suggested = UnmatchedArgumentException.printSuggestions(e, err);
        if (!suggested && verb.getParent() == null) {
            verb.usage(err);
        } else {
            err.println("see: " + verb.getCommandSpec().qualifiedName() + " -h");
        }
        return ExitCode.USAGE;
    }

    private static int failed(Throwable e, CommandLine verb) {
        PrintWriter err = verb.getErr();
        Main options = (Main) verb.getCommandSpec().root().userObject();
        verb.getOut().flush();
        if (options.verbose) {
            e.printStackTrace(err);
        }
        if (e instanceof Failure failure) {
            err.println(options.colors().bad("bridgehead: ") + failure.getMessage());
            return failure.exitCode();
        }
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            err.println(options.colors().bad("bridgehead: ") + e.getMessage());
            return ExitCode.ENVIRONMENT;
        }
        err.println(options.colors().bad("bridgehead: ") + "this is a bug: " + e
                + (options.verbose ? "" : " (run with -v and report what it says)"));
        return ExitCode.BUG;
    }
}
