package org.bridgehead.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bridgehead.core.hub.DeliveryNote;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.io.spool.BodyWriter;
import org.bridgehead.io.spool.LoadedMessage;
import org.bridgehead.io.spool.Recovery;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.Spool;
import org.bridgehead.io.spool.SpoolStatus;

/** A spool that does what another one does; who extends it says what is different. As thread-safe as the other one. */
abstract class ForwardingSpool implements Spool {
    private final Spool real;

    ForwardingSpool(Spool real) {
        this.real = real;
    }

    @Override
    public InternalId allocate(Shard shard) throws IOException {
        return real.allocate(shard);
    }

    @Override
    public BodyWriter newBody() {
        return real.newBody();
    }

    @Override
    public void write(Shard shard, List<SpoolRecord> records, boolean synced) throws IOException {
        real.write(shard, records, synced);
    }

    @Override
    public Ahead writeAhead(Shard shard, List<SpoolRecord> records) throws IOException {
        return real.writeAhead(shard, records);
    }

    @Override
    public long identity() {
        return real.identity();
    }

    @Override
    public List<SpoolRecord.Taken> taken(Shard shard, TransportId message) throws IOException {
        return real.taken(shard, message);
    }

    @Override
    public void note(Shard shard, DeliveryNote note) {
        real.note(shard, note);
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
    public List<SpoolRecord.Held> held(Shard shard, StorageGroupId group, List<Long> sequences) throws IOException {
        return real.held(shard, group, sequences);
    }

    @Override
    public void held(Shard shard, StorageGroupId group, Consumer<SpoolRecord.Held> sink) throws IOException {
        real.held(shard, group, sink);
    }

    @Override
    public long nextLife(Shard shard) throws IOException {
        return real.nextLife(shard);
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
