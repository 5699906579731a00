package org.bridgehead.core.topology;

import java.util.Optional;

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

    /**
     * Reads {@code host:port}, {@code [::1]:25}, or a bare host where {@code defaultPort} is not negative; empty for any
     * other text.
     */
    public static Optional<HostPort> parse(String text, int defaultPort) {
        if (HostNames.isAddress(text) || (text.indexOf(':') < 0 && HostNames.isDomain(text))) {
            return defaultPort < 0 ? Optional.empty() : Optional.of(new HostPort(text, defaultPort));
        }
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        return host(text.substring(0, colon)).filter(host -> port <= 65_535).map(host -> new HostPort(host, port));
    }

    /** What stands before the port, without brackets. */
    private static Optional<String> host(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            return Optional.of(text.substring(1, text.length() - 1)).filter(HostNames::isAddress);
        }
        return Optional.of(text)
                .filter(host -> host.indexOf(':') < 0)
                .filter(host -> HostNames.isAddress(host) || HostNames.isDomain(host));
    }

    /** {@code host:port}, IPv6 literals in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
