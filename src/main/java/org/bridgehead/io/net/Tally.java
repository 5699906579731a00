package org.bridgehead.io.net;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The counters behind {@link ListenerCounters}. Safe for any thread. */
final class Tally {
    final LongAdder connections = new LongAdder();
    final LongAdder refusedConnections = new LongAdder();
    final AtomicInteger transactions = new AtomicInteger();
    final LongAdder messages = new LongAdder();
    final LongAdder refusedMessages = new LongAdder();
    final LongAdder octets = new LongAdder();
    final LongAdder failures = new LongAdder();

    ListenerCounters counters(int open) {
        return new ListenerCounters(
                connections.sum(),
                refusedConnections.sum(),
                open,
                transactions.get(),
                messages.sum(),
                refusedMessages.sum(),
                octets.sum(),
                failures.sum());
    }
}
