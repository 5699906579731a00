package org.bridgehead.io.net;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.bridgehead.core.smtp.ConnectionLimits;

/**
 * Where and how a listener listens.
 *
 * @param host the address to bind
 * @param port 0 = any free one
 * @param backlog connections that may wait for being accepted
 * @param connections how many are taken
 * @param idle how long a peer may be silent, or not read what we write
 * @param lifetime how long a connection may last; twice that when a transaction is in progress
 * @param tls own certificate and trust, asked for at each handshake; needed when the session offers STARTTLS
 * @param mutual whether clients are asked for certificates; {@code tls} has to verify them, for names in them count
 */
public record ListenerSettings(
        String host,
        int port,
        int backlog,
        ConnectionLimits connections,
        Duration idle,
        Duration lifetime,
        Optional<Supplier<SSLContext>> tls,
        boolean mutual) {
    /** Checks the ranges. */
    public ListenerSettings {
        if (backlog < 1 || idle.toMillis() < 1 || lifetime.compareTo(idle) < 0) {
            throw new IllegalArgumentException("backlog " + backlog + ", idle " + idle + ", lifetime " + lifetime);
        }
    }

    /** The documented defaults of a hub: 5 minutes of silence, 10 minutes in all. */
    public static ListenerSettings hub(String host, int port) {
        return new ListenerSettings(
                host,
                port,
                256,
                ConnectionLimits.HUB,
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Optional.empty(),
                false);
    }

    /** The documented defaults of an edge: 1 minute of silence, 5 minutes in all, 20 connections per address. */
    public static ListenerSettings edge(String host, int port) {
        return new ListenerSettings(
                host,
                port,
                256,
                ConnectionLimits.EDGE,
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Optional.empty(),
                false);
    }

    /** With other connection limits. */
    public ListenerSettings with(ConnectionLimits limits) {
        return new ListenerSettings(host, port, backlog, limits, idle, lifetime, tls, mutual);
    }

    /** With TLS, and certificates of clients that {@code context} trusts. */
    public ListenerSettings with(SSLContext context) {
        return new ListenerSettings(host, port, backlog, connections, idle, lifetime, Optional.of(() -> context), true);
    }

    /** With TLS, once somebody wants it: until then no certificate need exist. */
    public ListenerSettings withCertificate(Supplier<SSLContext> context) {
        return new ListenerSettings(host, port, backlog, connections, idle, lifetime, Optional.of(context), false);
    }

    /** With other time limits. */
    public ListenerSettings with(Duration silence, Duration age) {
        return new ListenerSettings(host, port, backlog, connections, silence, age, tls, mutual);
    }
}
