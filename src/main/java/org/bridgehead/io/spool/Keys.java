package org.bridgehead.io.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.TransportId;

/**
 * The keys of the store. Order of keys is order of recovery. Numbers are big-endian, so unsigned comparison of octets
 * sorts them; numbers that may be negative have the sign turned. A key that makes its record the holder of a body ends
 * with the body's number: whoever deletes the record knows the body even when the value is damaged.
 *
 * <pre>
 * META     name                                      a number of the store itself
 * SHARD    shard                                     nothing: the shard is in use
 * REQUEST  shard request                             Requested
 * HELD     shard server group sequence body          Held
 * MESSAGE  shard id kind (copy | body)               Accepted, CopyMade, Settled, Expanded
 * REF      body holder                               the size of the body; holder = a HELD or MESSAGE key
 * TAKEN    shard block transport-id id                Taken; block = the upper bits of the id
 * ORPHAN   body                                      chunks written so far of a body that nobody names yet
 * </pre>
 *
 * <p>A shard stands in the keys by its folded name, not by a number given to it: what names a message must not hang on
 * one record that could be lost.
 */
final class Keys {
    static final byte META = 1;
    static final byte SHARD = 2;
    static final byte REQUEST = 3;
    static final byte HELD = 4;
    static final byte MESSAGE = 5;
    static final byte REF = 6;
    static final byte ORPHAN = 7;
    static final byte TAKEN = 8;

    static final byte KIND_ACCEPTED = 0;
    static final byte KIND_COPY = 1;
    static final byte KIND_SETTLED = 2;
    static final byte KIND_EXPANDED = 3;

    static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;

    private Keys() {}

    static byte[] meta(String name) {
        return text(META, name);
    }

    static byte[] shard(Shard shard) {
        return space(SHARD, shard);
    }

    /** The folded name of the shard to which a key belongs. */
    static String shardOf(byte[] key) {
        return new String(key, 2, key[1] & 0xFF, StandardCharsets.UTF_8);
    }

    static byte[] space(byte space) {
        return new byte[] {space};
    }

    static byte[] space(byte space, Shard shard) {
        byte[] name = shard.key();
        return ByteBuffer.allocate(2 + name.length)
                .put(space)
                .put((byte) name.length)
                .put(name)
                .array();
    }

    /** The beginning of the keys of all that was taken with numbers of one block. */
    static byte[] taken(Shard shard, long block) {
        return withNumber(space(TAKEN, shard), block);
    }

    /** The same, of one message. */
    static byte[] taken(Shard shard, long block, TransportId transport) {
        return withNumber(withNumber(taken(shard, block), transport.high()), transport.low());
    }

    static byte[] taken(Shard shard, long block, TransportId transport, InternalId id) {
        return withNumber(taken(shard, block, transport), id.value());
    }

    /** The number of the message that a taken copy became. */
    static long takenId(byte[] takenKey) {
        return ByteBuffer.wrap(takenKey).getLong(takenKey.length - Long.BYTES);
    }

    static byte[] request(Shard shard, long request) {
        return withNumber(space(REQUEST, shard), sorted(request));
    }

    /** The beginning of the keys of all dumpster items of one storage group. */
    static byte[] held(Shard shard, StorageGroupId group) {
        byte[] owner = space(HELD, shard);
        byte[] server = Shard.folded(group.server()).getBytes(StandardCharsets.UTF_8);
        byte[] name = Shard.folded(group.group()).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(owner.length + 4 + server.length + name.length)
                .put(owner)
                .putShort((short) server.length)
                .put(server)
                .putShort((short) name.length)
                .put(name)
                .array();
    }

    /** The beginning of the key of one dumpster item. */
    static byte[] held(Shard shard, StorageGroupId group, long sequence) {
        return withNumber(held(shard, group), sorted(sequence));
    }

    static byte[] held(Shard shard, StorageGroupId group, long sequence, long body) {
        return withNumber(held(shard, group, sequence), body);
    }

    /** The beginning of all keys of one message. */
    static byte[] message(Shard shard, InternalId id) {
        return message(shard, id.value());
    }

    static byte[] message(Shard shard, long id) {
        return withNumber(space(MESSAGE, shard), id);
    }

    static byte[] accepted(Shard shard, InternalId id, long body) {
        byte[] message = message(shard, id);
        return ByteBuffer.allocate(message.length + 9)
                .put(message)
                .put(KIND_ACCEPTED)
                .putLong(body)
                .array();
    }

    static byte[] ofCopy(Shard shard, CopyId copy, byte kind) {
        byte[] message = message(shard, copy.message());
        return ByteBuffer.allocate(message.length + 5)
                .put(message)
                .put(kind)
                .putInt(copy.number())
                .array();
    }

    static long idOf(byte[] messageKey) {
        return ByteBuffer.wrap(messageKey).getLong(idAt(messageKey));
    }

    static byte kindOf(byte[] messageKey) {
        return messageKey[idAt(messageKey) + Long.BYTES];
    }

    /** The beginning of all keys of the message to which this one belongs. */
    static byte[] messageOf(byte[] messageKey) {
        return Arrays.copyOf(messageKey, idAt(messageKey) + Long.BYTES);
    }

    private static int idAt(byte[] messageKey) {
        return 2 + (messageKey[1] & 0xFF);
    }

    /** The body of which this record is a holder, by the end of its key. */
    static long bodyOf(byte[] holderKey) {
        return ByteBuffer.wrap(holderKey).getLong(holderKey.length - Long.BYTES);
    }

    static boolean holdsBody(byte[] key) {
        return key[0] == HELD || (key[0] == MESSAGE && kindOf(key) == KIND_ACCEPTED);
    }

    static byte[] refs(long body) {
        return withNumber(space(REF), body);
    }

    static byte[] ref(long body, byte[] holder) {
        return ByteBuffer.allocate(9 + holder.length)
                .put(REF)
                .putLong(body)
                .put(holder)
                .array();
    }

    static long refBody(byte[] refKey) {
        return ByteBuffer.wrap(refKey).getLong(1);
    }

    static byte[] refHolder(byte[] refKey) {
        return Arrays.copyOfRange(refKey, 9, refKey.length);
    }

    static byte[] orphan(long body) {
        return withNumber(space(ORPHAN), body);
    }

    static long orphanBody(byte[] orphanKey) {
        return ByteBuffer.wrap(orphanKey).getLong(1);
    }

    /** Key of a piece of a body, in the area of bodies. */
    static byte[] chunk(long body, int index) {
        return ByteBuffer.allocate(12).putLong(body).putInt(index).array();
    }

    static long body(BodyRef ref) {
        return Long.parseUnsignedLong(ref.key(), 16);
    }

    static BodyRef bodyRef(long body, long size) {
        return new BodyRef(Long.toHexString(body), size);
    }

    /** The first key behind all that begin with {@code prefix}. */
    static byte[] after(byte[] prefix) {
        int last = prefix.length - 1;
        while (prefix[last] == (byte) 0xFF) {
            last--;
        }
        byte[] after = Arrays.copyOf(prefix, last + 1);
        after[last]++;
        return after;
    }

    /** The first key behind {@code key}. */
    static byte[] next(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static long sorted(long number) {
        return number ^ Long.MIN_VALUE;
    }

    private static byte[] withNumber(byte[] prefix, long number) {
        return ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(number)
                .array();
    }

    private static byte[] text(byte space, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + utf8.length).put(space).put(utf8).array();
    }
}
