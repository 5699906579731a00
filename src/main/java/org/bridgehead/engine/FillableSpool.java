package org.bridgehead.engine;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.Spool;

/** A spool whose shards can be full: then they refuse new messages and writes, and can still be read. */
final class FillableSpool extends ForwardingSpool {
    private final Predicate<String> full;

    FillableSpool(Spool real, Predicate<String> full) {
        super(real);
        this.full = full;
    }

    private void requireRoom(Shard shard) throws IOException {
        if (full.test(shard.server())) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public InternalId allocate(Shard shard) throws IOException {
        requireRoom(shard);
        return super.allocate(shard);
    }

    @Override
    public void write(Shard shard, List<SpoolRecord> records, boolean synced) throws IOException {
        requireRoom(shard);
        super.write(shard, records, synced);
    }

    @Override
    public Ahead writeAhead(Shard shard, List<SpoolRecord> records) throws IOException {
        requireRoom(shard);
        return super.writeAhead(shard, records);
    }
}
