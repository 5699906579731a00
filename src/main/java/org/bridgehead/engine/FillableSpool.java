package org.bridgehead.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.io.spool.BodyWriter;
import org.bridgehead.io.spool.LoadedMessage;
import org.bridgehead.io.spool.Recovery;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.Spool;
import org.bridgehead.io.spool.SpoolStatus;

/** A spool whose shards can be full: then they refuse new messages and writes, and can still be read. */
final class FillableSpool implements Spool {
    private final Spool real;
    private final Predicate<String> full;

    FillableSpool(Spool real, Predicate<String> full) {
        this.real = real;
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
        return real.allocate(shard);
    }

    @Override
    public BodyWriter newBody() {
        return real.newBody();
    }

    @Override
    public void write(Shard shard, List<SpoolRecord> records, boolean synced) throws IOException {
        requireRoom(shard);
        real.write(shard, records, synced);
    }

    @Override
    public InputStream read(BodyRef body) throws IOException {
        return real.read(body);
    }

    @Override
    public Optional<LoadedMessage> load(Shard shard, InternalId id) throws IOException {
        return real.load(shard, id);
    }

    @Override
    public List<LoadedMessage> load(Shard shard, Collection<CopyId> copies) throws IOException {
        return real.load(shard, copies);
    }

    @Override
    public Recovery beginRecovery(Shard shard) throws IOException {
        return real.beginRecovery(shard);
    }

    @Override
    public long sweepOrphans() throws IOException {
        return real.sweepOrphans();
    }

    @Override
    public List<Shard> shards() throws IOException {
        return real.shards();
    }

    @Override
    public SpoolStatus status() {
        return real.status();
    }

    @Override
    public void close() throws IOException {
        real.close();
    }
}
