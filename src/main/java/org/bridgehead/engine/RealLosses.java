package org.bridgehead.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.StorageGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a real mailbox server may have lost when another copy of it began to serve: nobody here sees its copies, so all
 * that hubs delivered in the window is asked for. Shared storage loses nothing. Safe for any thread.
 */
final class RealLosses {
    private static final Logger LOG = LoggerFactory.getLogger(RealLosses.class);

    private final String server;
    private final MailboxRole role;
    private final Redeliveries redeliveries;
    private final Network network;

    RealLosses(Server server, Redeliveries redeliveries, Network network) {
        this.server = server.name();
        this.role = server.mailbox().orElseThrow();
        this.redeliveries = redeliveries;
        this.network = network;
    }

    /** Asks every hub of the site. Returns when the requests would survive a power cut. */
    List<GroupLoss> ask(FailureFile.Failure failure, Instant now) throws IOException {
        if (role.replication() != Replication.CCR && role.replication() != Replication.LCR) {
            return List.of();
        }
        DumpsterSettings dumpster = network.routes().topology().settings().dumpster();
        RedeliveryWindow window = RedeliveryWindow.ofLoss(
                failure.copied().orElse(failure.at()), now, dumpster.marginBefore(), dumpster.marginAfter());
        List<GroupLoss> losses = new ArrayList<>();
        for (StorageGroup group : role.storageGroups()) {
            StorageGroupId id = new StorageGroupId(server, group.name());
            List<Long> requests = redeliveries.ask(id, window, network.hubsBeside(server)).stream()
                    .map(RedeliveryRequest::number)
                    .toList();
            losses.add(new GroupLoss(id, 0, List.of(), 0, window, requests));
        }
        LOG.warn("{}: another copy serves, what it may lack is unknown; its hubs are asked for {}", server, window);
        return losses;
    }
}
