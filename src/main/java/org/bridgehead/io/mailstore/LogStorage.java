package org.bridgehead.io.mailstore;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Keeps the log files of one storage group. One writer at a time; readers any time, of what was appended before.
 * Offsets and lengths are octets.
 */
interface LogStorage extends Closeable {
    /** The generations there are, ascending. */
    List<Long> generations() throws IOException;

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
}
