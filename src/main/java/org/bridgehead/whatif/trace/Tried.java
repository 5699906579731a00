package org.bridgehead.whatif.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.routing.DeliveryPlan;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.HostPort;

/** Which servers an attempt goes through before a copy is put off (BEHAVIOUR 1.4.5, 1.4.6), by site. */
final class Tried {
    private final Grounds grounds;

    Tried(Grounds grounds) {
        this.grounds = grounds;
    }

    /** Sites with their hubs, or servers, in trying order; none when there is nobody to try. */
    List<String> servers(TrackingEvent deferred, Course course) {
        Instant at = deferred.time();
        NextHop hop = course.hop();
        if (hop instanceof NextHop.Sites && course.path().isPresent()) {
            RoutingTable routes = grounds.circumstances().routes(at);
            List<String> found = new ArrayList<>();
            for (String site :
                    DeliveryPlan.of(course.path().get().chosen(), routes).candidates()) {
                found.add(grounds.refusal(at, routes, course.home(), site)
                        .orElse(site + " (" + String.join(", ", routes.hubsOf(site)) + ")"));
            }
            return found;
        }
        if (hop instanceof NextHop.Servers servers) {
            return servers.servers();
        }
        if (hop instanceof NextHop.SmartHosts hosts) {
            return hosts.hosts().stream().map(HostPort::toString).toList();
        }
        if (hop instanceof NextHop.Dns dns) {
            return List.of("the exchangers of " + dns.domain());
        }
        return hop instanceof NextHop.Mailbox mailbox ? List.of(mailbox.server()) : List.of();
    }
}
