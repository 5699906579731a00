package org.bridgehead.render.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.routing.Damage;
import org.bridgehead.core.routing.FailureSweep;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.render.JsonText;
import org.bridgehead.whatif.Clusters;
import org.bridgehead.whatif.Comparison;
import org.jspecify.annotations.Nullable;

/** What a page knows, in the form that {@code page.js} reads. One thread. */
final class PageData {
    /** Comparisons held in memory at a time. */
    private static final int BLOCK = 256;

    /** Pieces of work in a sweep. */
    private static final int PIECES = 4;

    /** Up to so many sites every pair of failures is worked out too. */
    static final int SITES_FOR_PAIRS = 60;

    private final Topology topology;
    private final RoutingTable routes;
    private final SiteNumbers sites;
    private final Failures failures;
    private final ResultEncoder encoder;
    private final Comparison.Base base;
    private final Map<String, Long> weights;
    private final Workers workers;

    PageData(Topology topology, Map<String, Long> weights, Workers workers) {
        this.topology = topology;
        this.routes = RoutingTable.of(topology);
        this.sites = new SiteNumbers(routes);
        this.failures = Failures.of(topology);
        this.encoder = new ResultEncoder(sites);
        this.base = Comparison.Base.of(routes);
        this.weights = weights;
        this.workers = workers;
    }

    /** All of it as JSON on one line. */
    String json(PageState state) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("file", state.file());
        data.put("set", state.set());
        data.put("initial", initial(state));
        data.put("weighted", !weights.isEmpty());
        data.put("organization", topology.settings().name());
        data.put("metric", topology.settings().routing().metric().keyword());
        data.put("relay", topology.settings().routing().relay().keyword());
        data.put("onFailure", topology.settings().routing().onFailure().keyword());
        data.put("sites", topology.sites().values().stream().map(this::site).toList());
        data.put("links", topology.links().values().stream().map(this::link).toList());
        data.put("previous", previous());
        data.put("decidedBy", decidedBy());
        data.put("items", failures.items());
        List<List<String>> singles = failures.items().stream().map(List::of).toList();
        List<Map<String, Object>> encoded = encode(singles);
        data.put("singles", encoded);
        data.put("damages", damages(singles.subList(0, failures.routed())));
        if (topology.sites().size() <= SITES_FOR_PAIRS) {
            data.put("pairs", pairs(encoded));
            data.put("pairDamages", damages(failures.pairs(failures.routed())));
        }
        data.put("extras", extras(state));
        data.put("sets", encoder.sets.values());
        data.put("texts", encoder.texts.values());
        data.put("records", encoder.records.values());
        return JsonText.line(data);
    }

    private long weight(String site) {
        return weights.isEmpty() ? 1 : weights.getOrDefault(site, 0L);
    }

    private static Map<String, @Nullable Object> initial(PageState state) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("down", state.down());
        fields.put("from", state.route().map(PageState.Ends::from).orElse(null));
        fields.put("to", state.route().map(PageState.Ends::to).orElse(null));
        return fields;
    }

    /** What the page is opened with, when it is more than the page can look up. */
    private List<Map<String, Object>> extras(PageState state) {
        List<Integer> down = state.down().stream()
                .map(failures.items()::indexOf)
                .filter(item -> item >= 0)
                .distinct()
                .sorted()
                .toList();
        if (down.size() < 2) {
            return List.of();
        }
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("down", down);
        extra.put(
                "result",
                encoder.encode(
                        base.failing(down.stream().map(failures.items()::get).toList())));
        return List.of(extra);
    }

    private Map<String, @Nullable Object> site(Site site) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", site.name());
        fields.put("hubSite", site.hubSite());
        fields.put("hubs", routes.hubsOf(site.name()));
        fields.put(
                "mailboxServers", topology.serversOf(site.name(), Role.MAILBOX).size());
        fields.put("weight", weight(site.name()));
        return fields;
    }

    private Map<String, @Nullable Object> link(SiteLink link) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", link.name());
        fields.put("sites", sites.all(link.sites()));
        fields.put("cost", link.mailCost());
        return fields;
    }

    private List<List<Integer>> previous() {
        List<List<Integer>> rows = new ArrayList<>();
        for (int from = 0; from < sites.count(); from++) {
            List<Integer> row = new ArrayList<>();
            for (int to = 0; to < sites.count(); to++) {
                row.add(sites.previous(from, to));
            }
            rows.add(row);
        }
        return rows;
    }

    /** For each source a letter per destination: the first one of the rule that decided; - where there is no path. */
    private List<String> decidedBy() {
        List<String> names = List.copyOf(topology.sites().keySet());
        return workers.map(names.size(), from -> {
            StringBuilder letters = new StringBuilder();
            for (String to : names) {
                letters.append(routes.decidedBy(names.get(from), to)
                        .map(rule -> rule.keyword().charAt(0))
                        .orElse('-'));
            }
            return letters.toString();
        });
    }

    private List<Map<String, Object>> encode(List<List<String>> downs) {
        List<Map<String, Object>> results = new ArrayList<>();
        for (int first = 0; first < downs.size(); first += BLOCK) {
            List<List<String>> block = downs.subList(first, Math.min(downs.size(), first + BLOCK));
            int pieces = Math.min(PIECES, block.size());
            workers.map(
                            pieces,
                            at -> base.failingEach(
                                    block.subList(at * block.size() / pieces, (at + 1) * block.size() / pieces)))
                    .forEach(answers -> answers.forEach(answer -> results.add(encoder.encode(answer))));
        }
        return results;
    }

    /** Row by row; 1 = as its first part alone, 2 = as its second part alone. */
    private List<Object> pairs(List<Map<String, Object>> singles) {
        List<Map<String, Object>> results =
                encode(failures.pairs(failures.items().size()));
        List<Object> pairs = new ArrayList<>();
        int at = 0;
        for (int one = 0; one < singles.size(); one++) {
            for (int two = one + 1; two < singles.size(); two++) {
                Map<String, Object> both = results.get(at++);
                pairs.add(both.equals(singles.get(one)) ? 1 : both.equals(singles.get(two)) ? 2 : both);
            }
        }
        return pairs;
    }

    /** Per failure, in the order by which the page ranks them. */
    private List<List<Long>> damages(List<List<String>> downs) {
        FailureSweep sweep = FailureSweep.of(routes, this::weight, downs);
        FailureSweep.Tally sum = sweep.tally();
        int pieces = Math.min(PIECES, sweep.sources());
        workers.map(pieces, at -> sweep.count(at * sweep.sources() / pieces, (at + 1) * sweep.sources() / pieces))
                .forEach(sum::add);
        return sweep.damages(sum).stream().map(this::figures).toList();
    }

    private List<Long> figures(Damage damage) {
        return List.of(
                damage.unreachableWeight(),
                damage.heldWeight(),
                damage.unreachablePairs(),
                damage.heldPairs(),
                damage.changedPairs(),
                damage.extraHops(),
                damage.passedOver(),
                (long) Clusters.offline(topology, damage.down()).size());
    }
}
