package org.bridgehead.engine;

import java.net.InetSocketAddress;
import java.time.Duration;

/** A listener that can be opened again where it was. */
interface Door {
    /** Starts listening; at the same address as the time before. */
    void open() throws java.io.IOException;

    /** Where it listens, or listened last. */
    InetSocketAddress address();

    /** Connections that are open now. */
    default int sessions() {
        return 0;
    }

    /** Whether its port was still taken when it had been closed for some time. */
    default boolean isStuck() {
        return false;
    }

    /** Stops listening and cuts every session at once. */
    void kill();

    /** Stops listening and lets transactions in progress end, for {@code limit} at most; then as {@link #kill}. */
    void drain(Duration limit);
}
