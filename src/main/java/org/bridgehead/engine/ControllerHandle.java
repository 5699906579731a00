package org.bridgehead.engine;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.ControllerState;
import org.bridgehead.core.hub.Pressure;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Server;

/**
 * A domain controller, for faults. Its process is not ours: dead means that no server of this process asks it, as if it did
 * not answer. Safe for any thread.
 */
final class ControllerHandle implements ServerHandle {
    private static final int LDAP = 389;
    private static final int LDAPS = 636;

    private final String name;
    private final HostPort address;
    private final Network network;

    ControllerHandle(String name, String address, Network network) {
        this.name = name;
        this.address = at(address);
        this.network = network;
    }

    /** One that is killed is stopped; one that failed says why, and until when it is not asked. */
    static ServerState state(Plant plant, ControllerState controller) {
        Optional<Server> known = plant.topology().server(controller.name());
        boolean alive = plant.server(controller.name()).isRunning();
        Optional<String> trouble = controller
                .trouble()
                .map(why -> controller
                        .notBefore()
                        .map(until -> "not asked until " + until + ": " + why)
                        .orElse("failed, and is tried with one of the next questions: " + why));
        return new ServerState(
                controller.name(),
                known.map(Server::roles).orElse(List.of()),
                known.flatMap(Server::site),
                true,
                alive && trouble.isEmpty(),
                Pressure.NORMAL,
                0,
                0,
                0,
                0,
                0,
                known.flatMap(Server::ldap).map(ControllerHandle::at),
                alive ? trouble : Optional.empty());
    }

    private Item item() {
        return new Item(Item.CONTROLLER, name);
    }

    @Override
    public String name() {
        return name;
    }

    /** Where it answers LDAP. */
    @Override
    public InetSocketAddress smtp() {
        return InetSocketAddress.createUnresolved(address.host(), address.port());
    }

    /** The host and port of an {@code ldap:} or {@code ldaps:} address, which the topology file has checked. */
    static HostPort at(String url) {
        int usual = url.startsWith("ldaps:") ? LDAPS : LDAP;
        String authority = url.substring(url.indexOf("//") + 2).replaceFirst("/$", "");
        int colon = authority.indexOf(':', Math.max(0, authority.indexOf(']')));
        String host = colon < 0 ? authority : authority.substring(0, colon);
        return new HostPort(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                colon < 0 ? usual : Integer.parseInt(authority.substring(colon + 1)));
    }

    @Override
    public boolean isRunning() {
        return !network.down().contains(item().toString());
    }

    @Override
    public void kill() {
        network.cut(item());
    }

    @Override
    public void start() {
        network.mend(item());
    }

    @Override
    public void drain() {
        kill();
    }

    @Override
    public void reply(int code, String text) {
        throw new UnsupportedOperationException(name + " is a domain controller: it speaks no SMTP");
    }

    @Override
    public void accept() {
        throw new UnsupportedOperationException(name + " is a domain controller: it speaks no SMTP");
    }

    @Override
    public Faults faults() {
        throw new UnsupportedOperationException(name + " is a domain controller: it can be killed and started");
    }

    @Override
    public List<QueueView> queues() {
        return List.of();
    }

    @Override
    public int messages() {
        return 0;
    }
}
