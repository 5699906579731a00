package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SubnetMap;

/**
 * Subnets of two sites with addresses in common. The narrower one has them (BEHAVIOUR 1.1.1), which is often meant and
 * told in one finding; of equal ones the site is left to chance.
 */
final class OverlappingSubnets extends RuleHead {
    private static final int BITS_BEFORE_V4 = 96;

    /** A subnet and the site it is written at. */
    private record Written(String site, String text) {
        String address() {
            return text.substring(0, text.indexOf('/'));
        }

        int length() {
            return Integer.parseInt(text.substring(text.indexOf('/') + 1))
                    + (text.indexOf(':') < 0 ? BITS_BEFORE_V4 : 0);
        }
    }

    OverlappingSubnets() {
        super(102, "overlapping-subnets", Severity.WARNING, "subnets of two sites that overlap");
    }

    @Override
    public List<Finding> check(Subject subject) {
        SortedMap<Integer, List<Written>> byLength = new TreeMap<>();
        for (Site site : subject.topology().sites().values()) {
            for (String text : site.subnets()) {
                if (text.matches("[0-9a-fA-F.:]+/\\d{1,3}")) {
                    Written subnet = new Written(site.name(), text);
                    byLength.computeIfAbsent(subnet.length(), length -> new ArrayList<>())
                            .add(subnet);
                }
            }
        }
        SortedMap<Integer, SubnetMap> maps = new TreeMap<>();
        byLength.forEach((length, subnets) -> maps.put(length, map(subnets)));
        List<Finding> findings = new ArrayList<>();
        List<String> nested = new ArrayList<>();
        byLength.forEach((length, subnets) -> {
            for (Written subnet : subnets) {
                other(subnet, Objects.requireNonNull(maps.get(length)))
                        .ifPresent(other -> findings.add(equal(subnet, other)));
                maps.headMap(length).values().stream()
                        .flatMap(map -> other(subnet, map).stream())
                        .findFirst()
                        .ifPresent(other -> nested.add(subnet.text() + " of " + subnet.site() + " in one of " + other));
            }
        });
        if (!nested.isEmpty()) {
            findings.add(nested(nested));
        }
        return findings;
    }

    private static SubnetMap map(List<Written> subnets) {
        return SubnetMap.of(subnets.stream()
                .map(subnet -> new Site(subnet.site(), false, List.of(subnet.text())))
                .toList());
    }

    private static Optional<String> other(Written subnet, SubnetMap map) {
        return map.siteOf(subnet.address()).filter(site -> !Names.same(site, subnet.site()));
    }

    private Finding equal(Written subnet, String other) {
        return finding(
                "site:" + subnet.site(),
                subnet.text() + " is a subnet of " + other + " and of " + subnet.site()
                        + ": which site its servers belong to is left to chance",
                "remove it from sites." + subnet.site() + ".subnets or from sites." + other + ".subnets");
    }

    private Finding nested(List<String> nested) {
        return finding(
                Severity.INFO,
                "sites",
                Words.count(nested.size(), "subnet") + " of one site " + (nested.size() == 1 ? "lies" : "lie")
                        + " inside a wider one of another: " + Words.some(nested)
                        + "; servers there belong to the narrower one's site",
                "nothing, if that is meant");
    }
}
