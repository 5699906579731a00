package org.bridgehead.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.core.mailbox.ClusterTest.NOW;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bridgehead.core.topology.MailboxRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of src/docs/quorum.md, row by row, so that the page and the code cannot differ. */
class QuorumTablesTest {
    /** A row of a table: its section and its cells. */
    record Row(String section, List<String> cells) {
        MailboxRole role() {
            return switch (section) {
                case "CCR with a witness", "In the course of time" -> Servers.CCR;
                case "CCR without a witness" -> Servers.NO_WITNESS;
                case "SCC: shared storage" -> Servers.SCC;
                default -> throw new IllegalArgumentException("no such section: " + section);
            };
        }

        List<String> words(int cell) {
            return cells.get(cell).equals("–")
                    ? List.of()
                    : List.of(cells.get(cell).split("[ ,]+"));
        }
    }

    private static Stream<Row> rows() throws Exception {
        List<Row> rows = new ArrayList<>();
        String section = "";
        for (String line : Files.readAllLines(Path.of("src/docs/quorum.md"))) {
            section = line.startsWith("## ") ? line.substring(3) : section;
            if (line.startsWith("|") && !line.startsWith("| -")) {
                List<String> cells = Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList();
                if (!List.of("down", "steps").contains(cells.get(0))) {
                    rows.add(new Row(section, cells));
                }
            }
        }
        return rows.stream();
    }

    static Stream<Row> moments() throws Exception {
        return rows().filter(row -> !row.section().equals("In the course of time"));
    }

    static Stream<Row> courses() throws Exception {
        return rows().filter(row -> row.section().equals("In the course of time"));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void whatFailsInOneMoment(Row row) {
        Cluster cluster = Cluster.started(row.role(), NOW);
        play(cluster, row, false);
        assertThat(votes(cluster)).isEqualTo(row.cells().get(2));
        assertThat(states(cluster))
                .containsExactly(row.cells().get(3), row.cells().get(4));
    }

    /** The nodes are equals: with B active, everything is the other way round. */
    @ParameterizedTest
    @MethodSource("moments")
    void theSameInTheMirror(Row row) {
        Cluster cluster = Cluster.started(row.role(), NOW);
        assertThat(cluster.orders().handoff("B", Servers.group(LogReplication.even(1)), NOW))
                .isEmpty();
        play(cluster, row, true);
        assertThat(states(cluster))
                .containsExactly(row.cells().get(4), row.cells().get(3));
    }

    private static void play(Cluster cluster, Row row, boolean mirrored) {
        cluster.cut(row.words(1).stream().map(text -> wire(text, mirrored)).toList(), NOW);
        cluster.down(row.words(0).stream().map(part -> part(part, mirrored)).toList(), NOW);
    }

    private static String part(String name, boolean mirrored) {
        return mirrored ? name.replace('A', 'x').replace('B', 'A').replace('x', 'B') : name;
    }

    private static Wire wire(String text, boolean mirrored) {
        String[] ends = part(text, mirrored).split("-");
        return new Wire(ends[0], ends[1]);
    }

    @ParameterizedTest
    @MethodSource("courses")
    void inTheCourseOfTime(Row row) {
        Cluster cluster = Cluster.started(row.role(), NOW);
        Optional<String> refusal = Optional.empty();
        for (String step : row.cells().get(0).split(", ")) {
            refusal = step(cluster, step);
        }
        assertThat(states(cluster))
                .containsExactly(row.cells().get(1), row.cells().get(2));
        String said = row.cells().get(3);
        assertThat(refusal.isPresent()).isEqualTo(said.startsWith("refused: "));
    }

    private static Optional<String> step(Cluster cluster, String step) {
        List<String> words = List.of(step.split(" "));
        List<String> what = words.subList(1, words.size());
        switch (words.get(0)) {
            case "up" -> cluster.up(what, NOW);
            case "down" -> cluster.down(what, NOW);
            case "cut" -> cluster.cut(what.stream().map(w -> wire(w, false)).toList(), NOW);
            case "mend" -> cluster.mend(what.stream().map(w -> wire(w, false)).toList(), NOW);
            default -> {
                return order(cluster, words.get(0), what.get(0));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> order(Cluster cluster, String verb, String node) {
        return switch (verb) {
            case "evict" -> cluster.orders().evict(node, NOW);
            case "rejoin" -> cluster.orders().rejoin(node, NOW);
            case "handoff" -> cluster.orders().handoff(node, Servers.group(LogReplication.even(1)), NOW);
            default -> throw new IllegalArgumentException("no such step: " + verb);
        };
    }

    private static List<String> states(Cluster cluster) {
        return cluster.status().stream()
                .map(node -> node.state().name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static String votes(Cluster cluster) {
        return String.join(
                ", ",
                cluster.status().stream()
                        .map(node -> node.node() + " " + node.votes().up())
                        .toList());
    }

    /** Each set of parts that are down, with each set of cuts between those that are not, stands in its table once. */
    @Test
    void theTablesAreComplete() throws Exception {
        for (String section : List.of("CCR with a witness", "CCR without a witness", "SCC: shared storage")) {
            List<String> parts = section.equals("CCR with a witness") ? List.of("A", "B", "W") : List.of("A", "B");
            List<String> found = moments()
                    .filter(row -> row.section().equals(section))
                    .map(row -> new TreeSet<>(row.words(0)) + " " + new TreeSet<>(row.words(1)))
                    .toList();
            assertThat(found).as(section).containsExactlyInAnyOrderElementsOf(combinations(parts));
        }
        assertThat(courses()).hasSizeGreaterThan(20);
    }

    private static List<String> combinations(List<String> parts) {
        List<String> all = new ArrayList<>();
        for (List<String> down : subsets(parts)) {
            List<String> wires = Stream.of("A-B", "A-W", "B-W")
                    .filter(wire -> parts.containsAll(List.of(wire.split("-"))))
                    .filter(wire -> Stream.of(wire.split("-")).noneMatch(down::contains))
                    .toList();
            subsets(wires).forEach(cut -> all.add(new TreeSet<>(down) + " " + new TreeSet<>(cut)));
        }
        return all;
    }

    private static List<List<String>> subsets(List<String> items) {
        List<List<String>> subsets = new ArrayList<>();
        for (int bits = 0; bits < 1 << items.size(); bits++) {
            List<String> subset = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                if ((bits >> i & 1) == 1) {
                    subset.add(items.get(i));
                }
            }
            subsets.add(subset);
        }
        return subsets;
    }
}
