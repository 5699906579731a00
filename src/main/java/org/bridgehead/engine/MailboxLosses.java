package org.bridgehead.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.Names;
import org.bridgehead.io.mailstore.LogShipping;
import org.bridgehead.io.mailstore.Losses;
import org.bridgehead.io.mailstore.MailStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What failovers of an embedded mailbox server lost: told by name, since both copies are at hand, and asked of every hub of
 * the site. Keeps nothing; for one thread at a time.
 */
final class MailboxLosses {
    private static final Logger LOG = LoggerFactory.getLogger(MailboxLosses.class);

    private final String server;
    private final MailboxCluster.Parts parts;

    MailboxLosses(String server, MailboxCluster.Parts parts) {
        this.server = server;
        this.parts = parts;
    }

    /**
     * Writes down what these mounts lost and who is to be asked for it; returns when that would survive a power cut.
     *
     * @param store on the surviving copy
     */
    List<GroupLoss> prepare(List<Mounting.Lossy> mounts, MailStore store, Instant now) throws IOException {
        List<GroupLoss> losses = new ArrayList<>();
        for (Mounting.Lossy mount : mounts) {
            GroupLoss loss = prepare(mount, window(mount.group(), store, now));
            losses.add(loss);
            LOG.warn(
                    "{}: {} lost {} log(s) with {} message(s); its hubs are asked for {}",
                    server,
                    mount.group(),
                    mount.lost(),
                    loss.lost().size(),
                    loss.window());
        }
        return losses;
    }

    /** Asks for it. The mailboxes must be open: what comes back would be put off for a while otherwise. */
    void ask(List<GroupLoss> losses) {
        losses.forEach(loss -> loss.requests().forEach(parts.redeliveries()::begin));
    }

    private GroupLoss prepare(Mounting.Lossy mount, RedeliveryWindow window) throws IOException {
        List<LostMail> lost = new ArrayList<>();
        Losses told = LogShipping.lost(
                parts.copies().of(mount.from()),
                parts.copies().of(mount.to()),
                mount.group(),
                mail -> lost.add(new LostMail(mail.mailbox(), mail.id(), mail.received(), mail.size())));
        StorageGroupId group = new StorageGroupId(server, mount.group());
        List<Long> requests = parts
                .redeliveries()
                .prepare(group, window, parts.network().hubsBeside(server))
                .stream()
                .map(RedeliveryRequest::number)
                .toList();
        return new GroupLoss(group, mount.lost(), lost, told.deletions(), window, requests);
    }

    private RedeliveryWindow window(String group, MailStore store, Instant now) {
        DumpsterSettings dumpster =
                parts.network().routes().topology().settings().dumpster();
        Instant oldest = now.minus(dumpster.maxTime()); // nothing older is in any dumpster
        Instant lastKept = store.state(group).lastDelivery().orElse(oldest);
        return RedeliveryWindow.ofLoss(lastKept, now, dumpster.marginBefore(), dumpster.marginAfter());
    }

    /** What of these losses is not in the store: no hub had it any more, or not yet. */
    static List<LostMail> missing(List<FailoverReport> reports, MailStore store) {
        SortedMap<String, Set<TransportId>> there = Names.map();
        return reports.stream()
                .flatMap(report -> report.losses().stream())
                .flatMap(loss -> loss.lost().stream())
                .filter(mail -> !there.computeIfAbsent(mail.mailbox(), box -> ids(store, box))
                        .contains(mail.id()))
                .toList();
    }

    private static Set<TransportId> ids(MailStore store, String mailbox) {
        Set<TransportId> ids = new HashSet<>();
        store.messages(mailbox).forEach(message -> ids.add(message.id()));
        return ids;
    }
}
