package org.bridgehead.engine;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.topology.HostPort;

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
        URI address = URI.create(url);
        int usual = "ldaps".equals(address.getScheme()) ? LDAPS : LDAP;
        String host = address.getHost();
        return new HostPort(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                address.getPort() < 0 ? usual : address.getPort());
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
    public List<QueueView> queues() {
        return List.of();
    }

    @Override
    public int messages() {
        return 0;
    }
}
