package org.bridgehead.io.ldap.forest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.NameRule;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SubnetMap;
import org.bridgehead.io.ldap.LdifRecipients;

/** Makes sites of the forest's sites and subnets. One thread. */
final class SiteMaker {
    private static final String FLAGS = "msExchTransportSiteFlags";

    private final Forest forest;
    private final Optional<Long> hubSiteBit;
    private final Guesses<String> guesses;
    private final Map<String, ForestObject> objects = new LinkedHashMap<>();
    private final Map<String, String> nameOf = new LinkedHashMap<>();
    private final Map<String, List<String>> subnets = new LinkedHashMap<>();

    SiteMaker(Forest forest, Optional<Long> hubSiteBit) {
        this.forest = forest;
        this.hubSiteBit = hubSiteBit;
        this.guesses = forest.guesses();
        LegalNames names = new LegalNames(NameRule.ANY, "sites", guesses);
        for (ForestObject object : forest.all(Kind.SITE)) {
            String name = names.claim(object.name(0), object.dn());
            nameOf.put(LdifRecipients.key(object.dn()), name);
            objects.put(name, object);
        }
    }

    /** The site made of the object of that name; empty when there is none. */
    Optional<String> name(String dn) {
        return Optional.ofNullable(nameOf.get(LdifRecipients.key(dn)));
    }

    /** All sites in the order of the forest. */
    List<Site> sites() {
        readSubnets();
        List<Site> sites = new ArrayList<>();
        objects.forEach(
                (name, object) -> sites.add(new Site(name, isHubSite(object), subnets.getOrDefault(name, List.of()))));
        return sites;
    }

    private void readSubnets() {
        TreeSet<String> taken = new TreeSet<>();
        for (ForestObject object : forest.all(Kind.SUBNET)) {
            String range = object.name(0);
            Optional<String> site = object.value("siteObject").flatMap(this::name);
            if (!SubnetMap.isSubnet(range)) {
                guesses.add("subnets that are no address ranges are left out", object.dn(), range);
            } else if (site.isEmpty()) {
                guesses.add("subnets of no site are left out", object.dn(), range);
            } else if (taken.add(range.toLowerCase(Locale.ROOT))) {
                subnets.computeIfAbsent(site.get(), s -> new ArrayList<>()).add(range);
            } else {
                guesses.add("subnets that another site has are left out", object.dn(), range);
            }
        }
    }

    private boolean isHubSite(ForestObject object) {
        if (object.has(FLAGS) && hubSiteBit.isEmpty()) {
            guesses.add(
                    FLAGS + " is not looked at, as what its bits mean is not documented; if you know the one of hub"
                            + " sites, give --hub-site-bit",
                    object.dn(),
                    object.name(0) + " has " + object.value(FLAGS).orElse("nothing"));
        }
        long flags = object.number(FLAGS).orElse(0L);
        return hubSiteBit.filter(bit -> (flags & bit) != 0).isPresent();
    }
}
