package org.bridgehead.io.spool;

import java.io.IOException;
import org.bridgehead.core.mail.BodyRef;

/**
 * Takes the octets of one message while they arrive. For one thread at a time. Until a record written to the spool
 * names the body it is an orphan that the next start sweeps away.
 */
public interface BodyWriter {
    /**
     * Appends octets; they are copied.
     *
     * @throws IOException when the store refuses; {@link #discard} then
     */
    void write(byte[] octets, int offset, int length) throws IOException;

    /**
     * Ends the body. Nothing is synced: the synced {@link Spool#write} of the record that names the body covers it.
     *
     * @throws IOException when the store refuses; {@link #discard} then
     */
    BodyRef finish() throws IOException;

    /**
     * Forgets the body, finished or not, and frees what it holds. Must be called when no record will name it (the
     * transaction was reset, the {@link Spool#write} failed); has no effect once a record does.
     */
    void discard();
}
