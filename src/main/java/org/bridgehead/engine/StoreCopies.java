package org.bridgehead.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.io.mailstore.StoreCopy;

/**
 * The copies of a mailbox server's logs and who holds them: each CCR node has its own, the nodes of an SCC share one, an
 * LCR server has a second one beside the first. Immutable.
 */
final class StoreCopies {
    private final Replication replication;
    private final List<String> holders = new ArrayList<>();
    private final SortedMap<String, StoreCopy> copies = Names.map();

    /**
     * Those of a server.
     *
     * @param data folder of all mailbox servers; empty = in memory
     */
    StoreCopies(Server server, Optional<Path> data) {
        MailboxRole role = server.mailbox().orElseThrow();
        this.replication = role.replication();
        holders.addAll(role.nodeNames());
        if (replication == Replication.LCR) {
            holders.add(secondOf(holders.get(0)));
        }
        Optional<Path> folder = data.map(all -> all.resolve(server.name()));
        StoreCopy first = copy(folder);
        for (String holder : holders) {
            boolean own = !holder.equals(holders.get(0)) && replication != Replication.SCC;
            copies.put(holder, own ? copy(folder.map(its -> its.resolve("copy-" + holder))) : first);
        }
    }

    /** What the second copy of an LCR node is called. */
    static String secondOf(String node) {
        return node + " (copy)";
    }

    private static StoreCopy copy(Optional<Path> folder) {
        return folder.map(StoreCopy::inFolder).orElseGet(StoreCopy::inMemory);
    }

    /** The copy that somebody holds. */
    StoreCopy of(String holder) {
        return Optional.ofNullable(copies.get(holder))
                .orElseThrow(() -> new IllegalArgumentException(holder + " holds no copy"));
    }

    /** Whether each holder has a copy of its own, so that logs are shipped. */
    boolean areShipped() {
        return replication == Replication.CCR || replication == Replication.LCR;
    }

    /** Who gets the logs that {@code holder} writes; empty = nobody. */
    Optional<String> other(String holder) {
        return areShipped()
                ? holders.stream().filter(name -> !Names.same(name, holder)).findFirst()
                : Optional.empty();
    }
}
