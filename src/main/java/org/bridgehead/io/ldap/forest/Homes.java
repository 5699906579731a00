package org.bridgehead.io.ldap.forest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.StorageGroup;

/** In which database each mailbox lives. Those that do not say it are dealt out in turn. One thread. */
final class Homes {
    private final StoreMaker stores;
    private final ServerNames names;
    private final Guesses<String> guesses;
    private final SortedMap<String, DatabaseRef> firstOf = Names.map();
    private final List<DatabaseRef> turns = new ArrayList<>();
    private int turn;

    Homes(StoreMaker stores, ServerNames names, Guesses<String> guesses) {
        this.stores = stores;
        this.names = names;
        this.guesses = guesses;
    }

    /** Knows a server, and lets it have so many turns in each round; one without mailboxes is passed over. */
    void add(Server server, int times) {
        server.mailbox().ifPresent(role -> {
            StorageGroup group = role.storageGroups().get(0);
            DatabaseRef first = new DatabaseRef(
                    server.name(), group.name(), group.databases().get(0));
            firstOf.put(server.name(), first);
            for (int i = 0; i < times; i++) {
                turns.add(first);
            }
        });
    }

    /** By its database, else by its server, else the next in turn; empty when there is no mailbox server. */
    Optional<DatabaseRef> of(ForestObject mailbox) {
        Optional<DatabaseRef> home = mailbox.value("homeMDB").flatMap(stores::named);
        if (home.isPresent()) {
            return home;
        }
        Optional<DatabaseRef> server = mailbox.value("msExchHomeServerName")
                .flatMap(names::legacy)
                .flatMap(name -> Optional.ofNullable(firstOf.get(name)));
        if (server.isPresent()) {
            guesses.add(
                    "mailboxes whose database is not there are put into the first one of their server",
                    mailbox.dn(),
                    mailbox.name(0) + " into " + server.get());
            return server;
        }
        return next(mailbox);
    }

    private Optional<DatabaseRef> next(ForestObject mailbox) {
        if (turns.isEmpty()) {
            return Optional.empty();
        }
        DatabaseRef next = turns.get(turn++ % turns.size());
        guesses.add(
                "mailboxes that do not say where they live are dealt out to the mailbox servers",
                mailbox.dn(),
                mailbox.name(0) + " into " + next);
        return Optional.of(next);
    }
}
