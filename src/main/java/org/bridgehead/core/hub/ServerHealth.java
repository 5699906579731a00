package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.TreeMap;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.SendConnector;

/**
 * Which servers did not answer, and when each is probed again (BEHAVIOUR 1.4.4). Kept by the {@link Connections}, read
 * by their {@link ServerOrder}; owned by the hub's thread.
 */
final class ServerHealth {
    private final Desk desk;
    /** Servers that did not answer, with the time of the next probe. */
    private final TreeMap<String, Instant> nextProbe = Names.map();

    ServerHealth(Desk desk) {
        this.desk = desk;
    }

    /** Whether the server of this name, or the host of this {@code host:port}, did not answer. */
    boolean isDead(String server) {
        return nextProbe.containsKey(server);
    }

    boolean isDead(Target target) {
        return isDead(key(target));
    }

    /** Whether a dead server is to be probed now. */
    boolean isProbeDue(Target target) {
        Instant due = nextProbe.get(key(target));
        return due != null && !due.isAfter(desk.now());
    }

    void markAlive(Target target) {
        nextProbe.remove(key(target));
    }

    /** Exchangers of foreign domains are not remembered: there is no end to them. */
    void markDead(Target target) {
        if (!(target instanceof Target.Host host) || isSmartHost(host)) {
            nextProbe.put(key(target), desk.now().plus(desk.snapshot().retry().glitchInterval()));
        }
    }

    private boolean isSmartHost(Target.Host host) {
        SendConnector connector = desk.snapshot().topology().sendConnectors().get(host.connector());
        return connector != null && connector.smartHosts().contains(host.host());
    }

    private static String key(Target target) {
        return target instanceof Target.Host host ? host.host().toString() : target.displayName();
    }
}
