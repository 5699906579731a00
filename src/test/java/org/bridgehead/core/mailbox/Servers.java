package org.bridgehead.core.mailbox;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.MountDial;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.StorageGroup;

/** Mailbox servers with nodes A and B and, where there is one, the witness W. */
final class Servers {
    static final MailboxRole CCR = role(Replication.CCR, Optional.of("W"), "A", "B");
    static final MailboxRole NO_WITNESS = role(Replication.CCR, Optional.empty(), "A", "B");
    static final MailboxRole SCC = role(Replication.SCC, Optional.empty(), "A", "B");
    static final MailboxRole LCR = role(Replication.LCR, Optional.empty(), "A");
    static final MailboxRole ALONE = role(Replication.NONE, Optional.empty(), "A");

    private Servers() {}

    static MailboxRole role(Replication replication, Optional<String> witness, String... nodes) {
        return new MailboxRole(
                replication,
                Stream.of(nodes).map(MailboxNode::embedded).toList(),
                witness,
                MountDial.BEST_AVAILABILITY,
                List.of(new StorageGroup("SG1", List.of("DB1"))));
    }

    /** One storage group. */
    static SortedMap<String, LogReplication> group(LogReplication replication) {
        SortedMap<String, LogReplication> groups = Names.map();
        groups.put("SG1", replication);
        return groups;
    }
}
