package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.SiteLink;

/**
 * Draws the domain controllers of a {@link RandomOrganization}: none, or so many that every site with a hub has one of its
 * own or in a site linked to it. From a seed of its own. One thread; one organisation.
 */
final class RandomControllers {
    /** Nobody listens there, and in a simulation nobody asks. */
    private static final String NOWHERE = "ldap://127.0.0.1:389";

    private final Random random;

    RandomControllers(long seed) {
        this.random = new Random(Dice.of(seed, "domain controllers").next());
    }

    /** Controllers with an address; nobody listens there. */
    List<Server> draw(List<String> sites, List<SiteLink> links) {
        List<Server> controllers = new ArrayList<>();
        if (random.nextInt(2) == 0) {
            return controllers;
        }
        for (String site : sites) {
            boolean served = links.stream()
                    .filter(link -> link.sites().contains(site))
                    .flatMap(link -> link.sites().stream())
                    .anyMatch(other ->
                            controllers.stream().anyMatch(dc -> dc.site().equals(Optional.of(other))));
            int own = served && random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(2);
            for (int i = own; i > 0; i--) {
                controllers.add(Server.domainController(site + "-DC" + i, site, NOWHERE));
            }
        }
        return controllers;
    }
}
