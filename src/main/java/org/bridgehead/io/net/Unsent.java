package org.bridgehead.io.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/** What is written to a socket that does not block, and what of it the peer has not taken yet. For one thread at a time. */
final class Unsent {
    private final SocketChannel channel;
    private final ArrayDeque<ByteBuffer> parts = new ArrayDeque<>();

    Unsent(SocketChannel channel) {
        this.channel = channel;
    }

    /** Writes behind what is unsent, at once if nothing is; {@code octets} are not to be changed. */
    void write(byte[] octets) throws IOException {
        ByteBuffer part = ByteBuffer.wrap(octets);
        if (parts.isEmpty()) {
            channel.write(part);
        }
        if (part.hasRemaining()) {
            parts.add(part);
        }
    }

    /** Writes as much of it as the socket takes. */
    void flush() throws IOException {
        while (!parts.isEmpty()) {
            channel.write(parts.element());
            if (parts.element().hasRemaining()) {
                return;
            }
            parts.remove();
        }
    }

    /** Whether the socket has taken all. */
    boolean isEmpty() {
        return parts.isEmpty();
    }
}
