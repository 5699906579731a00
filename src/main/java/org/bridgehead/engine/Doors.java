package org.bridgehead.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.hub.Admission;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.smtp.ConnectionLimits;
import org.bridgehead.core.smtp.Peer;
import org.bridgehead.core.smtp.ReceiveConfig;
import org.bridgehead.core.smtp.ReceiveConfig.Tls;
import org.bridgehead.core.smtp.ReceiveLimits;
import org.bridgehead.core.smtp.ReceivePolicy;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.core.smtp.Scram;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.ReceiveConnector;
import org.bridgehead.core.topology.ReceiveConnector.Permission;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.TlsMode;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.net.MessageSink;

/** The listeners of servers, as the topology has them. */
final class Doors {
    private static final Reply STOPPED = Reply.of(421, "4.3.2", "Service not available");

    private Doors() {}

    /** The default listener of a hub or edge, then those of its receive connectors. */
    static List<Door> of(Server server, Topology topology, Plant plant, TransportServer transport) {
        boolean hub = server.is(Role.HUB_TRANSPORT);
        List<Door> doors = new ArrayList<>();
        doors.add(transportDoor(
                server,
                server.smtp(),
                new DoorPolicy.Rules(
                        Admission.defaultPermissions(server),
                        List.of(),
                        hub && plant.config().loopbackIsUser()),
                limits(topology, hub ? ReceiveLimits.HUB : ReceiveLimits.EDGE),
                hub,
                Tls.OFFERED,
                plant,
                transport));
        for (ReceiveConnector connector : topology.receiveConnectors().values()) {
            if (Names.same(connector.server(), server.name())) {
                doors.add(connectorDoor(server, connector, topology, plant, transport));
            }
        }
        return doors;
    }

    private static ReceiveLimits limits(Topology topology, ReceiveLimits base) {
        var limits = topology.settings().limits();
        return base.withMaxMessageSize(limits.maxMessageSize())
                .withMaxRecipients(limits.maxRecipients())
                .withMaxHops(limits.maxHops());
    }

    private static Door connectorDoor(
            Server server, ReceiveConnector connector, Topology topology, Plant plant, TransportServer transport) {
        ReceiveLimits limits = limits(topology, ReceiveLimits.HUB);
        if (connector.maxRecipients().isPresent()) {
            limits = limits.withMaxRecipients(connector.maxRecipients().getAsInt());
        }
        if (connector.maxMessageSize().isPresent()) {
            limits = limits.withMaxMessageSize(connector.maxMessageSize().getAsLong());
        }
        return transportDoor(
                server,
                connector.bind(),
                new DoorPolicy.Rules(
                        connector.permissions(),
                        connector.remoteRanges(),
                        connector.permissions().contains(Permission.USERS)
                                && plant.config().loopbackIsUser()),
                limits,
                connector.auth(),
                offer(connector.tls()),
                plant,
                transport);
    }

    private static Tls offer(TlsMode mode) {
        return switch (mode) {
            case NONE -> Tls.NONE;
            case OPPORTUNISTIC -> Tls.OFFERED;
            case REQUIRED, VERIFIED -> Tls.REQUIRED;
        };
    }

    private static Door transportDoor(
            Server server,
            HostPort bind,
            DoorPolicy.Rules rules,
            ReceiveLimits limits,
            boolean users,
            Tls tls,
            Plant plant,
            TransportServer transport) {
        ReceiveConfig config = ReceiveConfig.smtp(server.name(), server.site().orElse(""), limits)
                .withAuth(users, users && plant.security().clearPasswords(), true)
                .with(tls)
                .withPostmasterDomain(plant.topology().settings().defaultDomain());
        DoorPolicy policy = new DoorPolicy(
                rules,
                transport::admission,
                plant.people().near(server.name()),
                (user, password) -> plant.people().login(server.name(), user, password),
                plant.secret(),
                transport::scripted);
        return door(server.name(), bind, config, policy, new TransportSink(plant, transport, policy), plant);
    }

    /** Where the mail of a hub or edge goes. */
    private record TransportSink(Plant plant, TransportServer transport, DoorPolicy policy) implements MessageSink {
        @Override
        public MessageSink.Answer begin(Peer peer, Envelope envelope, long declaredSize) {
            return transport
                    .node()
                    .map(node -> SpoolIntake.begin(
                            node, plant.spool(), plant.keeper(), plant.clock(), policy.assumedUser(peer, envelope)))
                    .orElseGet(() -> new MessageSink.Answer.Refused(STOPPED));
        }

        /** The files of an organisation are read; domain controllers let one wait. */
        @Override
        public boolean isPrompt() {
            return plant.people().isPrompt()
                    && transport.node().map(HubNode::hasRoom).orElse(true);
        }
    }

    /** The LMTP door of an embedded mailbox server: for servers of the organisation only. */
    static Door mailbox(Server server, Plant plant, MailboxServer mailbox) {
        ReceiveLimits limits = limits(plant.topology(), ReceiveLimits.HUB)
                // Headers grow on the way; what was accepted at the border must not fail here.
                .withMaxMessageSize(2 * plant.topology().settings().limits().maxMessageSize())
                .withMaxHops(1000);
        ReceiveConfig config = ReceiveConfig.lmtp(server.name(), server.site().orElse(""), limits)
                .withAuth(false, false, true)
                .with(Tls.OFFERED);
        AtomicLong numbers = new AtomicLong();
        Activity.Scope activity = plant.activity().scope();
        return door(
                server.name(),
                HostPort.LOOPBACK,
                config,
                new MailboxPolicy(server.name(), plant, mailbox),
                (peer, envelope, size) -> mailbox.store()
                        .<MessageSink.Answer>map(store -> new MessageSink.Answer.Begun(new StoreIntake(
                                        store, plant.clock(), new InternalId(numbers.incrementAndGet()), activity)
                                .tellingOfDuplicates(mailbox::dropped)))
                        .orElseGet(() -> new MessageSink.Answer.Refused(OFFLINE)),
                plant);
    }

    private static Door door(
            String server, HostPort bind, ReceiveConfig config, ReceivePolicy policy, MessageSink sink, Plant plant) {
        Optional<ScriptedDoor> scripted = plant.rig(config.isLmtp() ? Network.mailboxDoor(server) : server)
                .map(rig -> new ScriptedDoor(rig, policy, sink));
        return door(
                server,
                bind,
                config,
                scripted.<ReceivePolicy>map(its -> its).orElse(policy),
                scripted.<MessageSink>map(its -> its).orElse(sink),
                plant.loops(),
                plant.pool(),
                plant.troubles(),
                plant.security().listener(server));
    }

    /** A door for few and known peers; with scripted mishaps of {@code target} where there are such. */
    static Door door(
            String target,
            HostPort bind,
            ReceiveConfig config,
            ReceivePolicy policy,
            MessageSink sink,
            Executor loops,
            Executor pool,
            Optional<Troubles> troubles,
            Supplier<SSLContext> certificate) {
        if (troubles.isEmpty()) {
            return new SmtpDoor(bind, config, ConnectionLimits.HUB, policy, sink, loops, pool, certificate);
        }
        TroubledDoor troubled = new TroubledDoor(target, troubles.get(), policy, sink);
        return new SmtpDoor(
                bind, Troubles.dialogue(config), ConnectionLimits.HUB, troubled, troubled, loops, pool, certificate);
    }

    private static final Reply OFFLINE = Reply.of(451, "4.3.2", "no node of the mailbox server is active");

    /** Only servers of the organisation deliver; only people with a mailbox here receive. */
    private record MailboxPolicy(String server, Plant plant, MailboxServer mailbox) implements ReceivePolicy {
        @Override
        public Optional<Reply> connected(Peer peer) {
            return mailbox.scripted().or(() -> mailbox.cluster().obstacle().map(why -> Reply.of(421, "4.3.2", why)));
        }

        @Override
        public Optional<Reply> sender(Peer peer, Optional<EmailAddress> sender, long declaredSize) {
            return peer.trust().isServer()
                    ? Optional.empty()
                    : Optional.of(Reply.of(530, "5.7.1", "Client was not authenticated"));
        }

        @Override
        public Optional<Reply> recipient(
                Peer peer, Optional<EmailAddress> sender, List<Recipient> soFar, Recipient recipient) {
            Answer answer = plant.people().find(server, recipient.address());
            if (answer instanceof Answer.Unavailable unavailable) {
                return Optional.of(Reply.of(451, "4.3.0", "the directory is unavailable: " + unavailable.why()));
            }
            Optional<DatabaseRef> database = People.mailbox(answer)
                    .map(DirectoryEntry.Mailbox::database)
                    .filter(its -> Names.same(its.server(), server));
            return database.isEmpty()
                    ? Optional.of(Reply.of(550, "5.1.1", "User unknown"))
                    : mailbox.cluster()
                            .obstacle(
                                    database.get().storageGroup(),
                                    database.get().database())
                            .map(why -> Reply.of(451, "4.3.2", why));
        }

        @Override
        public Optional<Scram.Credentials> serverCredentials() {
            return Optional.of(plant.secret().credentials());
        }

        @Override
        public Optional<String> server(Peer peer, String provedName) {
            return plant.secret().serverNamed(provedName);
        }
    }
}
