package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.RoutingPolicy.OnFailure;
import org.bridgehead.core.topology.RoutingPolicy.Relay;

/** A random organisation, connected, with groups; all of it follows from the seed. */
final class RandomWorld {
    final Random random;
    final List<String> sites = new ArrayList<>();
    final List<String> links = new ArrayList<>();
    final List<String> groups = new ArrayList<>();
    final Scene scene;
    private String hubless = "";

    RandomWorld(long seed) {
        random = new Random(seed);
        int count = 2 + random.nextInt(5);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sites.add(String.valueOf((char) ('A' + i)));
            if (i > 0) {
                link(words, sites.get(random.nextInt(i)), sites.get(i));
            }
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            link(words, site(), site());
        }
        scene = Scene.of(words.toArray(new String[0]))
                .hubs(1 + random.nextInt(3))
                .chunk(1 + random.nextInt(4))
                .room(random.nextInt(3) == 0 ? 10 : 1000)
                .policy(new RoutingPolicy(
                        random.nextBoolean() ? Metric.HOPS : Metric.COST,
                        random.nextBoolean() ? Relay.EVERY_SITE : Relay.DIRECT,
                        OnFailure.HOLD,
                        random.nextBoolean() ? LoadBalancing.HEALTHY : LoadBalancing.ROTATE));
        if (random.nextInt(3) == 0) {
            scene.hubSites(site());
        }
        if (count > 2 && random.nextInt(3) == 0) {
            hubless = sites.get(1 + random.nextInt(count - 1));
            scene.withoutHub(hubless);
        }
        groups();
    }

    private void link(List<String> words, String one, String other) {
        String name = one + "-" + other;
        if (!one.equals(other) && !links.contains(name) && !links.contains(other + "-" + one)) {
            links.add(name);
            words.add(name + " " + (1 + random.nextInt(3)));
        }
    }

    private void groups() {
        for (int i = 0; i < 4; i++) {
            List<String> members = new ArrayList<>();
            for (int k = 1 + random.nextInt(12); k > 0; k--) {
                members.add(random.nextInt(4) == 0 ? "g" + random.nextInt(4) : user());
            }
            String name = "g" + i;
            groups.add(name);
            Optional<String> expansion = random.nextInt(4) == 0 ? Optional.of(sites.get(0) + "1") : Optional.empty();
            scene.people(p -> p.group(name, expansion, members));
        }
        scene.people(p -> p.forwarding("both", "A-MBX", "a2", true).forwarding("only", "A-MBX", "a3", false));
        scene.people(p -> p.pages(1 + random.nextInt(5)));
    }

    String site() {
        return sites.get(random.nextInt(sites.size()));
    }

    String user() {
        String site = site();
        while (site.equals(hubless)) {
            site = site();
        }
        return site.toLowerCase(Locale.ROOT) + (1 + random.nextInt(9));
    }

    String recipient() {
        int dice = random.nextInt(10);
        return dice == 0 ? "both" : dice == 1 ? "only" : dice < 5 ? groups.get(random.nextInt(4)) : user();
    }

    String server(VirtualOrganization org) {
        return org.servers().get(random.nextInt(org.servers().size()));
    }
}
