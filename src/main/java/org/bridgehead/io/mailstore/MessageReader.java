package org.bridgehead.io.mailstore;

import java.io.IOException;
import java.io.InputStream;
import org.bridgehead.core.mailbox.LogPosition;

/** Reads messages out of the log of a storage group. Safe for any thread. */
final class MessageReader {
    private final String storageGroup;
    private final LogStorage storage;

    MessageReader(String storageGroup, LogStorage storage) {
        this.storageGroup = storageGroup;
        this.storage = storage;
    }

    /** All octets, checked. */
    byte[] octets(StoredMessage message) throws IOException {
        if (message.size() > Integer.MAX_VALUE - 8) throw new IOException("longer than 2 GB: stream it");
        try (InputStream in = open(message)) {
            byte[] octets = in.readNBytes((int) message.size());
            int prefix = message.returnPath();
            if (octets.length != message.size()
                    || LogFrame.checksum(octets, prefix, octets.length - prefix) != message.checksum()) {
                throw new IOException("log of " + storageGroup + " damaged at " + message.position());
            }
            return octets;
        }
    }

    /** As {@link #octets}, read as needed and unchecked; the caller closes. */
    InputStream open(StoredMessage message) throws IOException {
        LogPosition at = message.position();
        return new BoundedInput(storage.read(at.generation(), at.offset()), message.size());
    }
}
