package org.bridgehead.io.ldap.forest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.NameRule;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;

/** Makes site links of the forest's IP site links; those of SMTP carry replication only. One thread. */
final class LinkMaker {
    private static final long MOST_COST = 99_999;
    private static final long KILOBYTE = 1024;

    private final Forest forest;
    private final SiteMaker sites;
    private final Guesses<String> guesses;
    private final LegalNames names;

    LinkMaker(Forest forest, SiteMaker sites) {
        this.forest = forest;
        this.sites = sites;
        this.guesses = forest.guesses();
        this.names = new LegalNames(NameRule.ANY, "site links", guesses);
    }

    /** All links in the order of the forest; tells of sites among {@code all} that none leads to. */
    List<SiteLink> links(List<Site> all) {
        List<SiteLink> links = new ArrayList<>();
        for (ForestObject object : forest.all(Kind.SITE_LINK)) {
            if (object.isUnder(1, "IP") || object.depth() < 2) {
                link(object).ifPresent(links::add);
            } else {
                guesses.add(
                        "only IP site links carry mail, others are left out",
                        object.dn(),
                        object.name(0) + " under " + object.name(1));
            }
        }
        TreeSet<String> linked = Names.set();
        links.forEach(link -> linked.addAll(link.sites()));
        all.stream()
                .filter(site -> all.size() > 1 && !linked.contains(site.name()))
                .forEach(site -> guesses.add("sites without any link exchange no mail", site.name(), site.name()));
        return links;
    }

    private Optional<SiteLink> link(ForestObject object) {
        List<String> members = members(object);
        if (members.size() < 2) {
            guesses.add(
                    "links of fewer than two sites are left out", object.dn(), object.name(0) + " joins " + members);
            return Optional.empty();
        }
        int cost = cost(object, "cost").orElseGet(() -> {
            guesses.add("links that say no cost cost " + SiteLink.DEFAULT_COST, object.dn(), object.name(0));
            return SiteLink.DEFAULT_COST;
        });
        OptionalInt exchange = cost(object, "msExchCost").map(OptionalInt::of).orElse(OptionalInt.empty());
        return Optional.of(new SiteLink(
                names.claim(object.name(0), object.dn()),
                members,
                cost,
                exchange,
                size(object, "delivContLength", guesses),
                OptionalLong.empty(),
                Optional.empty()));
    }

    private List<String> members(ForestObject object) {
        TreeSet<String> seen = Names.set();
        List<String> members = new ArrayList<>();
        for (String dn : object.values("siteList")) {
            Optional<String> site = sites.name(dn);
            if (site.isEmpty()) {
                guesses.add("sites that are not there are left out of their links", object.dn(), dn);
            }
            site.filter(seen::add).ifPresent(members::add);
        }
        return members;
    }

    private Optional<Integer> cost(ForestObject object, String attribute) {
        Optional<Long> written = object.number(attribute);
        Optional<Integer> cost = written.map(number -> (int) Math.max(1, Math.min(MOST_COST, number)));
        if (written.filter(number -> number < 1 || number > MOST_COST).isPresent()) {
            guesses.add(
                    "costs are 1 to " + MOST_COST,
                    object.dn(),
                    attribute + " " + written.get() + " of " + object.name(0) + " becomes " + cost.get());
        } else if (written.isEmpty() && object.has(attribute)) {
            guesses.add(
                    attribute + " that is no number is left out",
                    object.dn(),
                    object.value(attribute).orElse("nothing"));
        }
        return cost;
    }

    /** A limit in KB as octets; none where none is set. */
    static OptionalLong size(ForestObject object, String attribute, Guesses<String> guesses) {
        Optional<Long> kilobytes = object.number(attribute).filter(number -> number >= 0 && number < 1L << 40);
        if (kilobytes.filter(number -> number == 0).isPresent()) {
            guesses.add("a limit of 0 KB lets next to nothing pass", object.dn(), object.name(0));
        }
        return kilobytes
                .map(number -> OptionalLong.of(Math.max(1, number * KILOBYTE)))
                .orElse(OptionalLong.empty());
    }
}
