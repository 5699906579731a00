package org.bridgehead.engine;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.smtp.SendConfig;
import org.bridgehead.io.net.SmtpConnection;

/**
 * Connections of mail programs between two messages: closed at once, or kept for the next one that goes the same way in
 * the same name. Safe for any thread.
 */
final class ClientLines implements AutoCloseable {
    /**
     * Where a connection leads.
     *
     * @param server name of the server
     * @param settings how it is spoken to, and by whom
     */
    record Place(String server, SmtpConnection.Settings settings) {
        private Key key() {
            return new Key(server, settings.dialogue());
        }
    }

    private record Key(String server, SendConfig dialogue) {}

    /** Most idle connections of one kind; 0 = each message has its own. */
    private final int kept;

    private final Map<Key, ArrayDeque<SmtpConnection>> idle = new LinkedHashMap<>();
    private boolean closed;

    ClientLines(int kept) {
        this.kept = kept;
    }

    /** The connection that was used last: the others may end for want of use. */
    synchronized Optional<SmtpConnection> take(Place place) {
        return Optional.ofNullable(idle.get(place.key())).map(ArrayDeque::pollLast);
    }

    /** A transaction is over: whoever took the connection does not use it any more. */
    void giveBack(Place place, SmtpConnection connection) {
        if (!connection.usable() || !keeps(place, connection)) {
            connection.close();
        }
    }

    private synchronized boolean keeps(Place place, SmtpConnection connection) {
        ArrayDeque<SmtpConnection> its = idle.computeIfAbsent(place.key(), key -> new ArrayDeque<>());
        return !closed && its.size() < kept && its.offerLast(connection);
    }

    @Override
    public void close() {
        Map<Key, ArrayDeque<SmtpConnection>> rest;
        synchronized (this) {
            closed = true;
            rest = new LinkedHashMap<>(idle);
            idle.clear();
        }
        rest.values().forEach(its -> its.forEach(SmtpConnection::close));
    }
}
