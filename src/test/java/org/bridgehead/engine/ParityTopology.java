package org.bridgehead.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.ReceiveConnector;
import org.bridgehead.core.topology.ReplicationSettings;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.TlsMode;
import org.bridgehead.core.topology.Topology;

/** Draws what {@link org.bridgehead.whatif.RandomOrganization} does not: rivals, listeners, edits. One thread. */
final class ParityTopology {
    private final Random random;

    ParityTopology(Random random) {
        this.random = random;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private boolean chance(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }

    /** With more of what decides, now and then. */
    Topology furnished(Topology plain) {
        return withListener(withPlainLogs(chance(3) ? withRivals(plain) : plain));
    }

    /**
     * Logs end at every message, or never: octets that servers prepend are not in the imagined world, so logs of a size
     * between would end at different messages.
     */
    private static Topology withPlainLogs(Topology plain) {
        return new Topology(
                plain.settings(),
                List.copyOf(plain.sites().values()),
                List.copyOf(plain.links().values()),
                plain.servers().values().stream()
                        .map(ParityTopology::withPlainLogs)
                        .toList(),
                List.copyOf(plain.sendConnectors().values()),
                List.copyOf(plain.receiveConnectors().values()),
                plain.internet());
    }

    private static Server withPlainLogs(Server server) {
        return server.mailbox()
                .map(role -> new Server(
                        server.name(),
                        server.site(),
                        server.roles(),
                        server.smtp(),
                        server.subscribedSite(),
                        server.ldap(),
                        Optional.of(withPlainLogs(role))))
                .orElse(server);
    }

    private static MailboxRole withPlainLogs(MailboxRole role) {
        ReplicationSettings old = role.settings();
        return new MailboxRole(
                role.replication(),
                role.nodes(),
                role.witness(),
                role.mountDial(),
                role.storageGroups(),
                new ReplicationSettings(
                        old.logSize() < 9000 ? 1 : 1 << 20,
                        old.dialNumbers(),
                        old.maxMissingLogs(),
                        old.forcedMountAfter(),
                        old.replayLag()));
    }

    /** One link, site or connector other than before. */
    Topology edited(Topology topology) {
        List<SiteLink> links = new ArrayList<>(topology.links().values());
        List<Site> sites = new ArrayList<>(topology.sites().values());
        List<SendConnector> connectors =
                new ArrayList<>(topology.sendConnectors().values());
        int which = random.nextInt(links.size());
        int dice = random.nextInt(4);
        if (dice == 0) {
            SiteLink old = links.get(which);
            links.set(
                    which,
                    new SiteLink(
                            old.name(),
                            old.sites(),
                            old.cost(),
                            OptionalInt.of(1 + random.nextInt(9)),
                            old.maxMessageSize(),
                            old.bandwidth(),
                            old.latency()));
        } else if (dice == 1) {
            links.remove(which);
        } else if (dice == 2) {
            int site = random.nextInt(sites.size());
            Site old = sites.get(site);
            boolean hub = !topology.hubsOf(old.name()).isEmpty();
            sites.set(site, new Site(old.name(), hub && !old.hubSite(), old.subnets()));
        } else {
            int connector = random.nextInt(connectors.size());
            SendConnector old = connectors.get(connector);
            connectors.set(
                    connector,
                    new SendConnector(
                            old.name(),
                            old.addressSpaces(),
                            old.sourceServers(),
                            old.dns(),
                            old.smartHosts(),
                            old.camel(),
                            old.maxMessageSize(),
                            old.scoped(),
                            !old.enabled(),
                            old.tls(),
                            old.auth()));
        }
        return with(topology, sites, links, connectors);
    }

    /** Two connectors to the same place that cost the same from one of them, so that the nearer one wins. */
    private Topology withRivals(Topology plain) {
        List<SiteLink> between = plain.links().values().stream()
                .filter(link -> link.sites().stream()
                        .noneMatch(site -> plain.hubsOf(site).isEmpty()))
                .toList();
        if (between.isEmpty()) {
            return plain;
        }
        SiteLink link = any(between);
        List<SendConnector> connectors = new ArrayList<>(plain.sendConnectors().values());
        for (int i = 0; i < 2; i++) {
            connectors.add(new SendConnector(
                    i == 0 ? "Near" : "Far",
                    List.of(new AddressSpace("SMTP", "partner.test", i == 0 ? 1 + link.mailCost() : 1)),
                    List.of(plain.hubsOf(link.sites().get(i)).get(0).name()),
                    true,
                    List.of(),
                    Optional.empty(),
                    i == 0 && chance(2) ? OptionalLong.of(30_000) : OptionalLong.empty(),
                    false,
                    true,
                    TlsMode.NONE,
                    Optional.empty()));
        }
        return with(plain, plain.sites().values(), plain.links().values(), connectors);
    }

    /** A listener for programs beside the default one: servers and people still come by that. */
    private Topology withListener(Topology plain) {
        String hub = any(plain.servers().values().stream()
                .filter(server -> server.is(Role.HUB_TRANSPORT))
                .map(Server::name)
                .toList());
        ReceiveConnector programs = new ReceiveConnector(
                "Programs",
                hub,
                HostPort.LOOPBACK,
                List.of(),
                List.of(ReceiveConnector.Permission.USERS),
                TlsMode.NONE,
                false,
                OptionalInt.empty(),
                OptionalLong.empty());
        return chance(4)
                ? new Topology(
                        plain.settings(),
                        List.copyOf(plain.sites().values()),
                        List.copyOf(plain.links().values()),
                        List.copyOf(plain.servers().values()),
                        List.copyOf(plain.sendConnectors().values()),
                        List.of(programs),
                        plain.internet())
                : plain;
    }

    private static Topology with(
            Topology old, Collection<Site> sites, Collection<SiteLink> links, Collection<SendConnector> connectors) {
        return new Topology(
                old.settings(),
                List.copyOf(sites),
                List.copyOf(links),
                List.copyOf(old.servers().values()),
                List.copyOf(connectors),
                List.copyOf(old.receiveConnectors().values()),
                old.internet());
    }
}
