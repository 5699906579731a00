package org.bridgehead.io.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.whatif.NetworkPlan;
import org.bridgehead.whatif.SyntheticTopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The quick way gives what the library gives, or nothing. */
class QuickSectionsTest {
    private static final List<String> BITS = List.of(
            "sites:\n",
            "  A: {}\n",
            "  B: { x: 1 }\n",
            "  C: { sites: [A, \"B b\"], cost: -1.5 }   # far\n",
            "# remark\n",
            "\n",
            "  # inside\n",
            "servers:\n",
            "  X Y: null\n",
            "  true: [a, {b: c}]\n",
            "  \"k\": { a: { b: [] } }\n",
            "other: 1\n",
            "text: \"open\n",
            "end\"\n",
            "block: |\n",
            "    deep: {}\n",
            "- item\n",
            "  - item\n",
            "{ a: b,\n",
            "}\n",
            "---\n",
            "  Z: &a x\n",
            "  W: *a\n",
            "  V: a b  c\n",
            "  U: a#b\n",
            "  T: a #b\n",
            "  S: { a: b,c: d }\n",
            "  R: {a: b, }\n",
            "  Q: 'x'\n",
            "\tx: y\n",
            "  P: 0x1F\n",
            "  O: 1e3\n",
            "  N: ~\n",
            "  M:\n",
            "  L: \"a\\tb\"\n",
            "  K: [a,b]\n",
            "  J: { a b: c d, e: f-g.h/i@j }\n",
            "...\n");

    /** A tree without places: tag, style and value of each node. */
    private static String shown(Node node) {
        if (node instanceof ScalarNode scalar) {
            return node.getTag() + " " + scalar.getScalarStyle() + " <" + scalar.getValue() + ">";
        }
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().map(QuickSectionsTest::shown).collect(Collectors.joining(", ", "[", "]"));
        }
        return ((MappingNode) node)
                .getValue().stream()
                        .map(entry -> shown(entry.getKeyNode()) + ": " + shown(entry.getValueNode()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static Optional<String> quick(String text) {
        return QuickSections.compose(text, part -> YamlText.compose(part, true)).map(QuickSectionsTest::shown);
    }

    private static String whole(String text) {
        try {
            return YamlText.compose(text, true).map(QuickSectionsTest::shown).orElse("nothing");
        } catch (YamlEngineException e) {
            return "refused";
        }
    }

    @Test
    void linesWithinBracesAreNoSections() {
        assertThat(quick("{ a: b,\nsites:\n  J: { e: f }\n  O: 1e3\n}\n")).isEmpty();
    }

    @Test
    void filesByLotReadTheSameOrNotAtAll() {
        long seed = System.nanoTime();
        System.out.println("QuickSectionsTest seed " + seed);
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 40_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "bridgehead: 1\n" : "");
            int likely = random.nextInt(4);
            for (int lines = random.nextInt(9); lines >= 0; lines--) {
                // Mostly what is simple, so that much of it is taken.
                text.append(BITS.get(random.nextInt(4) < likely ? random.nextInt(11) : random.nextInt(BITS.size())));
            }
            Optional<String> quick = quick(text.toString());
            quick.ifPresent(found -> assertThat(found).as(text.toString()).isEqualTo(whole(text.toString())));
            taken += quick.isPresent() ? 1 : 0;
        }
        assertThat(taken).as("taken of 40000").isGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: \"x\nsites:\n  A: {}\n\"\n",
                "a: {\nsites:\n  A: {}\n}\n",
                "sites:\n  A: {}\n- x\n",
                "sites:\n  A: { b: \"\\x41\" }\n",
                "sites:\n  A: {}\n    B: {}\n",
                "sites:\n   A: {}\n",
                "sites:\r\n  A: {}\r\n",
                "sites:\n  A: {} # \u0007\n",
                "sites:\n  A: x\n   y\n",
                "sites:\n  A: { b: c: d }\n",
                "sites: {}\n"
            })
    void whatIsNotSimpleIsLeftToTheLibrary(String text) {
        assertThat(quick(text)).isEmpty();
    }

    @Test
    void simpleFilesAreTaken() {
        assertThat(quick(
                        "bridgehead: 1\nsites:\n  A: {}   # here\n\n  # and\n  B b: { position: [1, -2.5] }\nz: [1]\n"))
                .contains(whole("bridgehead: 1\nsites:\n  A: {}\n  B b: { position: [1, -2.5] }\nz: [1]\n"));
    }

    @Test
    void generatedFilesAreTaken() {
        String text = TopologyWriter.text(
                new Organization(
                        SyntheticTopology.of(
                                new NetworkPlan(500, 2.4, 1, 2),
                                TopologyFile.settings("Net", "net.test", RoutingPolicy.DEFAULT)),
                        DirectoryDefinition.EMPTY),
                Remarks.of(List.of("Made by a test.")));
        assertThat(quick(text)).contains(whole(text));
    }

    @Test
    void mistakesOfLargeFilesHaveTheirPlaces() throws Exception {
        String contoso = Files.readString(Path.of("topologies", "contoso.yaml"));
        String large = contoso.replace("  Lyon:      {}", "  Lyon:      {}\n" + "  # filler\n".repeat(8000))
                .replace("{ sites: [Lyon, Madrid], ", "{ sites: [Lyon, Madird], ");
        assertThat(large.length()).isGreaterThan(QuickSections.WORTHWHILE);
        try {
            TopologyFile.parse("large.yaml", large, Path.of("topologies"));
            assertThat(true).as("refused").isFalse();
        } catch (TopologyFileException e) {
            Problem problem = e.problems().get(0);
            String line = large.lines().toList().get(problem.line() - 1);
            assertThat(line.substring(problem.column() - 1)).startsWith("Madird]");
            assertThat(problem.keyPath()).isEqualTo("siteLinks.Lyon-Madrid.sites[1]");
        }
    }
}
