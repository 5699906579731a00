package org.bridgehead.engine;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.bridgehead.core.mailbox.LogReplication;
import org.bridgehead.io.mailstore.LogShipping;
import org.bridgehead.io.mailstore.LogState;
import org.bridgehead.io.mailstore.Shipment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries logs between the copies of an embedded mailbox server. Keeps nothing; safe for any thread, as log shipping is.
 */
final class LogCourier {
    private static final Logger LOG = LoggerFactory.getLogger(LogCourier.class);

    private final String server;
    private final StoreCopies copies;

    LogCourier(String server, StoreCopies copies) {
        this.server = server;
        this.copies = copies;
    }

    /** Closed logs that one copy has and the other lacks; what cannot be shipped is told, and tried again with the next. */
    void ship(String group, String from, String to) {
        try {
            Shipment shipment = LogShipping.ship(copies.of(from), copies.of(to), group, Long.MAX_VALUE);
            shipment.refusal()
                    .ifPresent(why -> LOG.warn(
                            "{}: log {} of {} was not shipped: {}", server, why.generation(), group, why.why()));
        } catch (IOException e) {
            LOG.warn("{}: logs of {} were not shipped: {}", server, group, e.toString());
        }
    }

    /** Everything, the open log included: the source is closed. */
    Shipment shipAll(String group, String from, String to) throws IOException {
        return LogShipping.shipOpen(copies.of(from), copies.of(to), group);
    }

    /**
     * A copy that was away, or was active before, gets the logs it lacks in place of those that nobody else has.
     *
     * @param even whether it is known to be a part of the newest
     */
    void catchUp(String group, String newest, String old, boolean even) throws IOException {
        OptionalLong from =
                even ? OptionalLong.empty() : LogShipping.divergence(copies.of(old), copies.of(newest), group);
        if (from.isPresent()) {
            reseed(group, newest, old, from.getAsLong());
        } else {
            LogShipping.ship(copies.of(newest), copies.of(old), group, Long.MAX_VALUE);
        }
    }

    /** Makes a copy the same as the newest from a generation on. */
    void reseed(String group, String newest, String old, long from) throws IOException {
        LOG.info("{}: the copy of {} on {} is seeded from log {} on", server, group, old, from);
        require(LogShipping.reseed(copies.of(old), copies.of(newest), group, from));
    }

    /** Makes a copy lack exactly so many generations of a dead one, as if they had not been shipped in time. */
    void pretend(String group, String dead, String other, LogState end, long lost) throws IOException {
        if (lost == 0) {
            require(shipAll(group, dead, other));
            return;
        }
        long written = end.lastClosed() + (end.holdsRecords() ? 1 : 0);
        require(LogShipping.ship(copies.of(dead), copies.of(other), group, end.lastClosed()));
        LogShipping.discardAfter(copies.of(other), group, Math.max(0, written - lost));
    }

    private static void require(Shipment shipment) throws IOException {
        if (shipment.refusal().isPresent()) {
            throw new IOException("log " + shipment.refusal().get().generation() + " was not shipped: "
                    + shipment.refusal().get().why());
        }
    }

    /**
     * How far a copy follows.
     *
     * @param end how far the newest has come; null = only its files tell
     */
    LogReplication follows(String group, String newest, String copy, @Nullable LogState end) {
        try {
            long closed = end == null ? copies.of(newest).lastClosed(group) : end.lastClosed();
            List<Long> there = copies.of(copy).generations(group);
            long has = Math.min(closed, there.isEmpty() ? 0 : there.get(there.size() - 1));
            boolean open = end != null && end.holdsRecords();
            return new LogReplication(closed, open, has, has, has, LogReplication.CopyState.HEALTHY, "");
        } catch (IOException e) {
            return LogReplication.even(0).failed(String.valueOf(e.getMessage()));
        }
    }
}
