package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/** Small site graphs full of ties, with what they contain counted. */
final class RandomTopology {
    private static final String LETTERS = "aAbBeEzZäÄöÖüÜ";
    private final Random random;
    private final List<SiteLink> links = new ArrayList<>();
    private final List<String> names;
    private final int usualCost;
    private final int sameness;
    private final boolean lattice;
    boolean multiSite;
    boolean parallel;
    boolean exchangeCost;
    boolean hubless;
    final Topology topology;

    RandomTopology(Random random, RoutingPolicy.Metric metric) {
        this.random = random;
        this.lattice = random.nextInt(100) < 75;
        this.names = names(lattice ? 8 + random.nextInt(2) : 4 + random.nextInt(4));
        this.usualCost = 1 + random.nextInt(3);
        this.sameness = lattice ? 11 : 0;
        addLattice();
        for (int i = links.isEmpty() ? 1 : random.nextInt(2); i > 0; i--) {
            addLink(pick(2));
        }
        if (random.nextInt(100) < 30) {
            addLink(pick(3 + random.nextInt(2)));
            multiSite = true;
        }
        if (random.nextInt(100) < 30) {
            addLink(links.get(random.nextInt(links.size())).sites());
            parallel = true;
        }
        RoutingPolicy policy = new RoutingPolicy(
                metric,
                RoutingPolicy.Relay.EVERY_SITE,
                RoutingPolicy.OnFailure.HOLD,
                RoutingPolicy.LoadBalancing.HEALTHY);
        Collections.shuffle(links, random);
        topology = Topology.of(
                Settings.of("Random", "random.test").withRouting(policy),
                names.stream()
                        .map(name -> new Site(name, random.nextInt(10) == 0, List.of()))
                        .toList(),
                links,
                servers());
    }

    /** A cube or a chess board with a few links left out: many ways of equal length; or anything at all. */
    private void addLattice() {
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                boolean near = names.size() == 8 ? Integer.bitCount(i ^ j) == 1 : j == i + 3 || j == i + 1 && j % 3 > 0;
                if (lattice ? near && random.nextInt(20) > 0 : random.nextInt(5) == 0) {
                    addLink(
                            random.nextBoolean()
                                    ? List.of(names.get(i), names.get(j))
                                    : List.of(names.get(j), names.get(i)));
                }
            }
        }
    }

    private List<String> pick(int count) {
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, count);
    }

    private void addLink(List<String> sites) {
        boolean exchange = random.nextInt(12) == 0;
        exchangeCost |= exchange;
        links.add(new SiteLink(
                name(2) + "-" + links.size(),
                sites,
                cost(),
                exchange ? OptionalInt.of(cost()) : OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty()));
    }

    /** 1, 2 or 3; in most topologies mostly the same. */
    private int cost() {
        return random.nextInt(12) < sameness ? usualCost : 1 + random.nextInt(3);
    }

    private List<String> names(int count) {
        TreeSet<String> unique = Names.set();
        while (unique.size() < count) {
            unique.add(name(1 + random.nextInt(2)));
        }
        List<String> shuffled = new ArrayList<>(unique);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private String name(int letters) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < letters; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return random.nextBoolean()
                ? name.toString()
                : name.append(random.nextInt(12)).toString();
    }

    private List<Server> servers() {
        boolean some = random.nextInt(100) < 30;
        List<Server> servers = new ArrayList<>();
        for (String site : names) {
            if (some && random.nextInt(4) == 0) {
                hubless = true;
            } else {
                servers.add(Server.hub("HUB-" + site, site));
            }
        }
        return servers;
    }
}
