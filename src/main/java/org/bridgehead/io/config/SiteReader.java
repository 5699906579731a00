package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.bridgehead.core.topology.NameRule;
import org.bridgehead.core.topology.Position;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.SubnetMap;

/** The sections {@code sites} and {@code siteLinks}. */
final class SiteReader {
    private static final int MOST_COST = 99_999;
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,10}(\\.\\d{0,20})?([eE][+-]?\\d{1,3})?");

    private final Known known = new Known("site", true);
    private final Map<String, String> subnets = new TreeMap<>();

    /** The names of all sites, for references. */
    Known known() {
        return known;
    }

    /** All sites. */
    List<Site> sites(YamlValue value) {
        List<YamlEntry> entries = value.named("sites");
        if (entries.isEmpty()) {
            value.problems().error(value.key(), "there is no site", "name at least one, such as Berlin: {}");
        }
        entries.forEach(entry -> {
            entry.obey(NameRule.ANY, value.problems());
            known.add(entry.name());
        });
        List<Site> sites = new ArrayList<>();
        for (YamlEntry entry : entries) {
            entry.value().map(Shape.SITE).ifPresent(map -> sites.add(site(entry.name(), map)));
        }
        return sites;
    }

    private Site site(String name, YamlMap map) {
        return new Site(
                name,
                map.get("hubSite").flatMap(YamlValue::bool).orElse(false),
                map.get("subnets")
                        .map(v -> v.list("subnets such as 10.1.0.0/16", item -> subnet(name, item)))
                        .orElse(List.of()),
                map.get("position").flatMap(SiteReader::position));
    }

    /** Two numbers: to the right and upwards, such as longitude and latitude. */
    private static Optional<Position> position(YamlValue value) {
        List<Double> numbers = value.list("two numbers", SiteReader::coordinate);
        if (value.isList() && value.items() != 2) {
            value.error(
                    "expected two numbers, to the right and upwards, found " + value.items(),
                    "write [13.4, 52.5], such as longitude and latitude");
        }
        return numbers.size() == 2 && value.items() == 2
                ? Optional.of(new Position(numbers.get(0), numbers.get(1)))
                : Optional.empty();
    }

    private static Optional<Double> coordinate(YamlValue item) {
        return item.parsed("a number such as 13.4, at most " + (long) Position.LIMIT, SiteReader::number);
    }

    private static Optional<Double> number(String text) {
        return NUMBER.matcher(text).matches()
                ? Optional.of(Double.parseDouble(text)).filter(number -> Math.abs(number) <= Position.LIMIT)
                : Optional.empty();
    }

    private Optional<String> subnet(String site, YamlValue item) {
        Optional<String> range = item.parsed(
                "a subnet such as 10.1.0.0/16 or 2001:db8::/32",
                text -> Optional.of(text).filter(SubnetMap::isSubnet));
        range.ifPresent(text -> {
            String owner = subnets.putIfAbsent(text.toLowerCase(Locale.ROOT), site);
            if (owner != null) {
                item.error("the subnet already belongs to " + owner, "a subnet belongs to one site");
            }
        });
        return range;
    }

    /** All site links; their sites must have been read. */
    List<SiteLink> links(YamlValue value) {
        List<SiteLink> links = new ArrayList<>();
        for (YamlEntry entry : value.named("site links")) {
            entry.obey(NameRule.ANY, value.problems());
            entry.value()
                    .map(Shape.SITE_LINK)
                    .flatMap(map -> link(entry.name(), map))
                    .ifPresent(links::add);
        }
        return links;
    }

    private Optional<SiteLink> link(String name, YamlMap map) {
        List<String> sites =
                map.require("sites", "[Berlin, Munich]").map(this::members).orElse(List.of());
        int cost = map.get("cost").flatMap(v -> v.integer(1, MOST_COST)).orElse(SiteLink.DEFAULT_COST);
        Optional<Integer> exchangeCost = map.get("exchangeCost").flatMap(v -> v.integer(1, MOST_COST));
        Optional<Long> size = map.get("maxMessageSize").flatMap(v -> v.size(1));
        Optional<Long> bandwidth = map.get("bandwidth")
                .flatMap(v -> v.parsed(
                        "a bandwidth such as 10Mbit/s, above 0",
                        text -> Notation.bandwidth(text).filter(bits -> bits > 0)));
        var latency = map.get("latency").flatMap(v -> v.duration(true));
        return sites.size() < 2
                ? Optional.empty()
                : Optional.of(
                        new SiteLink(name, sites, cost, asInt(exchangeCost), asLong(size), asLong(bandwidth), latency));
    }

    private List<String> members(YamlValue value) {
        List<YamlValue> items = value.list("two or more sites");
        if (value.isList() && items.size() < 2) {
            value.error("a site link joins two or more sites, found " + items.size(), "write [Berlin, Munich]");
        }
        Set<String> members = new LinkedHashSet<>();
        for (YamlValue item : items) {
            known.resolve(item).ifPresent(site -> {
                if (!members.add(site)) {
                    item.error(site + " stands in this link already", "name each site once");
                }
            });
        }
        return List.copyOf(members);
    }

    /** The primitive kind of an optional number. */
    static OptionalInt asInt(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /** The primitive kind of an optional number. */
    static OptionalLong asLong(Optional<Long> number) {
        return number.map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
