package org.bridgehead.engine;

import java.io.IOException;
import java.util.List;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.Spool;

/**
 * A spool whose shards can be full: then they refuse new messages and writes, and can still be read. Or they cannot sync:
 * then they refuse what has to be synced.
 */
final class FillableSpool extends ForwardingSpool {
    private final Disks disks;

    FillableSpool(Spool real, Disks disks) {
        super(real);
        this.disks = disks;
    }

    private void requireRoom(Shard shard) throws IOException {
        if (disks.isFull(shard.server())) {
            throw new IOException("No space left on device");
        }
    }

    private void requireSync(Shard shard) throws IOException {
        if (disks.failsSync(shard.server())) {
            throw new IOException("Input/output error");
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
        if (synced) {
            requireSync(shard);
        }
        super.write(shard, records, synced);
    }

    @Override
    public Ahead writeAhead(Shard shard, List<SpoolRecord> records) throws IOException {
        requireRoom(shard);
        requireSync(shard);
        return super.writeAhead(shard, records);
    }

    /** What is found is made safe before it is believed. */
    @Override
    public List<SpoolRecord.Taken> taken(Shard shard, TransportId message) throws IOException {
        List<SpoolRecord.Taken> found = super.taken(shard, message);
        if (!found.isEmpty()) {
            requireSync(shard);
        }
        return found;
    }
}
