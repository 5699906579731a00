package org.bridgehead.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.hub.Target;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a hub which does not answer leaves the rotation (BEHAVIOUR 1.4.4): until it is due to be probed, nobody who
 * knows it dead turns to it while another hub of its site has been well all the time. Attempts that began before may still
 * come to it. One thread.
 */
final class RotationWatch {
    /** What a server knows of another one. */
    private static final class Known {
        private @Nullable Instant deadSince;
        private Instant wellSince = Instant.MIN;
        /** Attempts that had begun when it died. */
        private int mayStill;
    }

    /** What is known in the life of one server. */
    private static final class Life {
        private final Names.Index<Known> peers = new Names.Index<>();
        private int opening;
    }

    private final List<Violation> violations;
    private final Map<VirtualServer, Life> lives = new LinkedHashMap<>();

    RotationWatch(List<Violation> violations) {
        this.violations = violations;
    }

    private Life of(VirtualServer server) {
        return lives.computeIfAbsent(server, name -> new Life());
    }

    void died(VirtualServer server) {
        lives.remove(server);
    }

    /** A server asks for a connection. */
    void connecting(VirtualServer server, Target target, Instant now, Topology topology) {
        Life life = of(server);
        if (target instanceof Target.Peer peer) {
            Known known = life.peers.get(peer.server());
            if (known != null && known.deadSince != null) {
                check(server, peer.server(), known, now, topology);
            }
        }
        life.opening++;
    }

    /** It has it, or not. */
    void connected(VirtualServer server, Target target, boolean ready, Instant now) {
        Life life = of(server);
        life.opening--;
        if (!(target instanceof Target.Peer peer)) {
            return;
        }
        Known known = life.peers.computeIfAbsent(peer.server(), name -> new Known());
        if (!ready) {
            dead(life, known, now);
        } else if (known.deadSince != null) {
            known.deadSince = null;
            known.wellSince = now;
        }
    }

    /** The other one is in trouble and said so. */
    void pressed(VirtualServer server, Target target, Instant now) {
        if (target instanceof Target.Peer peer) {
            Life life = of(server);
            dead(life, life.peers.computeIfAbsent(peer.server(), name -> new Known()), now);
        }
    }

    private static void dead(Life life, Known known, Instant now) {
        known.deadSince = now;
        known.mayStill = life.opening;
    }

    private void check(VirtualServer server, String dead, Known known, Instant now, Topology topology) {
        Instant since = known.deadSince == null ? now : known.deadSince;
        Duration unprobed = topology.settings().retry().glitchInterval();
        boolean tooSoon = now.isAfter(since) && now.isBefore(since.plus(unprobed)) && !server.wasSet();
        if (!tooSoon || topology.settings().routing().loadBalancing() != LoadBalancing.HEALTHY) {
            return;
        }
        if (known.mayStill > 0) {
            known.mayStill--;
            return;
        }
        Optional<String> site = topology.server(dead).flatMap(Server::site);
        boolean fromElsewhere = topology.server(server.name())
                .filter(hub -> hub.is(Role.HUB_TRANSPORT) && !hub.site().equals(site))
                .isPresent();
        if (site.isEmpty() || !fromElsewhere || isSentByName(server)) {
            return;
        }
        topology.hubsOf(site.get()).stream()
                .map(Server::name)
                .filter(other ->
                        !Names.same(other, dead) && isWell(of(server).peers.get(other), since))
                .findFirst()
                .ifPresent(other -> violations.add(new Violation(
                        "rotation",
                        server.name() + " turns to " + dead + ", of which it has known since " + since
                                + " that it does not answer, although " + other + " is well")));
    }

    private static boolean isWell(@Nullable Known other, Instant since) {
        return other == null || other.deadSince == null && !other.wellSince.isAfter(since);
    }

    /** Whether it has mail for certain servers, which no other one can take. */
    private static boolean isSentByName(VirtualServer server) {
        return server.hub().queues().stream()
                .anyMatch(queue -> queue.messages() > 0
                        && !queue.name().startsWith("site:")
                        && !queue.name().startsWith("mailbox:"));
    }
}
