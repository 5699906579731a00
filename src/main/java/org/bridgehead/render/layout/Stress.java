package org.bridgehead.render.layout;

import java.util.Arrays;
import java.util.Random;

/**
 * Places nodes so that distances on paper resemble distances along the edges, by stochastic gradient descent on the
 * stress (Zheng, Pawar, Goodman 2019). Every pair counts up to {@value #EXACT} nodes, beyond that each node's pairs with
 * its neighbours and with {@value #PIVOTS} others.
 */
final class Stress {
    private static final int EXACT = 1500;
    private static final int PIVOTS = 60;
    private static final int ROUNDS = 40;
    private static final double LAST_STEP = 0.1;

    private final Net net;
    private final Random random;
    private final Spots spots;
    private final double[] x;
    private final double[] y;
    private int[] one = new int[1024];
    private int[] other = new int[1024];
    private double[] wanted = new double[1024];
    private int pairs;

    private Stress(Net net, long seed) {
        this.net = net;
        this.random = new Random(seed);
        this.spots = new Spots(net.size());
        this.x = spots.x;
        this.y = spots.y;
    }

    /** Places the nodes of a connected net; the unit is that of its edges' lengths. */
    static Spots place(Net net, long seed) {
        Stress stress = new Stress(net, seed);
        for (int i = 0; i < net.size(); i++) {
            stress.x[i] = stress.random.nextDouble();
            stress.y[i] = stress.random.nextDouble();
        }
        stress.collectPairs();
        stress.descend();
        return stress.spots;
    }

    private void collectPairs() {
        int n = net.size();
        boolean exact = n <= EXACT;
        int sources = exact ? n : PIVOTS;
        for (int i = 0; i < sources; i++) {
            int from = exact ? i : random.nextInt(n);
            double[] distances = net.distances(from);
            for (int to = exact ? i + 1 : 0; to < n; to++) {
                if (to != from) {
                    add(from, to, distances[to]);
                }
            }
        }
        for (int edge = 0; !exact && edge < net.edges(); edge++) {
            add(net.from(edge), net.to(edge), net.length(edge));
        }
    }

    private void add(int from, int to, double distance) {
        if (pairs == one.length) {
            one = Arrays.copyOf(one, pairs * 2);
            other = Arrays.copyOf(other, pairs * 2);
            wanted = Arrays.copyOf(wanted, pairs * 2);
        }
        one[pairs] = from;
        other[pairs] = to;
        wanted[pairs++] = distance;
    }

    /** Steps shrink from the largest distance squared to a tenth, evenly in the logarithm. */
    private void descend() {
        double most = 1;
        for (int i = 0; i < pairs; i++) {
            most = Math.max(most, wanted[i]);
        }
        double shrink = StrictMath.pow(LAST_STEP / (most * most), 1.0 / (ROUNDS - 1));
        double step = most * most;
        for (int round = 0; round < ROUNDS; round++, step *= shrink) {
            shuffle();
            for (int i = 0; i < pairs; i++) {
                move(i, step);
            }
        }
    }

    private void move(int pair, double step) {
        int a = one[pair];
        int b = other[pair];
        double dx = x[a] - x[b];
        double dy = y[a] - y[b];
        double distance = Math.sqrt(dx * dx + dy * dy);
        if (distance < 1e-9) {
            dx = 1e-3 * (a - b);
            dy = 1e-3;
            distance = Math.sqrt(dx * dx + dy * dy);
        }
        double share = Math.min(1, step / (wanted[pair] * wanted[pair])) * (distance - wanted[pair]) / 2 / distance;
        x[a] -= share * dx;
        y[a] -= share * dy;
        x[b] += share * dx;
        y[b] += share * dy;
    }

    private void shuffle() {
        for (int i = pairs - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int from = one[i];
            int to = other[i];
            double distance = wanted[i];
            one[i] = one[j];
            other[i] = other[j];
            wanted[i] = wanted[j];
            one[j] = from;
            other[j] = to;
            wanted[j] = distance;
        }
    }
}
