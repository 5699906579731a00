package org.bridgehead.io.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.scenario.Conditions;
import org.bridgehead.core.scenario.Expectation;
import org.bridgehead.core.scenario.Scenario;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Step;

/**
 * Reads scenario files: YAML 1.2 as in {@code examples/scenarios/demo.yaml}. A file is good as a whole or refused with
 * every mistake in it; names of servers, links and sites are checked against the topology it names. Stateless; safe for
 * any thread.
 */
public final class ScenarioFile {
    private static final int VERSION = 1;
    private static final List<String> KEYS = List.of("scenario", "name", "topology", "start", "conditions", "scenes");
    private static final List<String> CONDITIONS =
            List.of("seed", "latency", "disk", "directory", "room", "lossPerMille");
    private static final List<String> SCENE = List.of("title", "steps", "expect");
    private static final Instant DEFAULT_START = Instant.parse("2007-03-01T08:00:00Z");

    private ScenarioFile() {}

    /**
     * Reads a file and the topology file it names.
     *
     * @throws TopologyFileException when one of the two is no good
     * @throws IOException when one cannot be read at all
     */
    public static LoadedScenario load(Path file) throws TopologyFileException, IOException {
        Problems problems = new Problems(file.toString());
        String text = TopologyFile.decode(file);
        Optional<YamlMap> top = YamlText.read(text, problems).flatMap(value -> value.map(KEYS));
        Optional<Path> topology =
                top.flatMap(map -> map.require("topology", "contoso.yaml")).flatMap(value -> topology(value, file));
        if (top.isEmpty() || topology.isEmpty()) {
            top.ifPresent(ScenarioFile::checkVersion);
            throw new TopologyFileException(problems.errors(), text);
        }
        LoadedTopology loaded = TopologyFile.load(topology.get());
        Optional<Scenario> scenario = scenario(
                top.get(),
                new StepReader(loaded.organization().topology(), topology.get(), LoadedScenario.folderOf(file)),
                new ExpectationReader(loaded.organization().topology()));
        if (scenario.isEmpty() || !problems.errors().isEmpty()) {
            throw new TopologyFileException(problems.errors(), text);
        }
        return new LoadedScenario(scenario.get(), file, loaded);
    }

    private static Optional<Path> topology(YamlValue value, Path file) {
        Optional<Path> found = value.text("a file name")
                .map(name -> LoadedScenario.folderOf(file).resolve(name).normalize());
        if (found.isPresent() && !Files.isRegularFile(found.get())) {
            value.error("there is no file " + found.get(), "the name is relative to this file");
            return Optional.empty();
        }
        return found;
    }

    private static Optional<Scenario> scenario(YamlMap map, StepReader steps, ExpectationReader expectations) {
        checkVersion(map);
        Optional<String> name =
                map.require("name", "Mail through Contoso").flatMap(value -> value.text("what it is called"));
        Instant start = map.get("start")
                .flatMap(value -> value.parsed("a time such as " + DEFAULT_START, ScenarioFile::instant))
                .orElse(DEFAULT_START);
        Optional<YamlValue> list = map.require("scenes", "[ { title: One letter, steps: [] } ]");
        List<Scene> scenes = list.map(value -> value.list("scenes", scene -> scene(scene, steps, expectations)))
                .orElse(List.of());
        list.filter(YamlValue::isEmptyList).ifPresent(value -> value.error("no scene", "write at least one"));
        String topology =
                map.get("topology").flatMap(value -> value.text("a file name")).orElse("");
        return name.isEmpty() || scenes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Scenario(
                        name.get(),
                        topology,
                        start,
                        map.get("conditions")
                                .flatMap(value -> value.map(CONDITIONS))
                                .map(ScenarioFile::conditions),
                        scenes));
    }

    private static Conditions conditions(YamlMap map) {
        return new Conditions(
                map.get("seed")
                        .flatMap(value -> value.parsed("a number", ScenarioFile::number))
                        .orElse(0L),
                duration(map, "latency"),
                duration(map, "disk"),
                duration(map, "directory"),
                map.get("room").flatMap(value -> value.integer(0, 1_000_000)).orElse(0),
                map.get("lossPerMille").flatMap(value -> value.integer(0, 1000)).orElse(0));
    }

    private static Optional<Long> number(String text) {
        return text.matches("-?[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static Duration duration(YamlMap map, String key) {
        return map.get(key).flatMap(value -> value.duration(true)).orElse(Duration.ZERO);
    }

    private static void checkVersion(YamlMap map) {
        map.require("scenario", "1")
                .ifPresent(value -> value.parsed(
                        "format version " + VERSION,
                        text -> Optional.of(text).filter(String.valueOf(VERSION)::equals)));
    }

    private static Optional<Scene> scene(YamlValue value, StepReader steps, ExpectationReader expectations) {
        Optional<YamlMap> map = value.map(SCENE);
        Optional<String> title = map.flatMap(m -> m.require("title", "One letter"))
                .flatMap(v -> v.text("one line that says what happens"));
        List<Step> done = map.flatMap(m -> m.require("steps", "[ { advance: 5m } ]"))
                .map(v -> v.list("steps", steps::read))
                .orElse(List.of());
        List<Expectation> expected = map.flatMap(m -> m.get("expect"))
                .map(v -> v.list("expectations", expectations::read))
                .orElse(List.of());
        return title.map(words -> new Scene(words, done, expected));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
