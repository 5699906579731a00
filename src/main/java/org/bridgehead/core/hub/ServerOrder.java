package org.bridgehead.core.hub;

import java.util.List;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.queue.DeliveryQueue;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.routing.Rotation;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;

/**
 * In which order the servers of a next hop are tried: by turns, and dead ones last where load balancing minds health
 * (BEHAVIOUR 1.4). Exchangers of a domain are ordered by their MX records instead. Keeps nothing; asked by the
 * {@link Connections} on the hub's thread.
 */
final class ServerOrder {
    private final Desk desk;
    private final ServerHealth health;

    ServerOrder(Desk desk, ServerHealth health) {
        this.desk = desk;
        this.health = health;
    }

    /** The servers to try for a queue now; takes one of its turns. */
    List<Target> targets(DeliveryQueue queue) {
        NextHop hop = queue.hop();
        long turn = queue.nextTurn();
        if (hop instanceof NextHop.Mailbox mailbox) {
            return List.of(new Target.Mailbox(mailbox.server()));
        }
        if (hop instanceof NextHop.Sites sites) {
            return peers(desk.snapshot().routes().hubsOf(sites.candidates().get(0)), turn);
        }
        if (hop instanceof NextHop.Servers servers) {
            return peers(servers.servers(), turn);
        }
        if (hop instanceof NextHop.SmartHosts hosts) {
            return smartHosts(hosts, turn);
        }
        NextHop.Foreign foreign = (NextHop.Foreign) hop;
        return List.of(new Target.Foreign(foreign.connector(), foreign.endpoint()));
    }

    /** Whether dead servers leave the rotation and are probed beside it. */
    boolean isByHealth() {
        return loadBalancing() == LoadBalancing.HEALTHY;
    }

    private List<Target> peers(List<String> servers, long turn) {
        return Lists.map(order(servers, turn), Target.Peer::new);
    }

    private List<Target> smartHosts(NextHop.SmartHosts hop, long turn) {
        List<String> names = Lists.map(hop.hosts(), HostPort::toString);
        return Lists.map(
                order(names, turn),
                name -> new Target.Host(hop.connector(), hop.hosts().get(names.indexOf(name))));
    }

    private List<String> order(List<String> servers, long turn) {
        return Rotation.order(servers, turn, loadBalancing(), health::isDead);
    }

    private LoadBalancing loadBalancing() {
        return desk.snapshot().settings().routing().loadBalancing();
    }
}
