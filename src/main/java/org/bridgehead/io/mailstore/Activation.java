package org.bridgehead.io.mailstore;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.core.topology.Names;

/**
 * How a store takes up a copy of its logs. A stand-alone server {@linkplain #RESUME resumes}: it writes on where the log
 * ends. A node of a cluster never does, because the other node may have a copy of that last generation: it begins a
 * new one, so that each generation is written by one node only. The number is the next one of this copy; where the
 * other node had written generations that are lost, their numbers are used again with other content, and that is how
 * {@link LogShipping#divergence} knows the two copies apart when the other node comes back.
 *
 * <p>UIDs are never used again. What the lost generations may have used is skipped, in every mailbox, by a record of
 * its own in a generation that is closed at once, so that every later copy has it. One UID is skipped for each 32
 * octets of a lost generation, since no record is shorter. That bound holds where this copy is a part of what the lost
 * node had written on. Where it is not (it lay aside, diverged, while the other node was active), or where the bound
 * is not known, {@link #renumbering} has clients start afresh.
 *
 * <p>Immutable.
 *
 * @param begins whether a new generation is begun, even when nothing is skipped
 * @param skippedUids by storage group, in any letter case; none = 0
 * @param uidValidity taken for a storage group of which the copy has nothing at all; empty = a new one is made
 * @param renumbered whether all mailboxes get a new UIDVALIDITY
 */
public record Activation(
        boolean begins, SortedMap<String, Long> skippedUids, OptionalLong uidValidity, boolean renumbered) {
    /** UIDs left out beyond what was counted, for what is lost without a trace. */
    static final int MARGIN = 1000;

    /** Writes on where the log ends. */
    public static final Activation RESUME = new Activation(false, Names.map(), OptionalLong.empty(), false);

    /** All logs of the node active before are here: a handoff, a restart, shared storage. */
    public static final Activation LOSSLESS = new Activation(true, Names.map(), OptionalLong.empty(), false);

    /** Copies the map and checks it. */
    public Activation {
        TreeMap<String, Long> copy = Names.map();
        copy.putAll(skippedUids);
        skippedUids = Collections.unmodifiableSortedMap(copy);
        if (copy.values().stream().anyMatch(uids -> uids < 0)) {
            throw new IllegalArgumentException("UIDs are skipped forward: " + copy);
        }
    }

    /**
     * After a failover that lost generations.
     *
     * @param lostGenerations by storage group: how many the dead node had written that this copy has not, the open one
     *     included; more than there were does no harm
     * @param generationSize octets at which that node closed a generation
     */
    public static Activation afterLoss(Map<String, Long> lostGenerations, long generationSize) {
        TreeMap<String, Long> skipped = Names.map();
        lostGenerations.forEach((group, lost) -> {
            if (lost < 0) throw new IllegalArgumentException(group + " lost " + lost + " generations");
            long used = Math.multiplyExact(lost, uidsIn(generationSize));
            skipped.put(group, lost == 0 ? 0 : Math.addExact(used, MARGIN));
        });
        return new Activation(true, skipped, OptionalLong.empty(), false);
    }

    /**
     * As this one; a storage group of which the copy has nothing takes this UIDVALIDITY of the server. Without it such a
     * group makes a new one, which is then that of the whole server: right, but clients fetch everything again.
     */
    public Activation keeping(long validity) {
        return new Activation(begins, skippedUids, OptionalLong.of(validity), renumbered);
    }

    /** As this one, and all mailboxes get a new UIDVALIDITY, so that clients forget every UID they know. */
    public Activation renumbering() {
        return new Activation(true, skippedUids, OptionalLong.empty(), true);
    }

    /**
     * No record of a delivery is shorter than a frame. One that begins before the size of a generation is reached is
     * written whole, so one more can begin than fits.
     */
    static long uidsIn(long octets) {
        return octets / LogFrame.SIZE + 1;
    }

    long skippedUids(String group) {
        return skippedUids.getOrDefault(group, 0L);
    }
}
