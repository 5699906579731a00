package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.bridgehead.core.topology.InternetDomain;
import org.bridgehead.core.topology.Position;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/**
 * Draws up networks as wide-area networks are: sites strewn over a plane, near ones joined, a link's cost from its
 * length. Every site is reachable. The same plan gives the same topology on every JVM: {@link Random} is specified,
 * and only exact arithmetic is used beside it.
 *
 * <p>The least weights of a spanning tree come first, then further near pairs by lot. Weight is length by chance, so
 * that detours exist. Expected O(n log n) for degrees far below the number of sites. Stateless.
 */
public final class SyntheticTopology {
    /** Kilometres between neighbours of an even grid of as many sites. */
    private static final int SPACING = 100;

    /** Kilometres a unit of cost stands for. */
    private static final int PER_COST = 5;

    /** Near pairs looked at before the first look is found too narrow, for each link wanted. */
    private static final int PAIRS_PER_LINK = 2;

    private final NetworkPlan plan;
    private final Random random;
    private final int[] x;
    private final int[] y;
    private final String[] names;

    /** Two sites that may be joined, by number. */
    private record Pair(int one, int other, double length, double weight, double lot) {
        static final Comparator<Pair> BY_PLACE =
                Comparator.comparingInt(Pair::one).thenComparingInt(Pair::other);
        static final Comparator<Pair> BY_WEIGHT =
                Comparator.comparingDouble(Pair::weight).thenComparing(BY_PLACE);
        static final Comparator<Pair> BY_LOT =
                Comparator.comparingDouble(Pair::lot).thenComparing(BY_PLACE);
    }

    private SyntheticTopology(NetworkPlan plan) {
        this.plan = plan;
        this.random = new Random(plan.seed());
        int sites = plan.sites();
        int side = side();
        x = new int[sites];
        y = new int[sites];
        names = new String[sites];
        int digits = String.valueOf(sites).length();
        for (int site = 0; site < sites; site++) {
            x[site] = random.nextInt(side);
            y[site] = random.nextInt(side);
            names[site] = String.format(Locale.ROOT, "S%0" + digits + "d", site + 1);
        }
    }

    /**
     * A network with an edge and a way to the Internet at its first site, and a mailbox server in each site.
     *
     * @param settings of the organisation, routing policy included
     */
    public static Topology of(NetworkPlan plan, Settings settings) {
        SyntheticTopology network = new SyntheticTopology(plan);
        List<SiteLink> links = network.links();
        String edge = network.names[0] + "-EDGE1";
        return new Topology(
                settings,
                network.sites(),
                links,
                network.servers(edge),
                List.of(SendConnector.toInternet(edge)),
                List.of(),
                List.of(new InternetDomain("*", List.of())));
    }

    private int side() {
        return Math.max(1, (int) Math.round(SPACING * Math.sqrt(plan.sites())));
    }

    private List<Site> sites() {
        List<Site> sites = new ArrayList<>();
        for (int site = 0; site < names.length; site++) {
            sites.add(new Site(names[site], false, List.of(), Optional.of(new Position(x[site], y[site]))));
        }
        return sites;
    }

    private List<Server> servers(String edge) {
        List<Server> servers = new ArrayList<>();
        servers.add(Server.edge(edge, names[0]));
        for (String site : names) {
            for (int hub = 1; hub <= plan.hubs(); hub++) {
                servers.add(Server.hub(site + "-HT" + hub, site));
            }
            servers.add(Server.mailbox(site + "-MBX1", site));
        }
        return servers;
    }

    /**
     * Sites strewn so hang together once each sees about the logarithm of their number; a wider look when the first one
     * leaves sites apart or finds too few pairs.
     */
    private List<SiteLink> links() {
        int wanted = plan.links();
        double pairs = names.length * (6 + StrictMath.log(names.length)) / 2 + PAIRS_PER_LINK * (double) wanted;
        double reach = side() * Math.sqrt(2 * pairs / Math.PI) / names.length;
        while (true) {
            List<Pair> near = near(Math.max(1, reach));
            List<Pair> chosen = chosen(near, wanted);
            if (chosen.size() == wanted) {
                return chosen.stream().sorted(Pair.BY_PLACE).map(this::link).toList();
            }
            reach *= 1.5;
        }
    }

    private SiteLink link(Pair pair) {
        int cost = Math.max(1, (int) Math.round(pair.length / PER_COST));
        List<String> ends = List.of(names[pair.one], names[pair.other]);
        return new SiteLink(
                String.join("-", ends),
                ends,
                cost,
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }

    /** A spanning tree of the least weights, then others by lot; fewer than wanted when the pairs do not suffice. */
    private List<Pair> chosen(List<Pair> near, int wanted) {
        JoinedSites joined = new JoinedSites(names.length);
        List<Pair> chosen = new ArrayList<>();
        List<Pair> spare = new ArrayList<>();
        for (Pair pair : near.stream().sorted(Pair.BY_WEIGHT).toList()) {
            (joined.join(pair.one, pair.other) ? chosen : spare).add(pair);
        }
        if (chosen.size() == names.length - 1) {
            spare.stream().sorted(Pair.BY_LOT).limit(wanted - chosen.size()).forEach(chosen::add);
        }
        return chosen;
    }

    /** All pairs no further apart than {@code reach}, found in a grid of squares that wide. */
    private List<Pair> near(double reach) {
        int columns = (int) (side() / reach) + 1;
        List<List<Integer>> squares = new ArrayList<>();
        for (int square = 0; square < columns * columns; square++) {
            squares.add(new ArrayList<>());
        }
        for (int site = 0; site < names.length; site++) {
            squares.get((int) (y[site] / reach) * columns + (int) (x[site] / reach))
                    .add(site);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int site = 0; site < names.length; site++) {
            for (int square : around(site, reach, columns)) {
                for (int other : squares.get(square)) {
                    if (site < other) {
                        pair(site, other, reach).ifPresent(pairs::add);
                    }
                }
            }
        }
        return pairs;
    }

    private static List<Integer> squares(int column, int row, int columns) {
        List<Integer> found = new ArrayList<>();
        for (int down = Math.max(0, row - 1); down <= Math.min(columns - 1, row + 1); down++) {
            for (int right = Math.max(0, column - 1); right <= Math.min(columns - 1, column + 1); right++) {
                found.add(down * columns + right);
            }
        }
        return found;
    }

    private List<Integer> around(int site, double reach, int columns) {
        return squares((int) (x[site] / reach), (int) (y[site] / reach), columns);
    }

    private Optional<Pair> pair(int one, int other, double reach) {
        double right = x[one] - x[other];
        double up = y[one] - y[other];
        double length = Math.sqrt(right * right + up * up);
        return length > reach
                ? Optional.empty()
                : Optional.of(new Pair(one, other, length, length * (0.5 + random.nextDouble()), random.nextDouble()));
    }
}
