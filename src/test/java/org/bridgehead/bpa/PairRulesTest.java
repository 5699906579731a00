package org.bridgehead.bpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.routing.Itinerary;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.Rule;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.Limits;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules about all pairs of sites against asking for every pair's path, on random topologies. */
class PairRulesTest {
    private static final int ROUNDS = 300;
    private static final long MEGABYTE = 1L << 20;
    private static final Pattern PAIRS = Pattern.compile("(\\d+) pairs?");
    private static final Pattern OTHERS = Pattern.compile(" and (\\d+) others$");

    @Test
    void countsEqualThoseOfAskingForEveryPair() {
        long seed = System.nanoTime();
        System.out.println("PairRulesTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Subject subject = subject(random, 2 + random.nextInt(12), 1 + random.nextInt(8));
            String name = "seed " + seed + " round " + round;
            assertThat(counts(subject, "decided-by-name")).as(name).isEqualTo(byName(subject));
            assertThat(counts(subject, "idle-links")).as(name).isEqualTo(idleLinks(subject));
            assertThat(counts(subject, "too-many-hops")).as(name).isEqualTo(tooManyHops(subject));
            assertThat(counts(subject, "link-size-limit")).as(name).isEqualTo(tooSmall(subject));
            assertThat(findings(subject, "hub-site-off-path"))
                    .as(name)
                    .extracting(Finding::where)
                    .isEqualTo(offPath(subject));
        }
    }

    @Test
    @Timeout(60)
    void aThousandSitesTakeSeconds() {
        Subject subject = subject(new Random(7), 1000, 100);
        long start = System.nanoTime();
        List<Finding> findings = Analyzer.analyze(subject);
        System.out.println("1000 sites: " + findings.size() + " findings by "
                + Analyzer.rules().size() + " rules in "
                + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
        assertThat(findings).isNotEmpty();
    }

    private static List<Finding> findings(Subject subject, String rule) {
        return Analyzer.rules().stream()
                .filter(its -> its.id().equals(rule))
                .findFirst()
                .orElseThrow()
                .check(subject);
    }

    private static List<Long> counts(Subject subject, String rule) {
        return findings(subject, rule).stream()
                .map(finding -> count(finding.message()))
                .toList();
    }

    /** The number in front of "pairs", or that of the names in front of the verb. */
    private static long count(String message) {
        Matcher pairs = PAIRS.matcher(message);
        if (pairs.find()) {
            return Long.parseLong(pairs.group(1));
        }
        String names = message.split(" (is|are) on no ")[0];
        Matcher others = OTHERS.matcher(names);
        return others.find() ? 3 + Long.parseLong(others.group(1)) : names.split(", | and ").length;
    }

    private static List<Long> byName(Subject subject) {
        return some(pairs(
                subject,
                (from, to) -> subject.routes()
                        .decidedBy(from, to)
                        .filter(rule -> rule == Rule.NAME)
                        .isPresent()));
    }

    private static List<Long> idleLinks(Subject subject) {
        NavigableSet<String> idle = Names.set();
        idle.addAll(subject.topology().links().keySet());
        pairs(subject, (from, to) -> {
            subject.routes().path(from, to).ifPresent(path -> path.links().forEach(idle::remove));
            return false;
        });
        return some(idle.size());
    }

    private static List<Long> tooManyHops(Subject subject) {
        int limit = subject.topology().settings().limits().maxHops();
        Reachability all = Reachability.of(subject.topology(), List.of());
        return some(pairs(
                subject,
                (from, to) -> Itinerary.of(subject.routes(), all, from, to)
                        .map(way -> way.handled()
                                + (subject.topology().edgesOf(from).isEmpty() ? 0 : 1))
                        .filter(lines -> lines > limit)
                        .isPresent()));
    }

    private static List<Long> tooSmall(Subject subject) {
        List<Long> counts = new ArrayList<>();
        long most = subject.topology().settings().limits().maxMessageSize();
        for (SiteLink link : subject.topology().links().values()) {
            if (link.maxMessageSize().orElse(most) < most) {
                counts.addAll(some(pairs(
                        subject,
                        (from, to) -> subject.routes()
                                .path(from, to)
                                .filter(path -> path.links().contains(link.name()))
                                .isPresent())));
            }
        }
        return counts;
    }

    private static List<String> offPath(Subject subject) {
        List<String> found = new ArrayList<>();
        for (Site site : subject.topology().sites().values()) {
            long others = ends(subject).stream()
                    .filter(end -> !Names.same(end, site.name()))
                    .count();
            long crossing = pairs(
                    subject,
                    (from, to) -> subject.routes()
                            .path(from, to)
                            .filter(path -> leadsThrough(path, site.name()))
                            .isPresent());
            boolean judged = site.hubSite() && others > 1;
            if (judged && !subject.routes().hubsOf(site.name()).isEmpty() && crossing == 0) {
                found.add("site:" + site.name());
            }
        }
        return found;
    }

    private static boolean leadsThrough(SitePath path, String site) {
        return path.hops() > 1 && path.sites().subList(1, path.hops()).contains(site);
    }

    private static List<Long> some(long count) {
        return count == 0 ? List.of() : List.of(count);
    }

    private static long pairs(Subject subject, BiPredicate<String, String> condition) {
        List<String> ends = ends(subject);
        return ends.stream()
                .mapToLong(from -> ends.stream()
                        .filter(to -> !from.equals(to) && condition.test(from, to))
                        .count())
                .sum();
    }

    private static List<String> ends(Subject subject) {
        List<String> sites = List.copyOf(subject.topology().sites().keySet());
        List<String> withHub = sites.stream()
                .filter(site -> !subject.routes().hubsOf(site).isEmpty())
                .toList();
        return withHub.isEmpty() ? sites : withHub;
    }

    private static Subject subject(Random random, int count, int maxHops) {
        List<Site> sites = new ArrayList<>();
        List<SiteLink> links = new ArrayList<>();
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String site = "S" + random.nextInt(1000) + "-" + i;
            sites.add(new Site(site, random.nextInt(4) == 0, List.of()));
            if (random.nextInt(4) > 0) {
                servers.add(Server.hub("HT" + i, site));
            }
            if (random.nextInt(6) == 0) {
                servers.add(Server.edge("EDGE" + i, site));
            }
            for (int k = random.nextInt(3); i > 0 && k >= 0; k--) {
                links.add(link(random, links.size(), site, sites));
            }
        }
        RoutingPolicy policy = random.nextBoolean() ? RoutingPolicy.DEFAULT : RoutingPolicy.EXCHANGE_2007;
        return Subject.of(new Organization(
                Topology.of(settings(policy, maxHops), sites, links, servers), DirectoryDefinition.EMPTY));
    }

    private static SiteLink link(Random random, int number, String site, List<Site> sites) {
        List<String> members = new ArrayList<>(List.of(site));
        for (int k = 1 + random.nextInt(5) / 4; k > 0; k--) {
            members.add(sites.get(random.nextInt(sites.size())).name());
        }
        return new SiteLink(
                "L" + number,
                members,
                10 * (1 + random.nextInt(3)),
                OptionalInt.empty(),
                random.nextInt(5) == 0 ? OptionalLong.of(MEGABYTE) : OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }

    private static Settings settings(RoutingPolicy policy, int maxHops) {
        Settings plain = Settings.of("Contoso", "contoso.test");
        return new Settings(
                plain.name(),
                plain.acceptedDomains(),
                policy,
                new Limits(10 * MEGABYTE, 5000, maxHops, 1000),
                plain.retry(),
                plain.edgeRetry(),
                plain.connections(),
                plain.dumpster(),
                plain.secretFile());
    }
}
