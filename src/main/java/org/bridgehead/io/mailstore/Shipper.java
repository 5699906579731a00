package org.bridgehead.io.mailstore;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.bridgehead.core.mailbox.LogPosition;

/** One shipping of a storage group's logs. For one thread, once. */
final class Shipper {
    private final StoreCopy from;
    private final StoreCopy to;
    private final String storageGroup;
    private final LogStorage source;
    private final LogStorage target;
    private final List<Long> shipped = new ArrayList<>();
    private long octets;

    Shipper(StoreCopy from, StoreCopy to, String storageGroup) throws IOException {
        if (from == to) throw new IllegalArgumentException("a copy is not shipped to itself: " + from);
        this.from = from;
        this.to = to;
        this.storageGroup = storageGroup;
        this.source = from.storage(storageGroup);
        this.target = to.storage(storageGroup);
    }

    Shipment ship(long upTo) throws IOException {
        return result(0, shipClosed(Math.min(upTo, from.lastClosed(storageGroup))));
    }

    Shipment shipOpen() throws IOException {
        Optional<Shipment.Refusal> refusal = shipClosed(from.lastClosed(storageGroup));
        if (refusal.isPresent()) return result(0, refusal);
        List<Long> all = source.generations();
        long last = all.isEmpty() ? 1 : all.get(all.size() - 1);
        try (Claims claims = new Claims(last)) {
            boolean nothing = !source.contains(last) || target.contains(last);
            if (claims.refused.isPresent() || nothing) return result(0, claims.refused);
            return takeOpen(last);
        }
    }

    private Shipment takeOpen(long last) throws IOException {
        long size = source.size(last);
        long sound = LogReader.of(source, last).read(0, (record, frame, start) -> {});
        if (sound < size && frameBehind(last, sound, size)) {
            return result(0, refusal(last, "damaged at " + new LogPosition(last, sound)));
        }
        return result(size - sound, sound == 0 ? Optional.empty() : take(last, sound));
    }

    private boolean frameBehind(long generation, long damage, long size) throws IOException {
        LogScan.Visitor nobody = new LogScan.Visitor() {
            @Override
            public void record(LogRecord record, LogFrame frame, LogPosition start) {}

            @Override
            public void damage(long length) {}
        };
        return new LogScan(source, storageGroup, nobody).nextFrame(generation, damage + 1, size) < size;
    }

    /** Claims both copies, or says why not. The source is claimed without waiting, so that no two wait for each other. */
    private final class Claims implements Closeable {
        private final Optional<StoreCopy.Claim> targetClaim;
        private final Optional<StoreCopy.Claim> sourceClaim;
        private final Optional<Shipment.Refusal> refused;

        private Claims(long generation) throws IOException {
            targetClaim = to.forShipping(true);
            sourceClaim = targetClaim.isEmpty() ? Optional.empty() : from.forShipping(false);
            String inUse = targetClaim.isEmpty() ? "a store is open on the target: " + to : "in use: " + from;
            refused = sourceClaim.isPresent() ? Optional.empty() : refusal(generation, inUse);
        }

        @Override
        public void close() throws IOException {
            if (sourceClaim.isPresent()) sourceClaim.get().close();
            if (targetClaim.isPresent()) targetClaim.get().close();
        }
    }

    private Optional<Shipment.Refusal> shipClosed(long last) throws IOException {
        TreeSet<Long> there = new TreeSet<>(target.generations());
        for (long generation = 1; generation <= last; generation++) {
            if (there.contains(generation)) continue;
            Optional<Shipment.Refusal> refusal = shipClosedOne(generation);
            if (refusal.isPresent()) return refusal;
        }
        return Optional.empty();
    }

    /** The target is claimed for one generation at a time: whoever activates it waits no longer than for that. */
    private Optional<Shipment.Refusal> shipClosedOne(long generation) throws IOException {
        Optional<StoreCopy.Claim> claimed = to.forShipping(true);
        if (claimed.isEmpty()) {
            return refusal(generation, "a store is open on the target: " + to);
        }
        try {
            if (target.contains(generation)) return Optional.empty();
            if (!source.contains(generation)) {
                return refusal(generation, "the log is missing at the source: " + from);
            }
            return take(generation, source.size(generation));
        } finally {
            claimed.get().close();
        }
    }

    private Optional<Shipment.Refusal> take(long generation, long size) throws IOException {
        try (InputStream in = new BoundedInput(source.read(generation, 0), size)) {
            long received = target.receive(generation, in);
            Optional<String> why = new Inspection(target, generation).inspect(received);
            if (why.isPresent()) return refusal(generation, why.get());
            target.admit();
            shipped.add(generation);
            octets += received;
            return Optional.empty();
        } finally {
            target.dropReceived();
        }
    }

    private static Optional<Shipment.Refusal> refusal(long generation, String why) {
        return Optional.of(new Shipment.Refusal(generation, why));
    }

    private Shipment result(long cutOctets, Optional<Shipment.Refusal> refusal) {
        return new Shipment(shipped, octets, cutOctets, refusal);
    }
}
