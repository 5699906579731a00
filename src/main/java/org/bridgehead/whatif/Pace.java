package org.bridgehead.whatif;

import org.bridgehead.core.scenario.Conditions;

/** How long something takes this time, and whether it fails by chance. One thread. */
final class Pace {
    /** How a connection of a message ends. */
    enum Luck {
        GOOD,
        /** Broken in the midst of the message. */
        BROKEN,
        /** Broken when the message was taken and the reply had not arrived. */
        UNANSWERED
    }

    /** Octets that take as long to send as one of them takes to arrive. */
    private static final long OCTETS_PER_LATENCY = 64 << 10;

    /** One access of so many takes much longer. */
    private static final int RARE = 100;

    private static final int MUCH = 20;

    /** A write that is not synced takes that part of the time of one that is. */
    private static final int UNSYNCED = 8;

    private final boolean ideal;
    private final int lossPerMille;
    private final long latency;
    private final long synced;
    private final long unsynced;
    private final long directory;

    Pace(Conditions conditions) {
        this.ideal = conditions.equals(Conditions.IDEAL);
        this.lossPerMille = conditions.lossPerMille();
        this.latency = conditions.latency().toNanos();
        this.synced = conditions.disk().toNanos();
        this.unsynced = synced / UNSYNCED;
        this.directory = conditions.directory().toNanos();
    }

    /** Whether nothing takes time. */
    boolean isIdeal() {
        return ideal;
    }

    /** Nanoseconds from one server to another, one way. */
    long way(VirtualServer from) {
        return around(latency, from);
    }

    /** Nanoseconds of a whole message from one server to another. */
    long message(VirtualServer from, long octets) {
        return around(latency + latency * octets / OCTETS_PER_LATENCY, from);
    }

    /** Nanoseconds of a write that is on stable storage when it is done, or of another access that is not. */
    long disk(VirtualServer server, boolean stable) {
        return around(stable ? synced : unsynced, server) + server.diskDelay();
    }

    /** Nanoseconds until the directory or the name system answers. */
    long directory(VirtualServer server) {
        return around(directory, server);
    }

    /** Nanoseconds until a closed log of that size is on the stable storage of the other copy. */
    long shipping(Dice dice, long octets) {
        return around(latency + latency * octets / OCTETS_PER_LATENCY + synced, dice);
    }

    /** How the next message of a server fares on its connection. */
    Luck luck(VirtualServer server) {
        if (lossPerMille == 0 || server.dice().below(1000) >= lossPerMille) {
            return Luck.GOOD;
        }
        return server.dice().below(2) == 0 ? Luck.BROKEN : Luck.UNANSWERED;
    }

    /** Between half and one and a half of the usual; now and then many times as much. */
    private static long around(long usual, VirtualServer server) {
        return around(usual, server.dice());
    }

    private static long around(long usual, Dice dice) {
        if (usual == 0) {
            return 0;
        }
        long drawn = usual / 2 + dice.below(usual + 1);
        return dice.below(RARE) == 0 ? drawn * MUCH : drawn;
    }
}
