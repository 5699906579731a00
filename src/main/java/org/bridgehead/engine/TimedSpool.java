package org.bridgehead.engine;

import java.io.IOException;
import java.util.List;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.Spool;

/** A spool whose synced writes are timed. */
final class TimedSpool extends ForwardingSpool {
    private final SyncTimes times;

    TimedSpool(Spool real, SyncTimes times) {
        super(real);
        this.times = times;
    }

    @Override
    public void write(Shard shard, List<SpoolRecord> records, boolean synced) throws IOException {
        if (!synced) {
            super.write(shard, records, false);
            return;
        }
        SyncTimes.Write write = times.begin();
        boolean well = false;
        try {
            super.write(shard, records, true);
            well = true;
        } finally {
            write.ended(well);
        }
    }

    @Override
    public Ahead writeAhead(Shard shard, List<SpoolRecord> records) throws IOException {
        SyncTimes.Write write = times.begin();
        boolean well = false;
        try {
            Ahead ahead = super.writeAhead(shard, records);
            well = true;
            return () -> kept(ahead, write);
        } finally {
            if (!well) {
                write.ended(false);
            }
        }
    }

    private static void kept(Ahead ahead, SyncTimes.Write write) throws IOException {
        boolean well = false;
        try {
            ahead.kept();
            well = true;
        } finally {
            write.ended(well);
        }
    }
}
