package org.bridgehead.core.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which domain controllers are asked, in which order (BEHAVIOUR 7). */
class DirectoryAccessTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Function<String, Optional<String>> FREE = controller -> Optional.empty();

    /** Sites are single letters; a controller {@code a1} stands in site {@code a}; a link {@code ab:10}. */
    private static Topology topology(String controllers, String links) {
        List<Server> servers = words(controllers).stream()
                .map(name -> Server.domainController(name, name.substring(0, 1), "ldap://127.0.0.1:1"))
                .toList();
        List<SiteLink> all = words(links).stream()
                .map(link -> SiteLink.of(
                        link,
                        List.of(link.substring(0, link.indexOf(':')).split("")),
                        Integer.parseInt(link.substring(link.indexOf(':') + 1))))
                .toList();
        List<Site> sites = List.of("abcdefgh".split("")).stream().map(Site::of).toList();
        return Topology.of(Settings.of("T", "t.test"), sites, all, servers);
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private static LdapAccess settings(boolean transitive) {
        LdapAccess usual = LdapAccess.DEFAULT;
        return new LdapAccess(
                usual.tls(),
                usual.caFile(),
                transitive,
                usual.timeLimit(),
                usual.retryInterval(),
                usual.cacheTime(),
                usual.missTime(),
                usual.cacheSize(),
                usual.connections());
    }

    private static String order(DirectoryAccess access, int turn, Instant now, String down) {
        ControllerChoice choice = access.choose(
                "a",
                turn,
                now,
                name -> Optional.of("is down").filter(why -> words(down).contains(name)));
        return String.join(
                " ", choice.order().stream().map(NearController::name).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // controllers       | links                  | transitive | turn | down   | order
                "a1 a2 a3            |                        | false      | 0    |        | a1 a2 a3",
                "a1 a2 a3            |                        | false      | 1    |        | a2 a3 a1",
                "a1 a2 a3            |                        | false      | -1   |        | a3 a1 a2",
                "b1 a1               | ab:10                  | false      | 0    |        | a1 b1",
                "b1 c1               | ab:20 ac:10            | false      | 0    |        | c1 b1",
                "b1 c1               | ab:10 ac:10            | false      | 0    |        | b1 c1",
                "b1 b2 c1 c2         | ab:10 ac:20            | false      | 1    |        | b2 b1 c2 c1",
                "b1 c1               | ab:10 bc:10            | false      | 0    |        | b1",
                "b1 c1               | ab:10 bc:10            | true       | 0    |        | b1 c1",
                "b1 c1 d1 e1         | ab:90 ac:10 cd:5 de:5  | true       | 0    |        | c1 b1 d1 e1",
                "d1 e1               | ab:10 bd:10 ac:5 ce:15 | true       | 0    |        | d1 e1",
                "b1 c1 d1            | abcd:10                | false      | 0    |        | b1 c1 d1",
                "b1                  | ab:50 ba:20            | false      | 0    |        | b1",
                "b1                  |                        | true       | 0    |        | ''",
                "a1 a2 b1            | ab:10                  | false      | 0    | a1     | a2 b1",
                "a1 a2 b1            | ab:10                  | false      | 1    | a1 a2  | b1",
                "a1                  |                        | false      | 0    | a1     | ''"
            })
    void theNearestComeFirst(
            String controllers, String links, boolean transitive, int turn, String down, String expected) {
        DirectoryAccess access =
                DirectoryAccess.of(topology(controllers, links == null ? "" : links), settings(transitive));

        assertThat(order(access, turn, NOW, down == null ? "" : down)).isEqualTo(expected);
    }

    @Test
    void theReasonIsSaid() {
        DirectoryAccess access = DirectoryAccess.of(topology("a1 b1 c1", "ab:10 bc:7"), settings(true));
        access.failed("a1", "no answer within 10000 ms", NOW);

        ControllerChoice choice = access.choose("A", 0, NOW, FREE);

        assertThat(choice.reason())
                .isEqualTo("b1 is in b, directly linked at cost 10; a1 is not asked until 2026-01-01T00:00:30Z:"
                        + " no answer within 10000 ms");
        assertThat(choice.order().get(1).reason()).isEqualTo("in c, at cost 17 over several links");
        assertThat(access.choose("h", 0, NOW, FREE).reason())
                .isEqualTo("no domain controller is in the own site or one linked to it");
    }

    @Test
    void whoFailsIsLeftAloneLongerEachTimeAndThenTriedByOne() {
        DirectoryAccess access = DirectoryAccess.of(topology("a1 a2", ""), settings(false));
        Instant at = NOW;
        for (int seconds : List.of(30, 60, 120, 240, 300, 300)) {
            access.failed("a1", "refused", at);
            access.failed("a1", "refused, said somebody else at the same time", at);
            assertThat(order(access, 0, at.plusSeconds(seconds - 1), "")).isEqualTo("a2");
            at = at.plusSeconds(seconds);
            assertThat(order(access, 0, at, "")).as("one asker tries it").isEqualTo("a1 a2");
            assertThat(order(access, 0, at, "")).as("the others go there last").isEqualTo("a2 a1");
        }
        access.answered("a1");
        assertThat(order(access, 0, at, "")).isEqualTo("a1 a2");
        assertThat(access.state("a1", at).failures()).isZero();
        access.failed("a1", "again", at);
        assertThat(access.state("a1", at).notBefore()).as("from the beginning").contains(at.plusSeconds(30));
    }

    @Test
    void answersAreKeptForTheirTimeAndTheOldestGoFirst() {
        LdapAccess small = new LdapAccess(
                LdapAccess.Tls.NONE,
                Optional.empty(),
                false,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                2,
                1);
        AnswerCache cache = new AnswerCache(small);
        cache.put("x", new Answer.Unavailable("down"), NOW);
        assertThat(cache.get("x", NOW)).isEmpty();
        cache.put("a", new Answer.NotFound("a"), NOW);
        cache.put("b", new Answer.Ambiguous("b"), NOW);
        cache.get("a", NOW);
        cache.put("c", new Answer.NotFound("c"), NOW);
        assertThat(cache.get("b", NOW)).isEmpty();
        assertThat(cache.get("a", NOW.plusSeconds(4))).contains(new Answer.NotFound("a"));
        assertThat(cache.get("a", NOW.plusSeconds(5))).isEmpty();
        assertThat(cache.size()).isEqualTo(1);
    }

    /** On random forests: nobody twice, nobody forgotten, and no nearer one behind a farther one. */
    @Test
    void everyoneWhoMayBeAskedIsThereOnceNearestFirst() {
        long seed = new Random().nextLong();
        System.out.println("DirectoryAccessTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            Topology topology = random(random);
            boolean transitive = random.nextBoolean();
            List<String> down = topology.servers().keySet().stream()
                    .filter(name -> random.nextInt(3) == 0)
                    .toList();
            DirectoryAccess access = DirectoryAccess.of(topology, settings(transitive));
            ControllerChoice choice = access.choose(
                    "a", random.nextInt(), NOW, name -> Optional.of("is down").filter(why -> down.contains(name)));

            List<String> wanted = expected(topology, transitive);
            List<String> named = new ArrayList<>();
            choice.order().forEach(one -> named.add(one.name()));
            choice.passed().forEach(one -> named.add(one.controller().name()));
            assertThat(named).as("seed " + seed).containsExactlyInAnyOrderElementsOf(wanted);
            assertThat(choice.order())
                    .as("seed " + seed)
                    .isSortedAccordingTo((one, other) -> one.nearness() != other.nearness()
                            ? one.nearness().compareTo(other.nearness())
                            : Long.compare(one.cost(), other.cost()))
                    .noneMatch(one -> down.contains(one.name()));
            Map<String, Long> costs = costs(topology);
            assertThat(choice.order())
                    .as("seed " + seed)
                    .filteredOn(one -> one.nearness() == NearController.Nearness.FURTHER_SITE)
                    .allMatch(one -> costs.get(one.site()) == one.cost());
        }
    }

    private static Topology random(Random random) {
        StringBuilder controllers = new StringBuilder();
        for (String site : "abcdefgh".split("")) {
            for (int i = random.nextInt(3); i > 0; i--) {
                controllers.append(site).append(i).append(' ');
            }
        }
        StringBuilder links = new StringBuilder();
        for (int i = 0; i < 7; i++) {
            String ends = "abcdefgh".charAt(random.nextInt(8)) + "" + "abcdefgh".charAt(random.nextInt(8));
            if (ends.charAt(0) != ends.charAt(1) && links.indexOf(ends) < 0) {
                links.append(ends).append(':').append(1 + random.nextInt(9)).append(' ');
            }
        }
        return topology(controllers.toString(), links.toString());
    }

    private static List<String> expected(Topology topology, boolean transitive) {
        Map<String, Long> costs = costs(topology);
        return topology.servers().values().stream()
                .filter(server -> {
                    String site = server.site().orElseThrow();
                    boolean linked = topology.links().values().stream()
                            .anyMatch(link ->
                                    link.sites().contains("a") && link.sites().contains(site));
                    return site.equals("a") || linked || transitive && costs.containsKey(site);
                })
                .map(Server::name)
                .toList();
    }

    /** Bellman and Ford, as simple as can be. */
    private static Map<String, Long> costs(Topology topology) {
        Map<String, Long> costs = new TreeMap<>(Map.of("a", 0L));
        for (int i = 0; i < 8; i++) {
            topology.links().values().forEach(link -> {
                for (List<String> way : Arrays.asList(
                        link.sites(), List.of(link.sites().get(1), link.sites().get(0)))) {
                    Long here = costs.get(way.get(0));
                    if (here != null) {
                        costs.merge(way.get(1), here + link.cost(), Math::min);
                    }
                }
            });
        }
        return costs;
    }
}
