package org.bridgehead.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.bridgehead.core.hub.Target;
import org.bridgehead.core.smtp.Scram;
import org.bridgehead.core.smtp.SendConfig;
import org.bridgehead.core.smtp.SendConfig.Credentials;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.core.smtp.SendConfig.Tls;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Login;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.io.net.ClientTls;
import org.bridgehead.io.net.SmtpConnection;
import org.bridgehead.io.net.TimeLimits;

/**
 * Where one server's connections lead and how its peers are spoken to; real mailbox nodes are {@link RealDialing}'s. Servers of the organisation are authenticated
 * and given the transfer state; everybody else is a stranger. Safe for any thread.
 */
final class Dialing implements Outbound.Dialer {
    private final String self;
    private final Network network;
    private final OrganizationSecret secret;
    private final TransportSecurity security;
    private final Path folder;
    private final boolean allowOutbound;
    private final Function<HostPort, InetSocketAddress> internet;
    private final Function<Target.Foreign, Optional<ConnectorDriver>> drivers;
    private final ScheduledExecutorService watchdog;

    /**
     * The connections of {@code self}.
     *
     * @param internet the listener of the built-in Internet that stands for a host
     * @param watchdog cuts connections whose peer stops reading
     */
    Dialing(
            String self,
            Network network,
            OrganizationSecret secret,
            TransportSecurity security,
            Path folder,
            boolean allowOutbound,
            Function<HostPort, InetSocketAddress> internet,
            Function<Target.Foreign, Optional<ConnectorDriver>> drivers,
            ScheduledExecutorService watchdog) {
        this.self = self;
        this.network = network;
        this.secret = secret;
        this.security = security;
        this.folder = folder;
        this.allowOutbound = allowOutbound;
        this.internet = internet;
        this.drivers = drivers;
        this.watchdog = watchdog;
    }

    @Override
    public Optional<ConnectorDriver> driver(Target.Foreign target) {
        return drivers.apply(target);
    }

    @Override
    public Optional<String> obstacle(Target target) {
        return network.obstacle(self, target);
    }

    @Override
    public Pace pace(Target target) {
        return network.pace(self, target);
    }

    @Override
    public Outbound.Route route(Target target, Optional<Scram.Salted> salted) {
        Optional<String> obstacle = network.obstacle(self, target);
        if (obstacle.isPresent()) {
            return new Outbound.Route.Barred(obstacle.get());
        }
        if (target instanceof Target.Host host) {
            return outside(host);
        }
        Protocol protocol = target instanceof Target.Mailbox ? Protocol.LMTP : Protocol.SMTP;
        String listener =
                target instanceof Target.Mailbox mailbox ? Network.mailboxDoor(mailbox.server()) : target.displayName();
        try {
            return network.address(listener)
                    .map(address -> (Outbound.Route)
                            new Outbound.Route.To(address, ours(target.displayName(), protocol, salted)))
                    .orElseGet(() -> new Outbound.Route.Barred(target.displayName() + " does not listen"));
        } catch (IOException e) {
            return new Outbound.Route.Barred(
                    "where " + target.displayName() + " listens is unknown: " + e.getMessage());
        }
    }

    /** Servers prove themselves by the secret, so their certificates need nobody's word. */
    private SmtpConnection.Settings ours(String peer, Protocol protocol, Optional<Scram.Salted> salted) {
        return settings(
                SendConfig.plain(self, protocol)
                        .with(new Credentials.Organization(self, secret.secret(), SmtpConnection.newNonce(), salted))
                        .with(security.amongServers())
                        .with(new SendConfig.Parties(peer, "organization.serverTls")),
                peer,
                ClientTls.ofPlatform());
    }

    private SmtpConnection.Settings settings(SendConfig dialogue, String peerName, ClientTls trust) {
        return new SmtpConnection.Settings(
                dialogue, peerName, Optional.of(trust), TimeLimits.rfc5321(), Optional.of(watchdog));
    }

    private Outbound.Route outside(Target.Host host) {
        Optional<SendConnector> connector =
                Optional.ofNullable(network.routes().topology().sendConnectors().get(host.connector()));
        boolean real = allowOutbound || isLoopback(host.host());
        Optional<InetSocketAddress> address = real ? address(host.host()) : Optional.of(internet.apply(host.host()));
        if (address.isEmpty()) {
            return new Outbound.Route.Barred("no address for " + host.host().host());
        }
        String peer = host.host().host();
        SendConfig dialogue = SendConfig.plain(self, Protocol.SMTP)
                .with(new SendConfig.Parties(peer, "connector \"" + host.connector() + "\""));
        if (connector.isEmpty()) {
            return new Outbound.Route.To(address.get(), settings(dialogue, peer, ClientTls.ofPlatform()));
        }
        Tls tls = TransportSecurity.policy(connector.get().tls());
        try {
            return new Outbound.Route.To(
                    address.get(),
                    settings(
                            dialogue.with(real ? tls : atBuiltIn(tls, connector.get()))
                                    .with(login(connector.get(), address.get())),
                            peer,
                            security.trust(connector.get())));
        } catch (IOException e) {
            return new Outbound.Route.Barred("connector " + host.connector() + ": " + e.getMessage());
        }
    }

    /**
     * The built-in Internet stands for hosts whose certificates are in order: where one is demanded, its self-made one
     * is taken for that; where none is, and no password is shown, the handshake is spared.
     */
    private static Tls atBuiltIn(Tls tls, SendConnector connector) {
        return switch (tls) {
            case NONE -> Tls.NONE;
            case OPPORTUNISTIC -> connector.auth().isPresent() ? Tls.REQUIRED : Tls.NONE;
            case REQUIRED, VERIFIED -> Tls.REQUIRED;
        };
    }

    private Credentials login(SendConnector connector, InetSocketAddress peer) throws IOException {
        if (connector.auth().isEmpty()) {
            return new Credentials.Anonymous();
        }
        Login auth = connector.auth().get();
        List<String> lines = Files.readAllLines(folder.resolve(auth.passwordFile()));
        return new Credentials.Password(
                auth.user(),
                lines.isEmpty() ? "" : lines.get(0),
                peer.getAddress().isLoopbackAddress(),
                Optional.of(SmtpConnection.newNonce()));
    }

    static Optional<InetSocketAddress> address(HostPort at) {
        return Optional.of(new InetSocketAddress(at.host(), at.port())).filter(address -> !address.isUnresolved());
    }

    /** An address literal of loopback; names are not looked up, lest a test asks a name server. */
    static boolean isLoopback(HostPort at) {
        if (at.host().equalsIgnoreCase("localhost")) {
            return true;
        }
        boolean literal = at.host().chars().allMatch(c -> c >= '0' && c <= '9' || c == '.')
                || at.host().indexOf(':') >= 0;
        if (!literal) {
            return false;
        }
        InetAddress address = new InetSocketAddress(at.host(), at.port()).getAddress();
        return address != null && address.isLoopbackAddress();
    }
}
