package org.bridgehead.io.spool;

import java.io.IOException;

/** Numbers that the store keeps for itself. */
final class Numbers {
    private Numbers() {}

    static long read(Store store, byte[] key, long otherwise) throws IOException {
        byte[] value = store.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            return RecordCodec.decodeNumber(value);
        } catch (TornException e) {
            throw new IOException(
                    "the spool's own record " + new String(key, 1, key.length - 1) + ": " + e.getMessage(), e);
        }
    }

    /**
     * Makes a number durable. A store that fails at it is opened again, and salvaged if need be, by the second attempt:
     * to write a number twice does no harm, and a spool must not stay shut because damage showed at this moment.
     */
    static void write(Store store, byte[] key, long number) throws IOException {
        Changes changes = new Changes().put(key, RecordCodec.encodeNumber(number));
        try {
            store.commit(changes, true);
        } catch (StoreClosedException e) {
            throw e;
        } catch (IOException e) {
            store.commit(changes, true);
        }
    }
}
