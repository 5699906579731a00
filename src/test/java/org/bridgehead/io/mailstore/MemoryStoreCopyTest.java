package org.bridgehead.io.mailstore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

class MemoryStoreCopyTest extends LogShippingContract {
    @Override
    StoreCopy copy() {
        return StoreCopy.inMemory();
    }

    @Override
    void damage(StoreCopy copy, String group, long generation, int offset) throws IOException {
        LogStorage storage = copy.storage(group);
        byte[] octets;
        try (InputStream in = storage.read(generation, 0)) {
            octets = in.readAllBytes();
        }
        octets[offset] ^= 0x10;
        storage.receive(generation, new ByteArrayInputStream(octets));
        storage.admit();
    }
}
