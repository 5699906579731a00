package org.bridgehead.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The JSON Schema and the reader know the same keys. */
class SchemaTest {
    /** JSON is YAML. */
    private static Map<?, ?> schema() throws Exception {
        try (InputStream in = TopologyFile.class.getClassLoader().getResourceAsStream(TopologyFile.SCHEMA)) {
            return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
        }
    }

    /** Every object of the schema with fixed keys, by its path in a topology file. */
    private static void collect(Object schema, String path, Map<String, List<String>> found) {
        if (!(schema instanceof Map<?, ?> map)) {
            return;
        }
        if (map.get("properties") instanceof Map<?, ?> properties) {
            found.put(path, properties.keySet().stream().map(String::valueOf).toList());
            assertThat(map.get("additionalProperties")).as(path).isEqualTo(false);
            properties.forEach((key, value) -> collect(value, path.isEmpty() ? "" + key : path + "." + key, found));
        }
        collect(map.get("additionalProperties"), path + ".*", found);
    }

    @Test
    void itListsExactlyTheKeysThatAreRead() throws Exception {
        Map<String, List<String>> found = new LinkedHashMap<>();
        collect(schema(), "", found);

        Map<String, List<String>> read = new LinkedHashMap<>();
        Arrays.stream(Shape.values()).forEach(shape -> read.put(shape.path(), shape.keys()));
        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(read.keySet());
        read.forEach((path, keys) -> assertThat(found.get(path)).as(path).containsExactlyElementsOf(keys));
    }

    @Test
    void itDescribesEveryKey() throws Exception {
        assertThat(schema().get("$schema")).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        List<String> silent = new ArrayList<>();
        describe(schema(), "", silent);

        assertThat(silent).isEmpty();
    }

    private static void describe(Object schema, String path, List<String> silent) {
        if (schema instanceof Map<?, ?> map) {
            if (map.get("properties") instanceof Map<?, ?> properties) {
                properties.forEach((key, value) -> {
                    Optional<?> said = Optional.ofNullable(((Map<?, ?>) value).get("description"));
                    if (said.isEmpty()) {
                        silent.add(path + "." + key);
                    }
                    describe(value, path + "." + key, silent);
                });
            }
            describe(map.get("additionalProperties"), path + ".*", silent);
        }
    }

    /** A value that no key can have, put at each key in turn: a reader that says nothing does not look at it. */
    @ParameterizedTest
    @EnumSource(Shape.class)
    void theReaderLooksAtEachOfItsKeys(Shape shape) {
        for (String key : shape.keys()) {
            List<String> path = new ArrayList<>(
                    List.of((shape.path() + "." + key).replace("*", "X").split("\\.")));
            path.removeIf(String::isEmpty);
            Map<String, Object> file = new LinkedHashMap<>();
            file.put("bridgehead", 1);
            file.put("organization", Map.of());
            file.put("sites", Map.of("A", Map.of()));
            put(file, path);
            String text = new Dump(DumpSettings.builder().build()).dumpToString(file);

            assertThatThrownBy(() -> TopologyFile.parse("t", text, Path.of("")))
                    .as(text)
                    .isInstanceOfSatisfying(
                            TopologyFileException.class,
                            e -> assertThat(e.problems())
                                    .anySatisfy(p -> assertThat(p.keyPath()).startsWith(String.join(".", path))));
        }
    }

    private static void put(Map<String, Object> file, List<String> path) {
        Map<String, Object> map = file;
        for (String step : path.subList(0, path.size() - 1)) {
            Map<String, Object> inner = new LinkedHashMap<>();
            if (step.equals("nodes")) {
                map.put("roles", List.of("mailbox"));
            }
            map.put(step, inner);
            map = inner;
        }
        map.putAll(companions(path.get(path.size() - 1)));
        map.put(path.get(path.size() - 1), List.of(List.of()));
    }

    /** Some keys are read only beside another one. */
    private static Map<String, Object> companions(String key) {
        return switch (key) {
            case "replication",
                    "nodes",
                    "witness",
                    "mountDial",
                    "mountDialNumbers",
                    "maxMissingLogs",
                    "forcedMountAfter",
                    "logSize",
                    "replayLag",
                    "storageGroups" -> Map.of("roles", List.of("mailbox"));
            case "database",
                    "forwardTo",
                    "deliverAndForward",
                    "maxReceiveSize",
                    "maxSendSize",
                    "maxRecipients",
                    "password",
                    "acceptFrom",
                    "rejectFrom",
                    "authenticatedOnly",
                    "attributes" -> Map.of("type", "mailbox");
            case "members", "expansionServer", "reportTo", "manager" -> Map.of("type", "group");
            case "filter" -> Map.of("type", "dynamicGroup");
            case "target" -> Map.of("type", "contact");
            default -> Map.of();
        };
    }
}
