package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.StorageGroup;
import org.bridgehead.core.topology.Topology;

/** The people of a {@link RandomOrganization}: mailboxes in every site, groups in groups, forwarding, contacts. */
final class RandomPeople {
    private static final int PER_SITE = 6;
    private static final int GROUPS = 5;

    private final Random random;
    private final Topology topology;
    private final List<String> sites;
    private final List<String> users = new ArrayList<>();
    private final List<RecipientDefinition> recipients = new ArrayList<>();

    RandomPeople(Random random, Topology topology, List<String> sites) {
        this.random = random;
        this.topology = topology;
        this.sites = sites;
    }

    DirectoryDefinition directory() {
        for (String site : sites) {
            for (int i = 1; i <= PER_SITE; i++) {
                users.add(site.toLowerCase(Locale.ROOT) + i);
            }
        }
        for (String site : sites) {
            for (int i = 1; i <= PER_SITE; i++) {
                mailbox(database(site, i), site.toLowerCase(Locale.ROOT) + i);
            }
        }
        contact("friend", "friend@partner.test");
        contact("alias", user() + "@" + RandomOrganization.DOMAIN);
        for (int i = 1; i <= GROUPS; i++) {
            group("group" + i);
        }
        return new DirectoryDefinition(recipients, List.of(), Optional.empty());
    }

    private static EmailAddress address(String name) {
        return EmailAddress.of(name + "@" + RandomOrganization.DOMAIN);
    }

    private String user() {
        return users.get(random.nextInt(users.size()));
    }

    private boolean chance(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }

    /** Mailboxes take the storage groups of their server in turn. */
    private DatabaseRef database(String site, int number) {
        String server = site + "-MBX1";
        List<StorageGroup> groups =
                topology.server(server).flatMap(Server::mailbox).orElseThrow().storageGroups();
        StorageGroup group = groups.get(number % groups.size());
        return new DatabaseRef(server, group.name(), group.databases().get(0));
    }

    private void mailbox(DatabaseRef database, String name) {
        List<EmailAddress> addresses =
                chance(4) ? List.of(address(name), address(name + ".alias")) : List.of(address(name));
        Optional<EmailAddress> forwardTo = chance(10) ? Optional.of(address(user())) : Optional.empty();
        boolean keeps = random.nextBoolean();
        add(
                new DirectoryEntry.Mailbox(
                        name,
                        addresses,
                        database,
                        forwardTo,
                        keeps && forwardTo.isPresent(),
                        chance(20) ? OptionalLong.of(5_000) : OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalInt.empty(),
                        restrictions(20, 12)),
                List.of());
    }

    private Restrictions restrictions(int oneOfLists, int oneOfClosed) {
        List<String> senders = chance(oneOfLists) ? List.of(user()) : List.of();
        return new Restrictions(senders, List.of(), chance(oneOfClosed));
    }

    private void contact(String name, String target) {
        add(new DirectoryEntry.Contact(name, List.of(address(name)), EmailAddress.of(target)), List.of());
    }

    private void group(String name) {
        List<String> members = new ArrayList<>();
        for (int i = 1 + random.nextInt(10); i > 0; i--) {
            int dice = random.nextInt(10);
            members.add(dice < 2 ? "group" + (1 + random.nextInt(GROUPS)) : dice == 2 ? "friend" : user());
        }
        add(
                new DirectoryEntry.DistributionGroup(
                        name,
                        List.of(address(name)),
                        chance(5) ? Optional.of(expansionServer()) : Optional.empty(),
                        ReportTo.ORIGINATOR,
                        Optional.empty(),
                        restrictions(8, 8)),
                members.stream().distinct().toList());
    }

    private String expansionServer() {
        String site = sites.get(random.nextInt(sites.size()));
        return topology.hubsOf(site).get(0).name();
    }

    private void add(DirectoryEntry entry, List<String> members) {
        recipients.add(new RecipientDefinition(entry, members, Optional.empty(), new TreeMap<>()));
    }
}
