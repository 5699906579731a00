package org.bridgehead.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.bridgehead.core.smtp.ConnectionLimits;
import org.bridgehead.core.smtp.ReceiveConfig;
import org.bridgehead.core.smtp.ReceivePolicy;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.io.net.ListenerSettings;
import org.bridgehead.io.net.MessageSink;
import org.bridgehead.io.net.SmtpListener;
import org.jspecify.annotations.Nullable;

/** A listener over the lives of its server: opened again it has the port it had before. */
final class SmtpDoor implements Door {
    /** How long a kill waits for the sessions it cut, and for the mail that is being made safe in them. */
    private static final Duration CUT = Duration.ofSeconds(10);

    private final HostPort bind;
    private final ReceiveConfig dialogue;
    private final ConnectionLimits connections;
    private final ReceivePolicy policy;
    private final MessageSink sink;
    private final Executor loops;
    private final Executor executor;
    private final Supplier<SSLContext> certificate;
    private @Nullable SmtpListener listener;
    private @Nullable InetSocketAddress address;
    private boolean stuck;

    SmtpDoor(
            HostPort bind,
            ReceiveConfig dialogue,
            ConnectionLimits connections,
            ReceivePolicy policy,
            MessageSink sink,
            Executor loops,
            Executor executor,
            Supplier<SSLContext> certificate) {
        this.bind = bind;
        this.dialogue = dialogue;
        this.connections = connections;
        this.policy = policy;
        this.sink = sink;
        this.loops = loops;
        this.executor = executor;
        this.certificate = certificate;
    }

    @Override
    public synchronized void open() throws IOException {
        int port = address == null ? bind.port() : address.getPort();
        try {
            listener = SmtpListener.open(
                    ListenerSettings.hub(bind.host(), port).with(connections).withCertificate(certificate),
                    dialogue,
                    policy,
                    sink,
                    loops,
                    executor);
        } catch (IOException e) {
            throw new IOException("cannot listen at " + bind.host() + ":" + port + ": " + e.getMessage(), e);
        }
        address = listener.address();
    }

    @Override
    public synchronized InetSocketAddress address() {
        if (address == null) {
            throw new IllegalStateException(dialogue.serverName() + " has not listened yet");
        }
        return address;
    }

    @Override
    public synchronized int sessions() {
        return listener == null ? 0 : listener.counters().open();
    }

    @Override
    public synchronized boolean isStuck() {
        return stuck;
    }

    @Override
    public synchronized void kill() {
        if (listener == null) {
            return;
        }
        listener.kill();
        try {
            stuck = !listener.awaitEnd(CUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listener = null;
    }

    @Override
    public synchronized void drain(Duration limit) {
        if (listener == null) {
            return;
        }
        try {
            listener.drain(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
    }
}
