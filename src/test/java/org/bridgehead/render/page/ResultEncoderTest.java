package org.bridgehead.render.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.whatif.Comparison;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encoded answers, unpacked the plain way, are the comparisons that went in: every single failure, some pairs. */
class ResultEncoderTest {
    private record Pair(String from, String to) {}

    @ParameterizedTest
    @CsvSource({"hold, everySite, hops", "reroute, everySite, hops", "hold, direct, cost", "reroute, everySite, cost"})
    void nothingIsLost(String onFailure, String relay, String metric) throws Exception {
        Topology topology = contoso(onFailure, relay, metric);
        RoutingTable routes = RoutingTable.of(topology);
        SiteNumbers sites = new SiteNumbers(routes);
        ResultEncoder encoder = new ResultEncoder(sites);
        Failures failures = Failures.of(topology);
        List<List<String>> downs = new ArrayList<>();
        failures.items().forEach(item -> downs.add(List.of(item)));
        List<List<String>> pairs = failures.pairs(failures.items().size());
        for (int at = 0; at < pairs.size(); at += 7) {
            downs.add(pairs.get(at));
        }
        Comparison.Base base = Comparison.Base.of(routes);
        List<Comparison> answers = base.failingEach(downs);
        int changed = 0;
        for (int at = 0; at < downs.size(); at++) {
            assertThat(answers.get(at)).as("%s", downs.get(at)).isEqualTo(base.failing(downs.get(at)));
            assertThat(unpacked(encoder, encoder.encode(answers.get(at)), topology, sites))
                    .as("%s", downs.get(at))
                    .isEqualTo(told(answers.get(at)));
            changed += answers.get(at).changed().size();
        }
        assertThat(changed).isGreaterThan(1000);
    }

    private static Topology contoso(String onFailure, String relay, String metric) throws Exception {
        String text = Files.readString(Path.of("topologies/contoso.yaml"))
                .replace("onFailure: hold", "onFailure: " + onFailure)
                .replace("relay: everySite", "relay: " + relay)
                .replace("metric: hops", "metric: " + metric);
        return TopologyFile.parse("contoso.yaml", text, Path.of("topologies"))
                .organization()
                .topology();
    }

    /** What is said of each pair, as text. */
    private static Map<Pair, String> told(Comparison answer) {
        Map<Pair, String> told = new LinkedHashMap<>();
        answer.changed().forEach(pair -> {
            Pair ends = new Pair(pair.from(), pair.to());
            told.put(
                    ends,
                    pair.after().isPresent()
                            ? pair.after().get() + pair.cause()
                            : pair.heldAt().orElse("-")
                                    + pair.cause()
                                    + pair.why()
                                    + answer.unreachable().contains(new Comparison.Pair(pair.from(), pair.to())));
        });
        answer.passedOver()
                .forEach(pair -> told.merge(new Pair(pair.from(), pair.to()), "o" + pair.sites(), String::concat));
        answer.newStops()
                .forEach(pair -> told.merge(new Pair(pair.from(), pair.to()), "n" + pair.sites(), String::concat));
        return told;
    }

    @SuppressWarnings("unchecked")
    private static Map<Pair, String> unpacked(
            ResultEncoder encoder, Map<String, Object> result, Topology topology, SiteNumbers sites) {
        List<String> names = List.copyOf(topology.sites().keySet());
        Map<Pair, String> told = new LinkedHashMap<>();
        for (List<Integer> one : (List<List<Integer>>) result.getOrDefault("h", List.of())) {
            String place = one.get(2) < 0 ? "-" : names.get(one.get(2));
            String text = place + text(encoder, one.get(3)) + text(encoder, one.get(4)) + (one.get(5) == 1);
            each(encoder, one, (from, to) -> told.put(new Pair(names.get(from), names.get(to)), text));
        }
        for (List<Integer> one : (List<List<Integer>>) result.getOrDefault("m", List.of())) {
            each(
                    encoder,
                    one,
                    (from, to) -> told.put(
                            new Pair(names.get(from), names.get(to)),
                            path(from, to, one, sites).stream().map(names::get).toList() + text(encoder, one.get(2))));
        }
        for (List<Object> one : (List<List<Object>>) result.getOrDefault("x", List.of())) {
            List<String> path =
                    ((List<Integer>) one.get(3)).stream().map(names::get).toList();
            told.put(
                    new Pair(names.get((Integer) one.get(0)), names.get((Integer) one.get(1))),
                    path + text(encoder, (Integer) one.get(2)));
        }
        for (String kind : List.of("o", "n")) {
            for (List<Integer> one : (List<List<Integer>>) result.getOrDefault(kind, List.of())) {
                String text = kind
                        + one.subList(2, one.size()).stream().map(names::get).toList();
                each(
                        encoder,
                        one,
                        (from, to) -> told.merge(new Pair(names.get(from), names.get(to)), text, String::concat));
            }
        }
        return told;
    }

    private static String text(ResultEncoder encoder, int number) {
        return encoder.texts.values().get(number);
    }

    private static List<Integer> path(int from, int to, List<Integer> moved, SiteNumbers sites) {
        Map<Integer, Integer> changes = new LinkedHashMap<>();
        for (int at = 3; at < moved.size(); at += 2) {
            changes.put(moved.get(at), moved.get(at + 1));
        }
        List<Integer> path = new ArrayList<>(List.of(to));
        for (int at = to; at != from; ) {
            at = changes.getOrDefault(at, sites.previous(from, at));
            path.add(at);
        }
        Collections.reverse(path);
        return path;
    }

    private interface Ends {
        void pair(int from, int to);
    }

    private static void each(ResultEncoder encoder, List<Integer> rectangle, Ends ends) {
        for (int from : set(encoder, rectangle.get(0))) {
            for (int to : set(encoder, rectangle.get(1))) {
                ends.pair(from, to);
            }
        }
    }

    private static List<Integer> set(ResultEncoder encoder, int number) {
        List<Integer> runs = encoder.sets.values().get(number);
        List<Integer> all = new ArrayList<>();
        for (int at = 0; at < runs.size(); at += 2) {
            for (int i = 0; i < runs.get(at + 1); i++) {
                all.add(runs.get(at) + i);
            }
        }
        return all;
    }
}
