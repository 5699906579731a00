package org.bridgehead.io.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.bridgehead.core.smtp.ReceiveConfig;
import org.bridgehead.core.smtp.ReceiveConfig.Tls;
import org.bridgehead.core.smtp.ReceivePolicy;
import org.bridgehead.core.smtp.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for SMTP or LMTP and runs one session per connection, each on a thread of the executor handed in; one more of
 * its threads accepts. Safe for any thread.
 *
 * <p>Three ways to stop: {@link #close} takes no new connections, {@link #drain} also lets the transactions in progress
 * come to their end, {@link #kill} cuts everything like a crash.
 */
public final class SmtpListener implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpListener.class);
    private static final Reply UNAVAILABLE = Reply.of(421, "4.3.2", "Service not available");
    /** How often connections whose peer does not read are looked for. */
    private static final int SWEEP_MILLIS = 1_000;

    private final ServerSocket server;
    private final ListenerSettings settings;
    private final ReceiveConfig dialogue;
    private final ReceivePolicy policy;
    private final MessageSink sink;
    private final Executor executor;
    private final Tally tally = new Tally();
    private final Set<ReceiveConnection> open = ConcurrentHashMap.newKeySet();
    private final Map<InetAddress, Integer> sources = new ConcurrentHashMap<>();
    private final Object ended = new Object();
    private volatile boolean draining;
    private volatile boolean killed;
    /** Until the accepting thread has left, the port is not free, closed or not. */
    private boolean accepting = true;

    private SmtpListener(
            ServerSocket server,
            ListenerSettings settings,
            ReceiveConfig dialogue,
            ReceivePolicy policy,
            MessageSink sink,
            Executor executor) {
        this.server = server;
        this.settings = settings;
        this.dialogue = dialogue;
        this.policy = policy;
        this.sink = sink;
        this.executor = executor;
    }

    /**
     * Binds and begins to accept.
     *
     * @param executor a thread per connection and one more; when it refuses one, the peer is told 421
     * @throws IOException when the address cannot be bound
     */
    public static SmtpListener open(
            ListenerSettings settings,
            ReceiveConfig dialogue,
            ReceivePolicy policy,
            MessageSink sink,
            Executor executor)
            throws IOException {
        if (dialogue.tls() != Tls.NONE && settings.tls().isEmpty()) {
            throw new IllegalArgumentException("STARTTLS is offered, but there is no certificate");
        }
        ServerSocket server = new ServerSocket();
        SmtpListener listener = new SmtpListener(server, settings, dialogue, policy, sink, executor);
        boolean bound = false;
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(settings.host(), settings.port()), settings.backlog());
            server.setSoTimeout(SWEEP_MILLIS);
            executor.execute(listener::accept);
            bound = true;
        } finally {
            if (!bound) {
                server.close();
            }
        }
        return listener;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** The port it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    /** What it has seen. */
    public ListenerCounters counters() {
        return tally.counters(open.size());
    }

    /**
     * Messages between an accepted MAIL and their final reply. A message counts until what became of it has been handed
     * over by {@link MessageSink.Incoming#end}.
     */
    public int transactionsInProgress() {
        return tally.transactions.get();
    }

    /** Takes no new connections; those that are open go on. */
    @Override
    public void close() throws IOException {
        server.close();
    }

    /**
     * Takes no new connections, tells those without a transaction 421, and waits until the others have come to the end
     * of theirs.
     *
     * @return whether all connections have ended in time; the rest is still open
     */
    public boolean drain(Duration limit) throws InterruptedException {
        draining = true;
        closeServer();
        open.forEach(ReceiveConnection::stop);
        return awaitEnd(limit);
    }

    /** Cuts all connections at once, without a word, and takes no new ones. Does not wait for their threads. */
    public void kill() {
        killed = true;
        closeServer();
        open.forEach(ReceiveConnection::cut);
    }

    /** Waits until all connections have ended and, once it is closed, the port is free; answers whether they did. */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (ended) {
            while (!open.isEmpty() || accepting && server.isClosed()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                ended.wait(left / 1_000_000 + 1);
            }
        }
        return true;
    }

    private void accept() {
        try {
            acceptAll();
        } finally {
            synchronized (ended) {
                accepting = false;
                ended.notifyAll();
            }
        }
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                take(server.accept());
            } catch (SocketTimeoutException nobody) {
                open.forEach(ReceiveConnection::cutIfStuck);
            } catch (IOException e) {
                if (!server.isClosed()) {
                    tally.failures.increment();
                    LOG.warn("{}: cannot accept: {}", dialogue.serverName(), e.toString());
                    pause();
                }
            }
        }
    }

    /** Out of descriptors, most likely: some time for connections to end, or the listener. */
    private void pause() {
        synchronized (ended) {
            try {
                ended.wait(SWEEP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                closeServer();
            }
        }
    }

    private void take(Socket socket) throws IOException {
        InetAddress source = socket.getInetAddress();
        Optional<Reply> refusal = settings.connections().refusal(open.size(), sources.getOrDefault(source, 0));
        if (refusal.isPresent()) {
            turnAway(socket, refusal.get());
            return;
        }
        ReceiveConnection connection =
                new ReceiveConnection(socket, settings, dialogue, policy, sink, tally, this::ended);
        sources.merge(source, 1, Integer::sum);
        open.add(connection);
        tally.connections.increment();
        if (killed) {
            connection.cut();
        } else if (draining) {
            connection.stop();
        }
        try {
            executor.execute(connection);
        } catch (RejectedExecutionException e) {
            turnAway(socket, UNAVAILABLE);
            ended(connection);
        }
    }

    private void turnAway(Socket socket, Reply reply) {
        tally.refusedConnections.increment();
        try (socket) {
            // The send buffer of a new connection is empty, so this does not wait.
            socket.getOutputStream().write(reply.octets());
        } catch (IOException e) {
            LOG.debug("{}: {} left before it was turned away", dialogue.serverName(), socket);
        }
    }

    private void ended(ReceiveConnection connection) {
        sources.computeIfPresent(connection.source(), (address, count) -> count > 1 ? count - 1 : null);
        open.remove(connection);
        synchronized (ended) {
            ended.notifyAll();
        }
    }

    private void closeServer() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.warn("{}: closing the listener: {}", dialogue.serverName(), e.toString());
        }
    }
}
