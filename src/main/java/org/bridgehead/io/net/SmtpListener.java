package org.bridgehead.io.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.bridgehead.core.smtp.ReceiveConfig;
import org.bridgehead.core.smtp.ReceiveConfig.Tls;
import org.bridgehead.core.smtp.ReceivePolicy;
import org.bridgehead.core.smtp.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for SMTP or LMTP and runs one session per connection: all of them in one {@link EventLoop}, but for what has to
 * wait and for TLS, which get threads of the executor handed in. Safe for any thread.
 *
 * <p>Three ways to stop: {@link #close} takes no new connections, {@link #drain} also lets the transactions in progress
 * come to their end, {@link #kill} cuts everything like a crash.
 */
public final class SmtpListener implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpListener.class);
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

    private final ServerSocketChannel server;
    private final InetSocketAddress address;
    private final EventLoop loop;
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
    /** Until the loop has let go of it, the port is not free, closed or not. */
    private boolean accepting = true;

    private SmtpListener(
            ServerSocketChannel server,
            EventLoop loop,
            ListenerSettings settings,
            ReceiveConfig dialogue,
            ReceivePolicy policy,
            MessageSink sink,
            Executor executor)
            throws IOException {
        this.server = server;
        this.address = (InetSocketAddress) server.getLocalAddress();
        this.loop = loop;
        this.settings = settings;
        this.dialogue = dialogue;
        this.policy = policy;
        this.sink = sink;
        this.executor = executor;
    }

    /**
     * Binds and begins to accept.
     *
     * @param loops one thread, until the listener has ended
     * @param executor a thread for each connection that has to wait for something or is under TLS; when it refuses one,
     *     the connection ends
     * @throws IOException when the address cannot be bound
     */
    public static SmtpListener open(
            ListenerSettings settings,
            ReceiveConfig dialogue,
            ReceivePolicy policy,
            MessageSink sink,
            Executor loops,
            Executor executor)
            throws IOException {
        if (dialogue.tls() != Tls.NONE && settings.tls().isEmpty()) {
            throw new IllegalArgumentException("STARTTLS is offered, but there is no certificate");
        }
        ServerSocketChannel server = ServerSocketChannel.open();
        EventLoop loop = null;
        boolean bound = false;
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(new InetSocketAddress(settings.host(), settings.port()), settings.backlog());
            server.configureBlocking(false);
            loop = EventLoop.open(tick(settings));
            SmtpListener listener = new SmtpListener(server, loop, settings, dialogue, policy, sink, executor);
            loops.execute(listener::serve);
            bound = true;
            return listener;
        } finally {
            if (!bound) {
                server.close();
                if (loop != null) {
                    loop.run(loop::close);
                }
            }
        }
    }

    /** Time limits are as exact as a tenth of the shortest one, or a second. */
    private static Duration tick(ListenerSettings settings) {
        Duration tenth = settings.idle().dividedBy(10);
        return tenth.compareTo(LONGEST_TICK) < 0 ? tenth : LONGEST_TICK;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** The port it listens on. */
    public int port() {
        return address.getPort();
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
        loop.afterwards(this::freed);
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
            while (!open.isEmpty() || accepting && !server.isOpen()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                ended.wait(left / 1_000_000 + 1);
            }
        }
        return true;
    }

    private void serve() {
        loop.run(() -> {
            try {
                loop.register(server, SelectionKey.OP_ACCEPT, new Acceptor());
            } catch (IOException e) {
                LOG.debug("{}: closed before it was served", dialogue.serverName());
            }
        });
        freed();
    }

    /** Hears of those who want to connect. */
    private final class Acceptor implements EventLoop.Handler {
        @Override
        public void ready(SelectionKey key) {
            try {
                for (SocketChannel next = server.accept(); next != null; next = server.accept()) {
                    take(next);
                }
            } catch (ClosedChannelException closed) {
                LOG.debug("{}: closed", dialogue.serverName());
            } catch (IOException e) {
                tally.failures.increment();
                LOG.warn("{}: cannot accept: {}", dialogue.serverName(), e.toString());
                pause(key);
            }
        }

        @Override
        public void look(long nanos) {
            // It waits for ever.
        }

        @Override
        public void dropped() {
            closeServer();
        }
    }

    /** Out of descriptors, most likely: some time for connections to end, or the listener. */
    private void pause(SelectionKey key) {
        key.interestOps(0);
        loop.later(LONGEST_TICK, () -> {
            if (key.isValid()) {
                key.interestOps(SelectionKey.OP_ACCEPT);
            }
        });
    }

    /** The loop has let go of the port, and stays for as long as there are connections. */
    private void freed() {
        synchronized (ended) {
            accepting = false;
            ended.notifyAll();
        }
        if (open.isEmpty()) {
            loop.close();
        }
    }

    private void take(SocketChannel socket) throws IOException {
        InetAddress source = ((InetSocketAddress) socket.getRemoteAddress()).getAddress();
        Optional<Reply> refusal = settings.connections().refusal(open.size(), sources.getOrDefault(source, 0));
        if (refusal.isPresent()) {
            turnAway(socket, refusal.get());
            return;
        }
        Visit visit = new Visit(settings, dialogue, policy, source, tally);
        ReceiveConnection connection = new ReceiveConnection(socket, loop, executor, visit, sink, tally, this::ended);
        sources.merge(source, 1, Integer::sum);
        open.add(connection);
        tally.connections.increment();
        if (killed) {
            connection.cut();
        } else if (draining) {
            connection.stop();
        }
        connection.open();
    }

    private void turnAway(SocketChannel socket, Reply reply) {
        tally.refusedConnections.increment();
        try (socket) {
            // The send buffer of a new connection is empty, so this does not wait.
            socket.write(ByteBuffer.wrap(reply.octets()));
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
        if (!server.isOpen() && open.isEmpty()) {
            loop.afterwards(this::freed);
        }
    }

    private void closeServer() {
        try {
            close();
        } catch (IOException e) {
            LOG.warn("{}: closing the listener: {}", dialogue.serverName(), e.toString());
        }
    }
}
