package org.bridgehead.io.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Where the octets of an outgoing message come from; may be opened again for every attempt. */
public interface BodySource {
    /** The exact number of octets. */
    long size();

    /** A fresh stream of them, closed by the one who opened it. */
    InputStream open() throws IOException;

    /** A body that is in memory; {@code octets} are not to be changed. */
    static BodySource of(byte[] octets) {
        return new BodySource() {
            @Override
            public long size() {
                return octets.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(octets);
            }
        };
    }
}
