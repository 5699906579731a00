package org.bridgehead.whatif;

/**
 * What kind of network {@link SyntheticTopology} draws up.
 *
 * @param sites how many, 1 to {@value #MOST_SITES}
 * @param degree links that end at a site, on average: 0 to {@code sites - 1}; what would leave sites apart is raised
 * @param seed chooses among the networks of that kind
 * @param hubs hub servers in each site, 1 to {@value #MOST_HUBS}
 */
public record NetworkPlan(int sites, double degree, long seed, int hubs) {
    /** More would not fit into a file that any machine loads. */
    public static final int MOST_SITES = 200_000;

    /** As for sites. */
    public static final int MOST_LINKS = 1_000_000;

    /** As for sites; the product with them is bounded too. */
    public static final int MOST_HUBS = 100;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException with a sentence that says which number cannot be, and which could
     */
    public NetworkPlan {
        require(sites >= 1 && sites <= MOST_SITES, sites + " sites: write a number from 1 to " + MOST_SITES);
        require(hubs >= 1 && hubs <= MOST_HUBS, hubs + " hubs per site: write a number from 1 to " + MOST_HUBS);
        require((long) hubs * sites <= MOST_LINKS, "more than " + MOST_LINKS + " hubs: write fewer sites or hubs");
        require(degree >= 0, "a degree of " + degree + ": write a number from 0, such as 2.4");
        require(
                degree <= sites - 1,
                "a degree of " + degree + ": each of " + sites + " sites can be joined to " + (sites - 1)
                        + " others at most");
        require(
                sites * degree / 2 <= MOST_LINKS,
                "more than " + MOST_LINKS + " links: write fewer sites or a lower degree");
    }

    private static void require(boolean possible, String otherwise) {
        if (!possible) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** How many links that makes: {@code sites * degree / 2}, but enough to leave no site apart. */
    public int links() {
        return (int) Math.max(sites - 1L, Math.round(sites * degree / 2));
    }

    /** Whether the degree had to be raised to leave no site apart. */
    public boolean isRaised() {
        return Math.round(sites * degree / 2) < sites - 1L;
    }
}
