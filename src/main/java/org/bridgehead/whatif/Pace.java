package org.bridgehead.whatif;

import java.time.Duration;
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

    private final Conditions conditions;

    Pace(Conditions conditions) {
        this.conditions = conditions;
    }

    /** Whether nothing takes time. */
    boolean isIdeal() {
        return conditions.equals(Conditions.IDEAL);
    }

    /** From one server to another, one way. */
    Duration way(VirtualServer from) {
        return around(conditions.latency(), from);
    }

    /** A whole message from one server to another. */
    Duration message(VirtualServer from, long octets) {
        long nanos = conditions.latency().toNanos();
        return around(Duration.ofNanos(nanos + nanos * octets / OCTETS_PER_LATENCY), from);
    }

    /** A write that is on stable storage when it is done, or another access that is not. */
    Duration disk(VirtualServer server, boolean synced) {
        Duration usual = synced ? conditions.disk() : conditions.disk().dividedBy(8);
        return around(usual, server).plus(server.diskDelay());
    }

    /** An answer of the directory or of the name system. */
    Duration directory(VirtualServer server) {
        return around(conditions.directory(), server);
    }

    /** How the next message of a server fares on its connection. */
    Luck luck(VirtualServer server) {
        if (conditions.lossPerMille() == 0 || server.dice().below(1000) >= conditions.lossPerMille()) {
            return Luck.GOOD;
        }
        return server.dice().below(2) == 0 ? Luck.BROKEN : Luck.UNANSWERED;
    }

    /** Between half and one and a half of the usual; now and then many times as much. */
    private static Duration around(Duration usual, VirtualServer server) {
        if (usual.isZero()) {
            return usual;
        }
        long nanos = usual.toNanos();
        long drawn = nanos / 2 + server.dice().below(nanos + 1);
        return Duration.ofNanos(server.dice().below(RARE) == 0 ? drawn * MUCH : drawn);
    }
}
