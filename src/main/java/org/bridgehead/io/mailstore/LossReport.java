package org.bridgehead.io.mailstore;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.Names;

/**
 * Finds what one copy's log says and another's does not. Both are passed over from the first generation that differs,
 * headers only, and the ids of {@link #BATCH} deliveries at most are held at a time; each batch is looked for in the
 * other log. For one thread, once.
 */
final class LossReport {
    /** Deliveries looked for together: about 30 MB. */
    static final int BATCH = 100_000;

    private final LogStorage dead;
    private final LogStorage survivor;
    private final int batch;
    private final Consumer<LostDelivery> each;
    private final Map<Key, LostDelivery> missing = new LinkedHashMap<>();
    private long first;
    private long deliveries;
    private long octets;
    private long deletions;
    private long unreadable;

    private record Key(TransportId id, String mailbox) {}

    LossReport(LogStorage dead, LogStorage survivor, int batch, Consumer<LostDelivery> each) {
        this.dead = dead;
        this.survivor = survivor;
        this.batch = batch;
        this.each = each;
    }

    Losses run() throws IOException {
        OptionalLong difference = LogComparison.firstDifference(dead, survivor);
        if (difference.isPresent()) {
            first = difference.getAsLong();
            for (long generation : dead.generations()) {
                if (generation < first) continue;
                long sound = LogReader.of(dead, generation).read(0, (record, frame, start) -> take(record, frame));
                unreadable += dead.size(generation) - sound;
            }
            tell();
        }
        return new Losses(deliveries, octets, deletions, unreadable);
    }

    private void take(LogRecord record, LogFrame frame) throws IOException {
        if (record instanceof LogRecord.Deleted deleted)
            deletions += deleted.places().size();
        if (!(record instanceof LogRecord.Delivered delivered)) return;
        long size = delivered.returnPath().length + frame.octetsLength();
        for (LogRecord.Place place : delivered.places()) {
            missing.put(
                    key(delivered, place),
                    new LostDelivery(place.mailbox(), delivered.id(), delivered.received(), size));
        }
        if (missing.size() >= batch) tell();
    }

    /** Takes out of the batch what the survivor has, and tells the rest. */
    private void tell() throws IOException {
        for (long generation : survivor.generations()) {
            if (generation >= first && !missing.isEmpty()) {
                LogReader.of(survivor, generation).list(0, (record, frame, start) -> strike(record));
            }
        }
        for (LostDelivery lost : missing.values()) {
            deliveries++;
            octets += lost.size();
            each.accept(lost);
        }
        missing.clear();
    }

    private void strike(LogRecord record) {
        if (record instanceof LogRecord.Delivered delivered) {
            delivered.places().forEach(place -> missing.remove(key(delivered, place)));
        }
    }

    private static Key key(LogRecord.Delivered delivered, LogRecord.Place place) {
        return new Key(delivered.id(), Names.folded(place.mailbox()));
    }
}
