package org.bridgehead.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.DynamicDistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.InternetDomain;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.MountDial;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Position;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.StorageGroup;
import org.bridgehead.core.topology.TlsMode;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.config.TopologyFile;

/** Organisations with everything Active Directory keeps, with names that have to be escaped, and with some of what it does not keep. */
final class RandomForest {
    private static final List<String> SIGNS = List.of(
            ",", "+", "=", "#", "\"", ";", "<", ">", "\\", "/", " x ", "ü", "Ж", "漢", "😀", "'", ":", "*", "(", "{");

    private static final List<Role> SITED = List.of(
            Role.HUB_TRANSPORT, Role.MAILBOX, Role.CLIENT_ACCESS, Role.UNIFIED_MESSAGING, Role.DOMAIN_CONTROLLER);

    private final Random random;
    private final List<Site> sites = new ArrayList<>();
    private final List<Server> servers = new ArrayList<>();
    private final List<DatabaseRef> databases = new ArrayList<>();
    private final List<String> hubs = new ArrayList<>();
    private final List<String> people = new ArrayList<>();
    private final List<RecipientDefinition> recipients = new ArrayList<>();
    private final TreeMap<String, Integer> used = Names.map();

    private RandomForest(Random random) {
        this.random = random;
    }

    /** One organisation; the same for the same random numbers. */
    static Organization of(Random random) {
        return new RandomForest(random).organization();
    }

    private Organization organization() {
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            sites.add(new Site(
                    name(), chance(4), subnets(sites.size()), some(3, () -> new Position(random.nextInt(90), 1.5))));
        }
        List<SiteLink> links = new ArrayList<>();
        for (int i = sites.size() < 2 ? 0 : random.nextInt(6); i > 0; i--) {
            links.add(link());
        }
        for (int i = random.nextInt(8); i > 0; i--) {
            server();
        }
        List<SendConnector> connectors = new ArrayList<>();
        for (int i = hubs.isEmpty() ? 0 : random.nextInt(4); i > 0; i--) {
            connectors.add(connector());
        }
        Topology topology = new Topology(
                TopologyFile.settings(name(), "forest.test", RoutingPolicy.EXCHANGE_2007),
                sites,
                links,
                servers,
                connectors,
                List.of(),
                chance(2) ? List.of() : List.of(new InternetDomain("fabrikam.test", List.of("mx1"))));
        return new Organization(topology, directory());
    }

    private boolean chance(int one) {
        return random.nextInt(one) == 0;
    }

    private <T> Optional<T> some(int one, Supplier<T> value) {
        return chance(one) ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** At least one of them, each once, in any order. */
    private <T> List<T> few(List<T> choices) {
        LinkedHashSet<T> few = new LinkedHashSet<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            few.add(any(choices));
        }
        return List.copyOf(few);
    }

    private String unique(String name) {
        int count = used.merge(name, 1, Integer::sum);
        return count == 1 ? name : unique(name + "-" + count);
    }

    private String name() {
        String inside = "N" + random.nextInt(4) + (chance(2) ? any(SIGNS) + any(SIGNS) + "e" : "");
        return unique(chance(6) ? "#" + inside : inside);
    }

    private String host() {
        return unique("H" + random.nextInt(5) + (chance(4) ? "ö-1" : ""));
    }

    private List<String> subnets(int site) {
        return chance(3)
                ? List.of()
                : List.of("10." + site + ".0.0/16", "2001:db8:" + site + "::/48")
                        .subList(0, 1 + random.nextInt(2));
    }

    private OptionalLong size() {
        return chance(3)
                ? OptionalLong.of(1 + random.nextInt(5_000_000))
                : chance(3) ? OptionalLong.of(10L << 20) : OptionalLong.empty();
    }

    private SiteLink link() {
        LinkedHashSet<String> ends =
                new LinkedHashSet<>(few(sites).stream().map(Site::name).toList());
        ends.add(sites.get(0).name());
        ends.add(sites.get(1).name());
        return new SiteLink(
                name(),
                List.copyOf(ends),
                1 + random.nextInt(99_999),
                chance(2) ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(500)),
                size(),
                chance(3) ? OptionalLong.of(1_000_000) : OptionalLong.empty(),
                Optional.empty());
    }

    private void server() {
        String name = host();
        if (chance(5)) {
            servers.add(Server.edge(name, any(sites).name()));
            hubs.add(name);
            return;
        }
        List<Role> roles = few(SITED);
        Optional<MailboxRole> mailbox = roles.contains(Role.MAILBOX) ? Optional.of(mailbox(name)) : Optional.empty();
        Optional<String> ldap = roles.contains(Role.DOMAIN_CONTROLLER)
                ? some(
                        2,
                        () -> any(List.of(
                                "ldap://dc.forest.test:389", "ldaps://dc2.forest.test:636", "ldap://127.0.0.1:3890")))
                : Optional.empty();
        servers.add(new Server(
                name,
                Optional.of(any(sites).name()),
                roles,
                chance(6) ? new HostPort("127.0.0.2", 0) : HostPort.LOOPBACK,
                Optional.empty(),
                ldap,
                mailbox));
        if (roles.contains(Role.HUB_TRANSPORT)) {
            hubs.add(name);
        }
    }

    private MailboxRole mailbox(String server) {
        boolean ccr = chance(4);
        List<StorageGroup> groups = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            String group = name().replace('/', '_');
            List<String> names = new ArrayList<>();
            for (int j = ccr ? 1 : 1 + random.nextInt(2); j > 0; j--) {
                names.add(name().replace('/', '_'));
            }
            groups.add(new StorageGroup(group, names));
            names.forEach(database -> databases.add(new DatabaseRef(server, group, database)));
        }
        List<MailboxNode> nodes = ccr
                ? List.of(MailboxNode.embedded(server + "A"), MailboxNode.embedded(server + "B"))
                : List.of(MailboxNode.embedded(server));
        return new MailboxRole(
                ccr ? Replication.CCR : Replication.NONE, nodes, Optional.empty(), MountDial.BEST_AVAILABILITY, groups);
    }

    private SendConnector connector() {
        int way = random.nextInt(3);
        List<HostPort> hosts =
                List.of(new HostPort("mail.test", 25), new HostPort("10.0.0.5", 25), new HostPort("::1", 2525));
        return new SendConnector(
                name(),
                few(List.of("SMTP:*;1", "SMTP:*.fabrikam.test;5", "X400:c=us;a= ;p=org;10", "FAX:*;100")).stream()
                        .map(text -> AddressSpace.parse(text).orElseThrow())
                        .toList(),
                few(hubs),
                way == 0,
                way == 1 ? few(hosts) : List.of(),
                way == 2 ? Optional.of("file:out/x") : Optional.empty(),
                size(),
                chance(4),
                !chance(4),
                chance(4) ? TlsMode.NONE : TlsMode.OPPORTUNISTIC,
                Optional.empty());
    }

    private DirectoryDefinition directory() {
        if (databases.isEmpty()) {
            return DirectoryDefinition.EMPTY;
        }
        for (int i = 0; i < 12; i++) {
            people.add(name());
        }
        for (int i = 0; i < people.size(); i++) {
            recipient(people.get(i), i);
        }
        return new DirectoryDefinition(recipients, List.of(), Optional.empty());
    }

    private static EmailAddress address(int number) {
        return EmailAddress.of("p" + number + "@forest.test");
    }

    private void recipient(String name, int number) {
        List<EmailAddress> addresses = new ArrayList<>(List.of(address(number)));
        if (chance(3)) {
            addresses.add(EmailAddress.of("\"p " + number + "\"@elsewhere.test"));
        }
        TreeMap<String, List<String>> attributes = Names.map();
        some(2, () -> any(List.of("Sales", " R&D", "Müller")))
                .ifPresent(text -> attributes.put("department", List.of(text)));
        some(5, () -> "Ada").ifPresent(text -> attributes.put("displayName", List.of(text)));
        some(5, () -> "kept nowhere").ifPresent(text -> attributes.put("description", List.of(text, "twice")));
        DirectoryEntry entry = switch (number % 4) {
            case 0 -> new Contact(name, addresses, EmailAddress.of("c" + number + "@fabrikam.test"), restrictions());
            case 1 -> new DistributionGroup(name, addresses, hub(), reportTo(), manager(), restrictions());
            case 2 ->
                chance(3)
                        ? new DynamicDistributionGroup(
                                name,
                                addresses,
                                "(|(department=Sales)(displayName=A*))",
                                hub(),
                                reportTo(),
                                manager(),
                                restrictions())
                        : mailbox(name, addresses);
            default -> mailbox(name, addresses);
        };
        recipients.add(new RecipientDefinition(
                entry,
                entry instanceof DistributionGroup ? references() : List.of(),
                entry instanceof Mailbox ? some(4, () -> "secret") : Optional.empty(),
                attributes));
    }

    private DirectoryEntry mailbox(String name, List<EmailAddress> addresses) {
        Optional<EmailAddress> forward =
                some(3, () -> any(List.of(address(0), address(1), EmailAddress.of("away@fabrikam.test"))));
        return new Mailbox(
                name,
                addresses,
                any(databases),
                forward,
                forward.isPresent() && chance(2),
                size(),
                size(),
                chance(3) ? OptionalInt.of(1 + random.nextInt(900)) : OptionalInt.empty(),
                restrictions());
    }

    private Optional<String> hub() {
        return servers.stream()
                .filter(server -> server.is(Role.HUB_TRANSPORT))
                .map(Server::name)
                .findFirst()
                .filter(name -> chance(3));
    }

    private ReportTo reportTo() {
        return any(List.of(ReportTo.ORIGINATOR, ReportTo.MANAGER, ReportTo.NOBODY));
    }

    private Optional<String> manager() {
        return Optional.of(any(people));
    }

    private List<String> references() {
        List<String> all = new ArrayList<>(few(people));
        some(3, () -> "guest@fabrikam.test").ifPresent(all::add);
        return all;
    }

    private Restrictions restrictions() {
        Restrictions restrictions =
                new Restrictions(chance(4) ? references() : List.of(), chance(4) ? references() : List.of(), chance(4));
        return restrictions.equals(Restrictions.NONE) ? Restrictions.NONE : restrictions;
    }
}
