package org.bridgehead.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.InternetDomain;
import org.bridgehead.core.topology.Limits;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.ReplicationSettings;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.StorageGroup;
import org.bridgehead.core.topology.TlsMode;
import org.bridgehead.core.topology.Topology;

/**
 * A small organisation in a few words: each site S has the hubs S1 … Sn, the mailbox server S-MBX and on it the mailbox
 * of s (lower case) and of s1 to s9.
 */
public final class Scene {
    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final List<SiteLink> links = new ArrayList<>();
    private final List<String> hubSites = new ArrayList<>();
    private final List<String> hubless = new ArrayList<>();
    private final List<Server> edges = new ArrayList<>();
    private final List<SendConnector> connectors = new ArrayList<>();
    private final List<InternetDomain> internet = new ArrayList<>();
    private UnaryOperator<Settings> settings = settings -> settings;
    private int hubs = 1;
    private int room = 20_000;
    private boolean replicated;
    private long logSize = ReplicationSettings.DEFAULT.logSize();
    private final People people = new People();

    /** Links like {@code A-B 5}; a third number is the largest message in octets. */
    public static Scene of(String... links) {
        Scene scene = new Scene();
        for (String text : links) {
            String[] words = text.split(" ");
            scene.links.add(new SiteLink(
                    words[0],
                    List.of(words[0].split("-")),
                    Integer.parseInt(words[1]),
                    OptionalInt.empty(),
                    words.length > 2 ? OptionalLong.of(Long.parseLong(words[2])) : OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty()));
        }
        return scene;
    }

    public Scene hubs(int each) {
        hubs = each;
        return this;
    }

    public Scene room(int messages) {
        room = messages;
        return this;
    }

    /** Mailbox servers are clusters of two nodes, S-MBX-A and S-MBX-B, with a copy of the logs each. */
    public Scene replicated() {
        replicated = true;
        return this;
    }

    /** Octets after which a log is closed. */
    Scene logs(long size) {
        logSize = size;
        return this;
    }

    public Scene dumpster(long size, Duration time) {
        return settings(s -> new Settings(
                s.name(),
                s.acceptedDomains(),
                s.routing(),
                s.limits(),
                s.retry(),
                s.edgeRetry(),
                s.connections(),
                new DumpsterSettings(size, time),
                s.secretFile()));
    }

    private Server mailboxServer(String site) {
        String name = site + "-MBX";
        if (!replicated) {
            return Server.mailbox(name, site);
        }
        MailboxRole role = new MailboxRole(
                MailboxRole.Replication.CCR,
                List.of(MailboxNode.embedded(name + "-A"), MailboxNode.embedded(name + "-B")),
                hubless.contains(site) ? Optional.empty() : Optional.of(site + "1"),
                MailboxRole.MountDial.BEST_AVAILABILITY,
                List.of(new StorageGroup("SG1", List.of("DB1"))),
                new ReplicationSettings(
                        logSize,
                        ReplicationSettings.DialNumbers.EXCHANGE_2007,
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ZERO));
        return new Server(
                name,
                Optional.of(site),
                List.of(Role.MAILBOX),
                HostPort.LOOPBACK,
                Optional.empty(),
                Optional.empty(),
                Optional.of(role));
    }

    public Scene hubSites(String... names) {
        hubSites.addAll(List.of(names));
        return this;
    }

    public Scene withoutHub(String... names) {
        hubless.addAll(List.of(names));
        return this;
    }

    public Scene policy(RoutingPolicy policy) {
        return settings(old -> old.withRouting(policy));
    }

    public Scene settings(UnaryOperator<Settings> change) {
        UnaryOperator<Settings> before = settings;
        settings = old -> change.apply(before.apply(old));
        return this;
    }

    public Scene chunk(int members) {
        return limits(new Limits(10L << 20, 5000, 30, members));
    }

    public Scene limits(Limits limits) {
        return settings(s -> new Settings(
                s.name(),
                s.acceptedDomains(),
                s.routing(),
                limits,
                s.retry(),
                s.edgeRetry(),
                s.connections(),
                s.dumpster(),
                s.secretFile()));
    }

    public Scene edge(String name, String site) {
        edges.add(Server.edge(name, site));
        return this;
    }

    public Scene connector(String name, String pattern, String... sourceServers) {
        connectors.add(new SendConnector(
                name,
                List.of(new AddressSpace("SMTP", pattern, 1)),
                List.of(sourceServers),
                true,
                List.of(),
                Optional.empty(),
                OptionalLong.empty(),
                false,
                true,
                TlsMode.NONE,
                Optional.empty()));
        return this;
    }

    public Scene smartHosts(String name, String pattern, String source, String... hosts) {
        connectors.add(new SendConnector(
                name,
                List.of(new AddressSpace("SMTP", pattern, 1)),
                List.of(source),
                false,
                Arrays.stream(hosts).map(host -> new HostPort(host, 25)).toList(),
                Optional.empty(),
                OptionalLong.empty(),
                false,
                true,
                TlsMode.NONE,
                Optional.empty()));
        return this;
    }

    public Scene internet(String domain, String... mx) {
        internet.add(new InternetDomain(domain, List.of(mx)));
        return this;
    }

    public Scene people(UnaryOperator<People> more) {
        more.apply(people);
        return this;
    }

    public People people() {
        return people;
    }

    public Topology topology() {
        TreeSet<String> names = new TreeSet<>(hubless);
        links.forEach(link -> names.addAll(link.sites()));
        List<Server> servers = new ArrayList<>(edges);
        for (String site : names) {
            servers.add(mailboxServer(site));
            for (int i = 1; i <= (hubless.contains(site) ? 0 : hubs); i++) {
                servers.add(Server.hub(site + i, site));
            }
        }
        return new Topology(
                settings.apply(Settings.of("Test", "contoso.test")),
                names.stream()
                        .map(name -> new Site(name, hubSites.contains(name), List.of()))
                        .toList(),
                links,
                servers,
                connectors,
                List.of(),
                internet);
    }

    public VirtualOrganization start() {
        Topology topology = topology();
        for (String site : topology.sites().keySet()) {
            String name = site.toLowerCase(Locale.ROOT);
            people.mailbox(name, site + "-MBX");
            for (int i = 1; i <= 9; i++) {
                people.mailbox(name + i, site + "-MBX");
            }
        }
        return VirtualOrganization.of(topology, people, START, room);
    }

    // ---- words for tests

    static Envelope from(String sender, String... recipients) {
        return Envelope.of(
                sender.isEmpty() ? Optional.empty() : Optional.of(People.address(sender)),
                Arrays.stream(recipients)
                        .map(People::address)
                        .map(Recipient::of)
                        .toList());
    }

    /** A user sends 1 KB. */
    static TransportId send(VirtualOrganization org, String server, String sender, String... recipients) {
        return org.submit(server, from(sender, recipients), 1000, true);
    }

    static List<String> path(VirtualOrganization org, TransportId id, String recipient) {
        return org.path(id, People.address(recipient));
    }

    static int received(VirtualOrganization org, String recipient) {
        return org.mailbox(People.address(recipient)).size();
    }

    /** Reports in a mailbox. */
    static int reports(VirtualOrganization org, String recipient) {
        return (int) org.mailbox(People.address(recipient)).stream()
                .filter(delivery -> delivery.sender().isEmpty())
                .count();
    }

    /** Events of one kind, as {@code minutes server nextHop status}. */
    static List<String> timeline(VirtualOrganization org, TrackingEvent.Kind kind) {
        return org.log().stream()
                .filter(event -> event.event() == kind)
                .map(event -> "+" + Duration.between(START, event.time()).toMinutes() + " " + event.server()
                        + event.nextHop().map(hop -> " " + hop).orElse(""))
                .toList();
    }

    /** Transfers of a message from server to server, as {@code A1>B1 (2)} with the number of recipients. */
    static List<String> transfers(VirtualOrganization org, TransportId id) {
        return org.log(id).stream()
                .filter(event -> event.event() == TrackingEvent.Kind.SEND)
                .map(event -> event.server() + ">" + event.nextHop().orElse("?") + " ("
                        + event.recipients().size() + ")")
                .toList();
    }

    static List<TrackingEvent> events(VirtualOrganization org, TrackingEvent.Kind kind) {
        return org.log().stream().filter(event -> event.event() == kind).toList();
    }

    /** No server has anything left of any message. */
    static List<SpoolRecord> leftOvers(VirtualOrganization org) {
        return org.servers().stream()
                .flatMap(server -> org.disk(server).stream())
                .toList();
    }

    static Duration minutes(int count) {
        return Duration.ofMinutes(count);
    }
}
