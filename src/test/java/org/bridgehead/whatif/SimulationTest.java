package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.scenario.Conditions;
import org.bridgehead.core.scenario.Scenario;
import org.bridgehead.io.config.LoadedScenario;
import org.bridgehead.io.config.Remarks;
import org.bridgehead.io.config.ScenarioFile;
import org.bridgehead.io.config.ScenarioWriter;
import org.bridgehead.io.config.TopologyWriter;
import org.bridgehead.io.ldap.FileDirectory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Random worlds with heavy faults: no invariant is violated. */
class SimulationTest {
    private static final int MESSAGES = 100;
    private static final Path MET_BEFORE = Path.of("src", "test", "resources", "simulation");

    private static SimulationResult run(long seed) {
        Organization organization = RandomOrganization.of(seed, 2, 6);
        return run(organization, RandomScenario.of(organization, seed, 2, MESSAGES, FaultLevel.HEAVY));
    }

    private static SimulationResult run(Organization organization, Scenario scenario) {
        return Simulation.run(organization.topology(), FileDirectory.of(organization.directory()), scenario);
    }

    private static void hold(long from, long to) {
        Map<Moment, Integer> moments = new EnumMap<>(Moment.class);
        List<String> violations = new ArrayList<>();
        Failovers failovers = Failovers.NONE;
        long hops = 0;
        long begun = System.nanoTime();
        for (long seed = from; seed <= to; seed++) {
            SimulationResult result = run(seed);
            hops += result.hops();
            failovers = failovers.plus(result.failovers());
            result.moments().forEach((moment, count) -> moments.merge(moment, count, Integer::sum));
            if (result.violation().isPresent()) {
                violations.add("seed " + seed + ": " + result.violation().get());
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "simulation: seeds %d to %d, %d message-hops in %.1f s (%.0f/s), crashes %s, %s%n",
                from,
                to,
                hops,
                seconds,
                hops / seconds,
                moments,
                failovers);
        assertThat(violations).isEmpty();
        assertThat(failovers.lossy()).isPositive();
        assertThat(failovers.redelivered()).isPositive();
        assertThat(failovers.missing()).as("small dumpsters").isPositive();
        assertThat(moments.keySet()).containsExactly(Moment.values());
    }

    @Test
    void noInvariantIsViolated() {
        hold(1, 80);
    }

    /** The promise of ten thousand worlds, with a hundred crashes and more in the midst of each thing. */
    @Test
    @Tag("soak")
    void noInvariantIsViolatedInTenThousandWorlds() {
        hold(1, 10_000);
    }

    /** Where some things, or all, take no time, what a hub hears comes in the midst of what it has just asked for. */
    @Test
    void noInvariantIsViolatedWhereThingsTakeNoTime() {
        for (long seed = 40_001; seed <= 40_010; seed++) {
            Organization organization = RandomOrganization.of(seed, 2, 6);
            Scenario scenario = RandomScenario.of(organization, seed, 2, MESSAGES, FaultLevel.HEAVY);
            Conditions drawn = scenario.conditions().orElseThrow();
            for (int slow = 0; slow < 4; slow++) {
                Conditions quick = new Conditions(
                        seed,
                        slow == 1 ? drawn.latency() : Duration.ZERO,
                        slow == 2 ? drawn.disk() : Duration.ZERO,
                        slow == 3 ? drawn.directory() : Duration.ZERO,
                        drawn.room(),
                        drawn.lossPerMille());
                SimulationResult result = run(
                        organization,
                        new Scenario(
                                scenario.name(),
                                scenario.topology(),
                                scenario.start(),
                                Optional.of(quick),
                                scenario.scenes()));
                assertThat(result.violation()).as("seed %d, %s", seed, quick).isEmpty();
                assertThat(result.hops()).isPositive();
            }
        }
    }

    @Test
    void theSameSeedIsTheSameWorld() {
        for (long seed = 20_001; seed <= 20_010; seed++) {
            assertThat(run(seed)).as("seed %d", seed).isEqualTo(run(seed));
        }
    }

    /** A scenario that is written and read back is the same world; a shrunk one shows the same, and is shorter. */
    @Test
    void aFileReplaysTheWorld(@TempDir Path folder) throws Exception {
        for (long seed = 30_001; seed <= 30_008; seed++) {
            Organization organization = RandomOrganization.of(seed, 2, 6);
            Scenario scenario = RandomScenario.of(organization, seed, 2, MESSAGES, FaultLevel.HEAVY);
            LoadedScenario read = writtenAndRead(folder, organization, scenario);
            assertThat(run(read.topology().organization(), read.scenario()))
                    .as("seed %d", seed)
                    .isEqualTo(run(organization, scenario));
        }
    }

    private static LoadedScenario writtenAndRead(Path folder, Organization organization, Scenario scenario)
            throws Exception {
        write(folder.resolve("t.yaml"), TopologyWriter.text(organization, Remarks.of(List.of())));
        Scenario named =
                new Scenario(scenario.name(), "t.yaml", scenario.start(), scenario.conditions(), scenario.scenes());
        write(folder.resolve("s.yaml"), ScenarioWriter.text(named, List.of("a test")));
        return ScenarioFile.load(folder.resolve("s.yaml"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    @Test
    void shrinkingKeepsWhatAScenarioShowsAndLeavesOutTheRest() {
        Organization organization = RandomOrganization.of(7, 2, 6);
        Scenario scenario = RandomScenario.of(organization, 7, 2, MESSAGES, FaultLevel.HEAVY);
        int crashes = run(organization, scenario).crashes();
        assertThat(crashes).as("crashes of seed 7").isPositive();
        Scenario shortest =
                Shrinking.shrink(scenario, one -> run(organization, one).crashes() > 0, 500);
        assertThat(Shrinking.faults(shortest)).isEqualTo(1);
        assertThat(run(organization, shortest).letters()).isZero();
    }

    /** Scenarios that broke something once; each names what in its first line. */
    @TestFactory
    Stream<DynamicTest> whatWasMetBeforeStaysAway() throws IOException {
        try (Stream<Path> files = Files.list(MET_BEFORE)) {
            List<Path> scenarios = files.filter(file -> !file.toString().endsWith(".topology.yaml"))
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            return scenarios.stream()
                    .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> {
                        LoadedScenario loaded = ScenarioFile.load(file);
                        Optional<Violation> violation = run(loaded.topology().organization(), loaded.scenario())
                                .violation();
                        assertThat(violation).isEmpty();
                    }));
        }
    }
}
