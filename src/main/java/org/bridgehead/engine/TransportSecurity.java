package org.bridgehead.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.bridgehead.core.smtp.SendConfig.Tls;
import org.bridgehead.core.topology.CertificateFiles;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.TlsMode;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.net.ClientTls;
import org.bridgehead.io.tls.Identity;
import org.bridgehead.io.tls.PemFile;
import org.bridgehead.io.tls.SelfSigned;
import org.jspecify.annotations.Nullable;

/**
 * TLS of an organisation: what its listeners show, whom its connectors trust, and how its servers speak to each other.
 * Safe for any thread.
 */
final class TransportSecurity {
    private static final Period VALID = Period.ofYears(10);

    private final Path folder;
    private final Tls amongServers;
    private final boolean clearPasswords;
    private final SortedMap<String, Supplier<SSLContext>> shown = Names.map();

    private TransportSecurity(OrganizationConfig config) {
        Topology topology = config.organization().topology();
        boolean alone = config.servers().isEmpty() && config.peers().isEmpty();
        this.folder = config.folder();
        this.clearPasswords = !config.allowOutbound();
        this.amongServers =
                policy(topology.settings().serverTls().orElse(alone ? TlsMode.NONE : TlsMode.OPPORTUNISTIC));
    }

    /**
     * Reads the certificates that the organisation names.
     *
     * @throws IOException when a file cannot be read or does not hold what it should
     */
    static TransportSecurity of(OrganizationConfig config) throws IOException {
        TransportSecurity security = new TransportSecurity(config);
        Topology topology = config.organization().topology();
        for (Server server : topology.servers().values()) {
            boolean here = config.servers().isEmpty()
                    || config.servers().stream().anyMatch(name -> Names.same(name, server.name()));
            Optional<CertificateFiles> files = server.certificate().or(topology.settings()::certificate);
            if (here && files.isPresent()) {
                SSLContext context = PemFile.identity(
                                config.folder().resolve(files.get().certificateFile()),
                                config.folder().resolve(files.get().privateKeyFile()))
                        .server();
                security.shown.put(server.name(), () -> context);
            }
        }
        return security;
    }

    /** What a listener of {@code server} shows; the one that vouches for itself is made when somebody wants it. */
    synchronized Supplier<SSLContext> listener(String server) {
        return shown.computeIfAbsent(server, SelfMade::new);
    }

    /** How servers of the organisation use STARTTLS at each other's doors. */
    Tls amongServers() {
        return amongServers;
    }

    /** Whether people on this machine may show a password without TLS: only while everything stays on this machine. */
    boolean clearPasswords() {
        return clearPasswords;
    }

    /** Whom a connector trusts; its file is read anew each time, so that a new authority needs no restart. */
    ClientTls trust(SendConnector connector) throws IOException {
        return connector.trustFile().isPresent()
                ? ClientTls.trusting(PemFile.certificates(
                        folder.resolve(connector.trustFile().get())))
                : ClientTls.ofPlatform();
    }

    static Tls policy(TlsMode mode) {
        return Tls.valueOf(mode.name());
    }

    /** The certificate that a listener of {@code server} made for itself; empty when it shows one from a file. */
    Optional<X509Certificate> selfMade(String server) {
        return listener(server) instanceof SelfMade its
                ? Optional.of(its.identity().chain().get(0))
                : Optional.empty();
    }

    private static final class SelfMade implements Supplier<SSLContext> {
        private final String server;
        private @Nullable SSLContext made;
        private @Nullable Identity identity;

        SelfMade(String server) {
            this.server = server;
        }

        @Override
        public synchronized SSLContext get() {
            SSLContext context = made;
            if (context == null) {
                context = make();
                made = context;
            }
            return context;
        }

        private SSLContext make() {
            try {
                return identity().server();
            } catch (IOException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }

        synchronized Identity identity() {
            Identity its = identity;
            if (its == null) {
                its = generated();
                identity = its;
            }
            return its;
        }

        private Identity generated() {
            Instant now = Instant.now();
            try {
                return SelfSigned.of(
                        List.of(server, "localhost", "127.0.0.1", "::1"),
                        now.minusSeconds(86_400),
                        now.atZone(ZoneOffset.UTC).plus(VALID).toInstant());
            } catch (IOException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }
}
