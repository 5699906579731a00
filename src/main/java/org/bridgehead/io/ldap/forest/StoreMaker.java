package org.bridgehead.io.ldap.forest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.NameRule;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.StorageGroup;
import org.bridgehead.io.ldap.LdifRecipients;

/**
 * Which databases the forest's mailbox servers hold: in storage groups below the server (2007), or in the organisation
 * with an owner (2010 and later), where each becomes a storage group of its own. One thread.
 */
final class StoreMaker {
    /** Of databases a server has no more (BEHAVIOUR 5). */
    private static final int MOST = 50;

    private static final List<String> OWNERS =
            List.of("msExchOwningServer", "msExchHostServerLink", "msExchMasterServerOrAvailabilityGroup");

    private final Forest forest;
    private final ServerNames servers;
    private final Guesses<String> guesses;
    private final SortedMap<String, Store> stores = Names.map();
    private final Map<String, DatabaseRef> byDn = new LinkedHashMap<>();

    /** The databases of one server. */
    private static final class Store {
        private final Map<String, Group> groups = new LinkedHashMap<>();
        private final LegalNames names;
        private int databases;

        Store(Guesses<String> guesses) {
            names = new LegalNames(NameRule.STORE, "storage groups", guesses);
        }
    }

    private static final class Group {
        private final String name;
        private final List<String> databases = new ArrayList<>();
        private final LegalNames names;

        Group(String name, Guesses<String> guesses) {
            this.name = name;
            this.names = new LegalNames(NameRule.STORE, "databases", guesses);
        }
    }

    StoreMaker(Forest forest, ServerNames servers) {
        this.forest = forest;
        this.servers = servers;
        this.guesses = forest.guesses();
        forest.all(Kind.DATABASE).forEach(this::add);
    }

    private void add(ForestObject object) {
        boolean below = object.isUnder(2, "InformationStore");
        Optional<String> server = below ? servers.named(object.above(3)) : owner(object);
        if (server.isEmpty()) {
            guesses.add("databases of no known server are left out", object.dn(), object.name(0));
            return;
        }
        Store store = stores.computeIfAbsent(server.get(), s -> new Store(guesses));
        if (store.databases == MOST) {
            guesses.add(
                    "a server has at most " + MOST + " databases, more are left out",
                    object.dn(),
                    object.name(0) + " on " + server.get());
            return;
        }
        store.databases++;
        String key = below ? LdifRecipients.key(object.above(1)) : LdifRecipients.key(object.dn());
        String wanted = object.name(below ? 1 : 0);
        Group group =
                store.groups.computeIfAbsent(key, k -> new Group(store.names.claim(wanted, object.dn()), guesses));
        String database = group.names.claim(object.name(0), object.dn());
        group.databases.add(database);
        byDn.put(LdifRecipients.key(object.dn()), new DatabaseRef(server.get(), group.name, database));
    }

    /** By the database itself, else by one of its copies. */
    private Optional<String> owner(ForestObject database) {
        Optional<String> owner =
                owners(database).flatMap(dn -> servers.named(dn).stream()).findFirst();
        if (owner.isPresent()) {
            return owner;
        }
        Optional<String> holder = forest.all(Kind.DATABASE_COPY).stream()
                .filter(copy -> LdifRecipients.key(copy.above(1)).equals(LdifRecipients.key(database.dn())))
                .flatMap(StoreMaker::owners)
                .flatMap(dn -> servers.named(dn).stream())
                .findFirst();
        holder.ifPresent(server -> guesses.add(
                "databases of availability groups are put on the first server that has a copy; the other copies are"
                        + " left out",
                database.dn(),
                database.name(0) + " on " + server));
        return holder;
    }

    private static Stream<String> owners(ForestObject object) {
        return OWNERS.stream().flatMap(attribute -> object.values(attribute).stream());
    }

    /** Whether the forest says of a database on that server. */
    boolean has(String server) {
        return stores.containsKey(server);
    }

    /** The storage groups of a server; a made-up one where the forest tells of none. */
    List<StorageGroup> groups(String server) {
        Store store = stores.get(server);
        if (store == null) {
            guesses.add("mailbox servers without databases get SG1/DB1", server, server);
            return List.of(new StorageGroup("SG1", List.of("DB1")));
        }
        return store.groups.values().stream()
                .map(group -> new StorageGroup(group.name, group.databases))
                .toList();
    }

    /** The database of that distinguished name; empty when there is none. */
    Optional<DatabaseRef> named(String dn) {
        return Optional.ofNullable(byDn.get(LdifRecipients.key(dn)));
    }
}
