package org.bridgehead.io.ldap.forest;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bridgehead.core.topology.HostPort;

/**
 * Where a forest is asked for and as whom.
 *
 * @param host of a domain controller
 * @param port where it listens
 * @param security how the connection is protected
 * @param login who asks; empty = anybody
 * @param base where recipients are looked for; empty = in the server's own domain
 * @param trusted who may vouch for the server; empty = those that the Java platform trusts
 */
public record AdLocation(
        String host,
        int port,
        Security security,
        Optional<Login> login,
        Optional<String> base,
        List<X509Certificate> trusted) {
    private static final int PLAIN_PORT = 389;
    private static final int TLS_PORT = 636;
    private static final List<Integer> GLOBAL_CATALOG = List.of(3268, 3269);

    /** Ways to protect the connection. */
    public enum Security {
        /** Not at all. */
        NONE,
        /** TLS once connected. */
        START_TLS,
        /** TLS from the beginning. */
        TLS
    }

    /**
     * Who asks.
     *
     * @param bindDn distinguished name, or {@code user@domain}
     * @param password in clear
     */
    public record Login(String bindDn, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return bindDn;
        }
    }

    /** Copies the list. */
    public AdLocation {
        trusted = List.copyOf(trusted);
    }

    /**
     * The server of a URL, asked by anybody.
     *
     * @param url {@code ldap://host[:port]} or {@code ldaps://host[:port]}
     * @param startTls whether {@code ldap} turns to TLS
     * @throws IllegalArgumentException when it is none, or a global catalog
     */
    public static AdLocation of(String url, boolean startTls) {
        String lower = url.toLowerCase(Locale.ROOT);
        boolean tls = lower.startsWith("ldaps://");
        if (!tls && !lower.startsWith("ldap://")) {
            throw new IllegalArgumentException(url + " is no LDAP URL: write ldap://dc1.example.test or ldaps://…");
        }
        if (tls && startTls) {
            throw new IllegalArgumentException("--start-tls goes with ldap://, as ldaps:// is TLS from the beginning");
        }
        String authority = url.substring(url.indexOf("//") + 2);
        String bare = authority.endsWith("/") ? authority.substring(0, authority.length() - 1) : authority;
        HostPort at = HostPort.parse(bare, tls ? TLS_PORT : PLAIN_PORT)
                .filter(host -> host.port() > 0)
                .orElseThrow(() -> new IllegalArgumentException(
                        url + " names no host and port: write ldap://dc1.example.test:389, and the base with --base"));
        if (GLOBAL_CATALOG.contains(at.port())) {
            throw new IllegalArgumentException("port " + at.port()
                    + " is the global catalog, which does not hold costs and limits of site links; ask port "
                    + (tls ? TLS_PORT : PLAIN_PORT));
        }
        Security security = tls ? Security.TLS : startTls ? Security.START_TLS : Security.NONE;
        return new AdLocation(at.host(), at.port(), security, Optional.empty(), Optional.empty(), List.of());
    }

    /** The same, asked by somebody about a part of the directory, with its own authorities. */
    public AdLocation with(Optional<Login> who, Optional<String> below, List<X509Certificate> authorities) {
        return new AdLocation(host, port, security, who, below, authorities);
    }

    /** Whether others on the network can read what is said. */
    public boolean isOpenToAll() {
        return security == Security.NONE
                && !host.equalsIgnoreCase("localhost")
                && !host.startsWith("127.")
                && !host.equals("::1");
    }

    @Override
    public String toString() {
        return (security == Security.TLS ? "ldaps://" : "ldap://") + new HostPort(host, port);
    }
}
