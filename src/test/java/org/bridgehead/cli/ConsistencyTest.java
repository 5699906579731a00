package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.routing.Damage;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.core.routing.FailureSweep;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.config.Edit;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.whatif.Comparison;
import org.bridgehead.whatif.Comparison.Changed;
import org.bridgehead.whatif.ConnectorChange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code route --down}, {@code whatif --down} and {@code sweep} tell one story, for every part of a shipped topology that
 * can fail and under every policy.
 */
class ConsistencyTest {
    private Topology topology;
    private RoutingTable routes;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "contoso | metric=hops",
                "contoso | onFailure=reroute",
                "contoso | relay=direct",
                "contoso | relay=direct backOff=binary",
                "contoso | connectivity=anyPath",
                "contoso | relay=direct connectivity=anyPath",
                "contoso | metric=cost onFailure=reroute",
                "globalmail | metric=cost",
                "globalmail | relay=everySite onFailure=reroute",
            })
    void oneStory(String file, String policy) throws Exception {
        List<Edit> edits = new ArrayList<>();
        for (String key : policy.split(" ")) {
            edits.add(new Edit("organization.routing." + key));
        }
        topology = TopologyFile.load(Path.of("topologies", file + ".yaml"), edits)
                .organization()
                .topology();
        routes = RoutingTable.of(topology);
        List<List<String>> items = new ArrayList<>();
        topology.links().keySet().forEach(name -> items.add(List.of("link:" + name)));
        topology.sites().keySet().forEach(name -> items.add(List.of("site:" + name)));
        topology.servers().keySet().forEach(name -> items.add(List.of("server:" + name)));
        List<Damage> damages = FailureSweep.of(routes, site -> 1, items).damages();
        Comparison.Base base = Comparison.Base.of(routes);
        for (int at = 0; at < items.size(); at++) {
            Comparison answer = base.failing(items.get(at));
            sweepAgrees(damages.get(at), answer);
            routesAgree(items.get(at), answer, at);
            exitsAgree(items.get(at), answer);
        }
    }

    private static void sweepAgrees(Damage swept, Comparison answer) {
        String what = "sweep, " + swept.down();
        assertThat(swept.pairs()).as(what).isEqualTo(answer.pairs());
        assertThat(swept.changedPairs()).as(what).isEqualTo(answer.changed().size());
        assertThat(swept.heldPairs()).as(what).isEqualTo(answer.held());
        assertThat(swept.unreachablePairs())
                .as(what)
                .isEqualTo(answer.unreachable().size());
        assertThat(swept.passedOver()).as(what).isEqualTo(answer.passedOver().size());
        long extra = answer.changed().stream()
                .filter(pair -> pair.after().isPresent())
                .mapToLong(pair -> pair.after().get().size() - pair.before().size())
                .sum();
        assertThat(swept.extraHops()).as(what).isEqualTo(extra);
    }

    /**
     * The changed pairs, and a few of those that are said to stay as they are; of large topologies a part, others for each
     * failure, since {@code route} looks for all losers too.
     */
    private void routesAgree(List<String> down, Comparison answer, int failure) {
        int stride = topology.sites().size() > 20 ? 7 : 1;
        int number = failure;
        RouteFinder finder = new RouteFinder(topology, down, 0);
        Map<String, Changed> changed = new TreeMap<>();
        answer.changed().forEach(pair -> changed.put(pair.from() + ">" + pair.to(), pair));
        for (String from : topology.sites().keySet()) {
            for (String to : topology.sites().keySet()) {
                Optional<Changed> pair = Optional.ofNullable(changed.get(from + ">" + to));
                boolean end = down.contains("site:" + from) || down.contains("site:" + to);
                number++;
                if (!from.equals(to) && !end && number % (pair.isPresent() ? stride : 11 * stride) == 0) {
                    RouteAnswer way = finder.find(site(from), site(to));
                    String what = "route, " + from + " to " + to + ", " + down;
                    Optional<List<String>> expected =
                            pair.isPresent() ? pair.get().after() : Optional.of(path(from, to));
                    assertThat(way.reachable()).as(what).isEqualTo(expected.isPresent());
                    assertThat(way.trouble().flatMap(RouteAnswer.Trouble::heldAt))
                            .as(what)
                            .isEqualTo(pair.flatMap(Changed::heldAt));
                    expected.ifPresent(sites -> assertThat(sites(way)).as(what).isEqualTo(sites));
                }
            }
        }
    }

    /** Mail outside waits according to {@code route} where it does according to {@code whatif}. */
    private void exitsAgree(List<String> down, Comparison answer) {
        if (topology.sendConnectors().isEmpty()) {
            return;
        }
        RouteFinder finder = new RouteFinder(topology, down, 0);
        Map<String, String> waiting = new TreeMap<>();
        for (ConnectorChange change : answer.connectors()) {
            change.waiting().forEach(mail -> waiting.put(mail.from() + " by " + change.name(), mail.heldAt()));
        }
        Place outside = new Places(new Organization(topology, DirectoryDefinition.EMPTY)).find("x@elsewhere.test");
        for (String from : topology.sites().keySet()) {
            boolean sends = topology.hubsOf(from).stream().anyMatch(hub -> !down.contains("server:" + hub.name()));
            if (sends && !down.contains("site:" + from)) {
                RouteAnswer way = finder.find(site(from), outside);
                String connector = way.connector().orElseThrow().chosen();
                assertThat(way.trouble().flatMap(RouteAnswer.Trouble::heldAt))
                        .as("outside from " + from + " by " + connector + ", " + down)
                        .isEqualTo(Optional.ofNullable(waiting.get(from + " by " + connector)));
            }
        }
    }

    private static Place site(String name) {
        return new Place(name, Optional.of(name), Optional.empty(), Optional.empty());
    }

    private List<String> path(String from, String to) {
        return routes.path(from, to).orElseThrow().sites();
    }

    private static List<String> sites(RouteAnswer way) {
        return way.decision().map(Decision::chosen).orElseThrow().sites();
    }
}
