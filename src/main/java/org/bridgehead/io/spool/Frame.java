package org.bridgehead.io.spool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The wrapping of every value in the store: version, type, length, payload, CRC32C over all of it. The store has check
 * sums of its own; these also hold after a value was salvaged from the raw files.
 */
final class Frame {
    static final byte VERSION = 1;
    /** Octets around the payload. */
    static final int OVERHEAD = 10;

    private static final int HEAD = 6;

    /**
     * One unwrapped value.
     *
     * @param type what the payload is; see {@link RecordCodec}
     * @param payload its octets
     */
    record Content(byte type, byte[] payload) {}

    private Frame() {}

    static byte[] wrap(byte type, byte[] payload) {
        return wrap(type, payload, 0, payload.length);
    }

    static byte[] wrap(byte type, byte[] source, int offset, int length) {
        ByteBuffer out = ByteBuffer.allocate(length + OVERHEAD);
        out.put(VERSION).put(type).putInt(length).put(source, offset, length);
        return out.putInt(crc(out.array(), 0, length + HEAD)).array();
    }

    /** The only frame in {@code value}. */
    static Content unwrap(byte[] value) throws TornException {
        List<Content> all = unwrapAll(value);
        if (all.size() != 1) {
            throw new TornException("one frame expected, " + all.size() + " found");
        }
        return all.get(0);
    }

    /** The frames of which {@code value} is the concatenation. */
    static List<Content> unwrapAll(byte[] value) throws TornException {
        List<Content> found = new ArrayList<>(1);
        int at = 0;
        while (at < value.length) {
            Content content = at(value, at);
            found.add(content);
            at += content.payload().length + OVERHEAD;
        }
        return found;
    }

    /** Whether a frame of this type may begin there, at the cost of a glance; {@link #at} knows. */
    static boolean mayBegin(byte[] value, int at, byte type) {
        return value[at] == VERSION && value[at + 1] == type;
    }

    /** The frame that begins there. */
    static Content at(byte[] value, int at) throws TornException {
        if (value.length - at < OVERHEAD) {
            throw new TornException("cut off after " + (value.length - at) + " octets");
        }
        ByteBuffer in = ByteBuffer.wrap(value, at, value.length - at);
        byte version = in.get();
        byte type = in.get();
        int length = in.getInt();
        if (length < 0 || length > value.length - at - OVERHEAD) {
            throw new TornException("length " + length + " in a value of " + value.length + " octets");
        }
        if (in.getInt(at + HEAD + length) != crc(value, at, length + HEAD)) {
            throw new TornException("check sum differs");
        }
        if (version != VERSION) {
            throw new TornException("version " + version + " is not known here");
        }
        byte[] payload = new byte[length];
        in.get(payload);
        return new Content(type, payload);
    }

    private static int crc(byte[] octets, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(octets, offset, length);
        return (int) crc.getValue();
    }
}
