package org.bridgehead.core.topology;

/**
 * A TCP endpoint as written in the topology file.
 *
 * @param host name or address literal without brackets
 * @param port 0 = any free port
 */
public record HostPort(String host, int port) {
    /** The default of every listener: loopback, a free port. */
    public static final HostPort LOOPBACK = new HostPort("127.0.0.1", 0);

    /** Checks the range. */
    public HostPort {
        if (host.isEmpty() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("no host:port: " + host + ":" + port);
        }
    }

    /** {@code host:port}, IPv6 literals in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
