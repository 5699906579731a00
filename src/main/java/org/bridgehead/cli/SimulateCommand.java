package org.bridgehead.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.scenario.Scenario;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.engine.Workers;
import org.bridgehead.io.config.ScenarioWriter;
import org.bridgehead.io.ldap.FileDirectory;
import org.bridgehead.whatif.Failovers;
import org.bridgehead.whatif.FaultLevel;
import org.bridgehead.whatif.Moment;
import org.bridgehead.whatif.RandomScenario;
import org.bridgehead.whatif.Shrinking;
import org.bridgehead.whatif.Simulation;
import org.bridgehead.whatif.SimulationResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Random mail and faults in virtual time, invariants checked. */
@Command(
        name = "simulate",
        header = {
            "Hunts lost mail: random traffic and faults in virtual time, invariants checked at every step.",
            "",
            "Examples:",
            "  bridgehead simulate topologies/contoso.yaml --seeds 1..100",
            "  bridgehead simulate topologies/contoso.yaml --seeds 1..1000 --hours 8 --faults heavy -O found",
            "  bridgehead simulate --random --seeds 1..10000          each seed draws an organisation of its own",
            "  bridgehead simulate found/seed-17.yaml                 plays one scenario again",
            "",
            "Servers crash and lose power, links and sites are cut, disks fill up or get slow, clocks go wrong, replies",
            "are lost, costs change, operators hold queues, mailbox nodes die with logs that nobody else has; then all is",
            "mended. What must hold: accepted mail is delivered, reported, or on a disk; no mailbox gets a message twice;",
            "nothing goes round beyond maxHops; queues count what disks hold; a mailbox server never has two active nodes;",
            "what was lost with a node comes back once, unless the dumpsters had to let it go; in the end everything drains.",
            "A seed that breaks this is shrunk to a scenario file that shows it again. The same seed is the same world",
            "on every machine.",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every invariant held", "1:one was violated", "2:bad input", "3:a file cannot be written"})
final class SimulateCommand extends Verb {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,15})(?:\\.\\.(\\d{1,15}))?");
    private static final int TRIES = 2_000;
    private static final int MOST_THREADS = 1_024;

    @Parameters(arity = "0..1", paramLabel = "T", description = "topology file, or a scenario file to play again")
    @Nullable
    Path file;

    @Option(names = "--seeds", paramLabel = "A..B", description = "which worlds; default: ${DEFAULT-VALUE}")
    String seeds = "1..100";

    @Option(names = "--random", description = "no topology: each seed draws its own, of 2 to 6 sites")
    boolean random;

    @Option(names = "--hours", paramLabel = "H", description = "of mail and faults; default: ${DEFAULT-VALUE}")
    int hours = 2;

    @Option(names = "--messages", paramLabel = "N", description = "letters per world; default: ${DEFAULT-VALUE}")
    int messages = 100;

    @Option(names = "--faults", paramLabel = "light|heavy", description = "default: ${DEFAULT-VALUE}")
    String faults = FaultLevel.HEAVY.keyword();

    @Option(names = "--threads", paramLabel = "N", description = "worlds at once; default: one for each processor")
    int threads = Workers.processors();

    @Option(names = "-O", paramLabel = "DIR", description = "where scenario files go; default: ${DEFAULT-VALUE}")
    Path folder = Path.of(".");

    private final List<Map<String, Object>> violations = new ArrayList<>();
    private final Map<Moment, Integer> moments = new EnumMap<>(Moment.class);
    private long hops;
    private long letters;
    private long crashes;
    private Failovers failovers = Failovers.NONE;

    @Override
    public Integer call() throws IOException {
        check();
        if (file != null && Scenarios.isScenario(file)) {
            return replay(file);
        }
        long[] range = range();
        WorldSource worlds = file == null
                ? WorldSource.DRAWN
                : new WorldSource.OfFile(load(file).organization(), file);
        FaultLevel level = level();
        long begun = System.nanoTime();
        try (ProgressBar bar = progress(range[1] - range[0] + 1)) {
            Workers.inOrder(
                    range[0],
                    range[1],
                    threads,
                    seed -> {
                        Organization organization = worlds.organization(seed);
                        return run(organization, scenario(organization, seed, level));
                    },
                    (seed, result) -> {
                        judge(worlds, seed, level, result);
                        if (bar != null) {
                            bar.step();
                        }
                    });
        }
        print(range, (System.nanoTime() - begun) / 1e9);
        return violations.isEmpty() ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }

    private void check() {
        if (random == (file != null)) {
            throw Failure.usage(
                    random ? "--random draws topologies: name none" : "name a topology file, or write --random");
        }
        if (hours < 1 || hours > 10_000) {
            throw Failure.usage("--hours " + hours + ": write a number from 1 to 10000");
        }
        if (messages < 1 || messages > 1_000_000) {
            throw Failure.usage("--messages " + messages + ": write a number from 1 to 1000000");
        }
        if (threads < 1 || threads > MOST_THREADS) {
            throw Failure.usage("--threads " + threads + ": write a number from 1 to " + MOST_THREADS);
        }
    }

    private long[] range() {
        Matcher matcher = RANGE.matcher(seeds);
        if (!matcher.matches()) {
            throw Failure.usage("--seeds " + seeds + ": write 1..100, or one number");
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
        if (last < first) {
            throw Failure.usage("--seeds " + seeds + ": the last one is before the first");
        }
        return new long[] {first, last};
    }

    private FaultLevel level() {
        for (FaultLevel level : FaultLevel.values()) {
            if (level.keyword().equals(faults.toLowerCase(Locale.ROOT))) {
                return level;
            }
        }
        throw Failure.usage("--faults " + faults + ": write light or heavy");
    }

    private @Nullable ProgressBar progress(long worlds) {
        return worlds > 20 && !options().quiet && System.console() != null
                ? new ProgressBarBuilder()
                        .setTaskName("worlds")
                        .setInitialMax(worlds)
                        .build()
                : null;
    }

    private Scenario scenario(Organization organization, long seed, FaultLevel level) {
        try {
            return RandomScenario.of(organization, seed, hours, messages, level);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(file + ": " + e.getMessage(), e);
        }
    }

    private void judge(WorldSource worlds, long seed, FaultLevel level, SimulationResult result) {
        add(result);
        result.violation().ifPresent(violation -> {
            Organization organization = worlds.organization(seed);
            Scenario shortest = Shrinking.shrink(
                    scenario(organization, seed, level),
                    shorter -> run(organization, shorter)
                            .violation()
                            .filter(same -> same.invariant().equals(violation.invariant()))
                            .isPresent(),
                    TRIES);
            Path written = write(worlds, seed, shortest, violation.invariant() + ": " + violation.detail());
            Map<String, Object> found = new LinkedHashMap<>();
            found.put("seed", seed);
            found.put("invariant", violation.invariant());
            found.put("scenario", written.toString());
            found.put("detail", violation.detail());
            found.put("faults", Shrinking.faults(shortest));
            violations.add(found);
        });
    }

    private void add(SimulationResult result) {
        hops += result.hops();
        letters += result.letters();
        crashes += result.crashes();
        failovers = failovers.plus(result.failovers());
        result.moments().forEach((moment, count) -> moments.merge(moment, count, Integer::sum));
    }

    private static SimulationResult run(Organization organization, Scenario scenario) {
        return Simulation.run(organization.topology(), FileDirectory.of(organization.directory()), scenario);
    }

    private Path write(WorldSource worlds, long seed, Scenario scenario, String violation) {
        Path target = folder.resolve("seed-" + seed + ".yaml");
        try {
            Files.createDirectories(folder);
            Scenario named = new Scenario(
                    scenario.name(),
                    worlds.fileFor(seed, folder),
                    scenario.start(),
                    scenario.conditions(),
                    scenario.scenes());
            String text = ScenarioWriter.text(
                    named,
                    List.of("Violates: " + violation, "Play it again: bridgehead simulate " + target.getFileName()));
            Files.writeString(target, text, StandardCharsets.UTF_8);
            return target;
        } catch (IOException e) {
            throw FileTrouble.writing(target, e);
        }
    }

    private int replay(Path scenarioFile) {
        var loaded = Scenarios.load(this, scenarioFile);
        Topology topology = loaded.topology().organization().topology();
        SimulationResult result;
        try {
            result = Simulation.run(
                    topology, FileDirectory.of(loaded.topology().organization().directory()), loaded.scenario());
        } catch (IllegalArgumentException e) {
            throw Failure.usage(scenarioFile + ": " + e.getMessage(), e);
        }
        add(result);
        result.violation().ifPresent(violation -> {
            Map<String, Object> found = new LinkedHashMap<>();
            found.put("seed", loaded.scenario().conditions().map(c -> c.seed()).orElse(0L));
            found.put("invariant", violation.invariant());
            found.put("scenario", scenarioFile.toString());
            found.put("detail", violation.detail());
            found.put("faults", Shrinking.faults(loaded.scenario()));
            violations.add(found);
        });
        print(new long[] {1, 1}, 0);
        return violations.isEmpty() ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }

    private Map<String, Object> failoverFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("count", failovers.failovers());
        fields.put("lossy", failovers.lossy());
        fields.put("lost", failovers.lost());
        fields.put("redelivered", failovers.redelivered());
        fields.put("dropped", failovers.dropped());
        fields.put("lostForGood", failovers.missing());
        return fields;
    }

    private void print(long[] range, double seconds) {
        if (!output().isTable()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("seeds", range[1] - range[0] + 1);
            answer.put("hops", hops);
            answer.put("letters", letters);
            answer.put("crashes", crashes);
            Map<String, Object> where = new LinkedHashMap<>();
            for (Moment moment : Moment.values()) {
                where.put(moment.words(), moments.getOrDefault(moment, 0));
            }
            answer.put("crashedIn", where);
            answer.put("failovers", failoverFields());
            answer.put("violations", violations);
            output().record(answer);
            return;
        }
        PrintWriter out = output().text();
        long worlds = range[1] - range[0] + 1;
        out.println(output().colors().strong(worlds + (worlds == 1 ? " world" : " worlds")) + ", " + letters
                + " letters, " + hops + " message-hops, " + crashes + " crashes"
                + (seconds > 0 ? speed(seconds) : ""));
        for (Moment moment : Moment.values()) {
            out.println("  " + moments.getOrDefault(moment, 0) + " " + moment.words());
        }
        out.println("  " + failovers.failovers() + " failovers of mailbox servers, " + failovers.lossy()
                + " of them with a loss: " + failovers.lost() + " deliveries lost, " + failovers.redelivered()
                + " redelivered, " + failovers.dropped() + " dropped as duplicates, " + failovers.missing()
                + " lost for good");
        for (Map<String, Object> found : violations) {
            out.println(output().colors().bad("seed " + found.get("seed")) + " violates " + found.get("invariant")
                    + " (" + found.get("detail") + "); " + found.get("faults") + " faults are enough: "
                    + found.get("scenario"));
        }
        out.println(
                violations.isEmpty()
                        ? output().colors().good("GOOD: ") + "every invariant held"
                        : output().colors().bad("BAD: ") + violations.size() + " of " + worlds
                                + " worlds violate an invariant");
        out.flush();
    }

    private String speed(double seconds) {
        return String.format(
                Locale.ROOT,
                " in %.1f s (%.0f hops/s, %s)",
                seconds,
                hops / seconds,
                threads == 1 ? "1 thread" : threads + " threads");
    }
}
