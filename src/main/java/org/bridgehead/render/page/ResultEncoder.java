package org.bridgehead.render.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bridgehead.render.ComparisonFields;
import org.bridgehead.render.JsonText;
import org.bridgehead.whatif.Comparison;
import org.bridgehead.whatif.Comparison.Changed;
import org.bridgehead.whatif.Comparison.OtherStops;
import org.bridgehead.whatif.Comparison.Pair;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons in few octets, without loss: pairs that fare alike are written as one set of sources times one set of
 * destinations, and paths by what differs from the table of predecessors that the page has anyway. {@code page.js} turns
 * them back into the fields of {@code whatif}. One thread.
 *
 * <p>An encoded result has, where there is something to say: {@code p} pairs; {@code h} held mail (sources,
 * destinations, place or -1, cause, why, 1 = unreachable); {@code m} moved mail (sources, destinations, cause, then
 * site and predecessor in turn); {@code x} moved mail spelled out (from, to, cause, sites); {@code o} and {@code n} stops
 * given up and stops that are new (sources, destinations, sites); {@code c} connectors and {@code k} clusters. Sets,
 * texts and records go by number.
 */
final class ResultEncoder {
    private final SiteNumbers sites;
    final Interned<List<Integer>> sets = new Interned<>();
    final Interned<String> texts = new Interned<>();
    /** Connectors and clusters as JSON. */
    final Interned<String> records = new Interned<>();

    private @Nullable Comparison last;
    private Map<String, Object> lastEncoded = new LinkedHashMap<>();

    ResultEncoder(SiteNumbers sites) {
        this.sites = sites;
    }

    /** A comparison of the topology with itself, parts of it failed. */
    Map<String, Object> encode(Comparison answer) {
        if (!answer.mustStop().isEmpty() || !answer.mayPass().isEmpty()) {
            throw new IllegalArgumentException("two topologies, where one with failed parts was expected");
        }
        Map<String, Object> result = new LinkedHashMap<>(pairs(answer));
        put(
                result,
                "c",
                records(answer.connectors().stream()
                        .map(ComparisonFields::connector)
                        .toList()));
        put(
                result,
                "k",
                records(answer.clusters().stream()
                        .map(ComparisonFields::cluster)
                        .toList()));
        return result;
    }

    /** Failures that do the same to all pairs often come one after the other, and share their lists. */
    private Map<String, Object> pairs(Comparison answer) {
        Comparison before = last;
        if (before == null
                || answer.pairs() != before.pairs()
                || answer.changed() != before.changed()
                || answer.passedOver() != before.passedOver()
                || answer.newStops() != before.newStops()) {
            lastEncoded = encodedPairs(answer);
            last = answer;
        }
        return lastEncoded;
    }

    private Map<String, Object> encodedPairs(Comparison answer) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("p", answer.pairs());
        put(result, "h", held(answer));
        List<List<Object>> spelled = new ArrayList<>();
        put(result, "m", moved(answer, spelled));
        put(result, "x", spelled);
        put(result, "o", stops(answer.passedOver()));
        put(result, "n", stops(answer.newStops()));
        return result;
    }

    private static void put(Map<String, Object> result, String key, List<?> values) {
        if (!values.isEmpty()) {
            result.put(key, values);
        }
    }

    private List<Integer> records(List<? extends Map<String, ?>> fields) {
        return fields.stream()
                .map(record -> records.number(JsonText.line(record)))
                .toList();
    }

    private List<List<Integer>> held(Comparison answer) {
        Rectangles held = new Rectangles();
        int next = 0;
        for (Changed pair : answer.changed()) {
            if (pair.after().isEmpty()) {
                Pair ends = new Pair(pair.from(), pair.to());
                boolean cut = next < answer.unreachable().size()
                        && answer.unreachable().get(next).equals(ends);
                next += cut ? 1 : 0;
                held.add(
                        sites.of(pair.from()),
                        sites.of(pair.to()),
                        List.of(
                                pair.heldAt().map(sites::of).orElse(SiteNumbers.NONE),
                                texts.number(pair.cause()),
                                texts.number(pair.why()),
                                cut ? 1 : 0));
            }
        }
        if (next != answer.unreachable().size()) {
            throw new IllegalStateException("an unreachable pair is not among the held ones in their order");
        }
        return held.encoded(sets);
    }

    private List<List<Integer>> stops(List<OtherStops> pairs) {
        Rectangles stops = new Rectangles();
        pairs.forEach(pair -> stops.add(sites.of(pair.from()), sites.of(pair.to()), sites.all(pair.sites())));
        return stops.encoded(sets);
    }

    /** Paths from one source under one failure form a tree, so each is told by the predecessors that are new. */
    private List<List<Integer>> moved(Comparison answer, List<List<Object>> spelled) {
        Map<Integer, List<Changed>> bySource = new TreeMap<>();
        answer.changed().stream()
                .filter(pair -> pair.after().isPresent())
                .forEach(pair -> bySource.computeIfAbsent(sites.of(pair.from()), from -> new ArrayList<>())
                        .add(pair));
        Rectangles moved = new Rectangles();
        bySource.forEach((from, pairs) -> {
            NewTree tree = new NewTree(sites, from);
            pairs.forEach(pair -> tree.learn(sites.all(pair.after().orElseThrow())));
            for (Changed pair : pairs) {
                List<Integer> path = sites.all(pair.after().orElseThrow());
                int to = sites.of(pair.to());
                int cause = texts.number(pair.cause());
                if (tree.pathTo(to).equals(path)) {
                    List<Integer> how = new ArrayList<>(List.of(cause));
                    how.addAll(tree.changes());
                    moved.add(from, to, how);
                } else {
                    spelled.add(List.of(from, to, cause, path));
                }
            }
        });
        return moved.encoded(sets);
    }
}
