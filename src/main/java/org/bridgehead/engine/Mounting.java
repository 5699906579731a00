package org.bridgehead.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import org.bridgehead.core.mailbox.Activation;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.io.mailstore.LogShipping;
import org.bridgehead.io.mailstore.LogState;
import org.bridgehead.io.mailstore.Shipment;
import org.bridgehead.io.mailstore.StoreCopy;

/** What of a mailbox server is mounted on a copy that becomes active, group by group. For one activation. */
final class Mounting {
    /** A group that is mounted with a loss. */
    record Lossy(String group, String from, String to, long lost) {}

    private final MailboxCluster cluster;
    private final String holder;
    private final Instant now;
    private final SortedMap<String, Long> mounted = Names.map();
    private final SortedMap<String, String> held = Names.map();
    private final SortedMap<String, Optional<Instant>> waiting = Names.map();
    private final List<Lossy> lossy = new ArrayList<>();
    /** Whether the copy holds what the newest never had: which UIDs that took is not bounded. */
    private boolean renumbers;

    Mounting(MailboxCluster cluster, String holder, Instant now) {
        this.cluster = cluster;
        this.holder = holder;
        this.now = now;
    }

    /** Decides on one group, and fetches what can be fetched. */
    void decide(String group) throws IOException {
        String from = cluster.newestHolder(group).orElse(holder);
        if (Names.same(from, holder) || !cluster.copies().areShipped()) {
            mounted.put(group, 0L);
            return;
        }
        long missing = missing(group, from);
        Activation decision = decision(group, missing, cluster.joins(from, holder));
        if (decision instanceof Activation.FetchThenMount) {
            Shipment shipment = fetch(group, from);
            if (shipment.complete()) {
                // What was left behind nobody was told of; but it may have used UIDs.
                mounted.put(group, shipment.cutOctets() > 0 ? 1L : 0L);
                return;
            }
            decision = decision(group, missing(group, from), false);
        }
        carryOut(group, from, decision);
    }

    /** Whether one of these groups, which could not be mounted, can be now. Fetches nothing. */
    boolean frees(Set<String> held) throws IOException {
        for (String group : held) {
            String from = cluster.newestHolder(group).orElse(holder);
            Activation decision = decision(group, missing(group, from), cluster.joins(from, holder));
            if (!(decision instanceof Activation.StayDismounted)) {
                return true;
            }
        }
        return false;
    }

    private void carryOut(String group, String from, Activation decision) throws IOException {
        if (decision instanceof Activation.Mount mount) {
            mounted.put(group, mount.lost());
            if (mount.lossy()) {
                renumbers |= differs(group, from).isPresent();
                lossy.add(new Lossy(group, from, holder, mount.lost()));
            }
        } else if (decision instanceof Activation.StayDismounted stay) {
            held.put(group, stay.reason());
            waiting.put(group, stay.until());
        }
    }

    private Activation decision(String group, long missing, boolean answers) {
        MailboxRole role = cluster.role();
        int allowed = role.settings().allowedMissing(role.mountDial());
        return Activation.decide(
                new Activation.Facts(missing, allowed, cluster.isForced(group), answers),
                Activation.forcedAt(cluster.waitsSince(group), role.settings().forcedMountAfter()),
                now);
    }

    /**
     * Generations of the newest copy that this one lacks, the open one included when it holds anything. A generation of
     * the same number and another content is one that it lacks.
     */
    private long missing(String group, String from) throws IOException {
        List<Long> there = cluster.copies().of(holder).generations(group);
        long common = there.isEmpty() ? 0 : there.get(there.size() - 1);
        OptionalLong differs = differs(group, from);
        if (differs.isPresent()) {
            common = differs.getAsLong() - 1;
        }
        Optional<LogState> end = cluster.end(group);
        List<Long> newest = cluster.copies().of(from).generations(group);
        long until = end.isPresent()
                ? end.get().lastClosed() + (end.get().holdsRecords() ? 1 : 0)
                : newest.isEmpty() ? 0 : newest.get(newest.size() - 1);
        return Math.max(0, until - common);
    }

    /** The first generation of this copy that the newest has not, or has with another content; empty = it is a part of it. */
    private OptionalLong differs(String group, String from) throws IOException {
        return cluster.isEven()
                ? OptionalLong.empty()
                : LogShipping.divergence(
                        cluster.copies().of(holder), cluster.copies().of(from), group);
    }

    private Shipment fetch(String group, String from) throws IOException {
        StoreCopy newest = cluster.copies().of(from);
        StoreCopy copy = cluster.copies().of(holder);
        OptionalLong differs = differs(group, from);
        return differs.isPresent()
                ? LogShipping.reseed(copy, newest, group, differs.getAsLong())
                : LogShipping.shipOpen(newest, copy, group);
    }

    /** How the store is to be opened on the copy. */
    org.bridgehead.io.mailstore.Activation activation() {
        if (cluster.role().replication() == Replication.NONE) {
            return org.bridgehead.io.mailstore.Activation.RESUME;
        }
        var how = mounted.values().stream().allMatch(lost -> lost == 0)
                ? org.bridgehead.io.mailstore.Activation.LOSSLESS
                : org.bridgehead.io.mailstore.Activation.afterLoss(
                        mounted, cluster.role().settings().logSize());
        OptionalLong known = cluster.uidValidity();
        if (renumbers) {
            return how.renumbering();
        }
        return known.isPresent() ? how.keeping(known.getAsLong()) : how;
    }

    /** Logs whose UIDs may be used up, by group that is mounted: those lost by mounting, mostly. */
    SortedMap<String, Long> mounted() {
        return mounted;
    }

    /** Groups that stay dismounted, and why. */
    SortedMap<String, String> held() {
        return held;
    }

    /** Groups that stay dismounted, and when the time forces them. */
    SortedMap<String, Optional<Instant>> waiting() {
        return waiting;
    }

    List<Lossy> lossy() {
        return lossy;
    }
}
