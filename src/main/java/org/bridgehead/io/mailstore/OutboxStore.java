package org.bridgehead.io.mailstore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.bridgehead.core.mail.Envelope;

/** Keeps what waits in the Outbox of one mailbox server. Implementations are for one thread at a time. */
public interface OutboxStore {
    /**
     * A letter and its envelope.
     *
     * @param number in the order of sending
     * @param since when it was sent
     * @param octets header and body; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // equality is not asked for
    record Kept(long number, Instant since, Envelope envelope, byte[] octets) {}

    /** In memory: as long as this object is there. */
    static OutboxStore inMemory() {
        return new OutboxMemory();
    }

    /** In files of a folder, which is made when the first letter stays. */
    static OutboxStore inFolder(Path folder) {
        return new OutboxFolder(folder);
    }

    /**
     * Holds the letter when this returns, and would after a power cut; replaces the one of the same number.
     *
     * @throws IOException when it cannot: nothing is promised then
     */
    void keep(Kept letter) throws IOException;

    /**
     * The octets of a letter.
     *
     * @throws IOException when it is not there or cannot be read
     */
    byte[] octets(long number) throws IOException;

    /** The letter is gone; after a crash it may be there again. */
    void remove(long number) throws IOException;

    /** All letters, oldest first, without a look at the octets of others; unreadable ones are set aside and logged. */
    List<Kept> recover() throws IOException;
}
