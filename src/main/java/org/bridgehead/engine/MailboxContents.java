package org.bridgehead.engine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.Names;
import org.bridgehead.io.mailstore.MailStore;
import org.bridgehead.io.mailstore.StoredMessage;

/**
 * What is in the mailboxes of an embedded server, and what failovers took out of them as far as this process knows. As of
 * when it was made, each mailbox as of when it was first asked for. One thread.
 */
final class MailboxContents {
    private record Key(TransportId id, String mailbox) {}

    private final MailStore store;
    private final Instant since;
    private final SortedMap<String, Set<TransportId>> present = Names.map();
    /** When the server was back after the last failover that took a message. */
    private final Map<Key, Instant> taken = new LinkedHashMap<>();

    MailboxContents(MailboxCluster cluster) {
        this.store = cluster.store().orElseThrow(() -> new IllegalStateException("the mailbox server is offline"));
        List<FailoverReport> reports = cluster.reports();
        this.since = reports.isEmpty() ? Instant.MAX : reports.get(0).mounted();
        for (FailoverReport report : reports) {
            for (GroupLoss loss : report.losses()) {
                loss.lost().forEach(mail -> taken.put(key(mail.id(), mail.mailbox()), report.mounted()));
            }
        }
    }

    private static Key key(TransportId id, String mailbox) {
        return new Key(id, Names.folded(mailbox));
    }

    /** Whether a mailbox has a message now. */
    boolean has(String mailbox, TransportId id) {
        return present.computeIfAbsent(mailbox, this::ids).contains(id);
    }

    private Set<TransportId> ids(String mailbox) {
        Set<TransportId> ids = new LinkedHashSet<>();
        store.messages(mailbox).stream().map(StoredMessage::id).forEach(ids::add);
        return ids;
    }

    /**
     * Whether a message that is not there may have been lost: a failover took it after it was last delivered, or it was
     * delivered before this process began, which knows no failover of that time.
     */
    boolean mayBeLost(String mailbox, TransportId id, Instant delivered) {
        Instant back = taken.getOrDefault(key(id, mailbox), Instant.MIN);
        return delivered.isBefore(since) || delivered.isBefore(back);
    }
}
