package org.bridgehead.io.mailstore;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * Keeps the log files of one storage group. One writer at a time; readers any time, of what was appended before.
 * Offsets and lengths are octets.
 */
interface LogStorage extends Closeable {
    /** The generations there are, ascending. */
    List<Long> generations() throws IOException;

    /** Whether there is such a generation. */
    default boolean contains(long generation) throws IOException {
        return generations().contains(generation);
    }

    /** CRC32C of all the octets of a generation, as an unsigned number. */
    default long checksum(long generation) throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(read(generation, 0), new CRC32C())) {
            in.transferTo(OutputStream.nullOutputStream());
            return in.getChecksum().getValue();
        }
    }

    /** Length of a generation. */
    long size(long generation) throws IOException;

    /** Begins an empty generation above all others; appending goes there from now on. */
    void begin(long generation) throws IOException;

    /** Continues writing at the end of an existing generation. */
    void resume(long generation) throws IOException;

    /** Appends all that remains in {@code octets} to the generation begun or resumed last. */
    void append(ByteBuffer octets) throws IOException;

    /** Returns when everything appended would survive a power cut, the file's name included. */
    void sync() throws IOException;

    /** Cuts a generation to {@code size}, lasting. The generation may be the one being written. */
    void truncate(long generation, long size) throws IOException;

    /** Removes a generation, lasting. */
    void remove(long generation) throws IOException;

    /** Reads from {@code offset} to the end the generation has now; the caller closes. */
    InputStream read(long generation, long offset) throws IOException;

    /** Keeps a copy of damaged octets where people find it and says where. */
    String setAside(long generation, long offset, long length) throws IOException;

    /**
     * Takes octets that shall become a generation, lasting, under a name that does not count; what was received before
     * and not admitted is dropped.
     *
     * @return how many there were
     */
    long receive(long generation, InputStream octets) throws IOException;

    /** Reads what was received last; the caller closes. */
    InputStream readReceived(long offset) throws IOException;

    /** Makes a generation of what was received last, lasting. */
    void admit() throws IOException;

    /** Drops what was received and not admitted; does nothing when there is nothing. */
    void dropReceived() throws IOException;

    /** What the death of the machine does: writing ends where it is, and what was not synced may be gone. */
    void crash() throws IOException;
}
