package org.bridgehead.io.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.bridgehead.core.smtp.ReceiveAction;
import org.bridgehead.core.smtp.ReceiveConfig;
import org.bridgehead.core.smtp.ReceivePolicy;
import org.bridgehead.core.smtp.ReceiveSession;
import org.bridgehead.core.smtp.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One incoming connection: reads, lets the {@link ReceiveSession} decide, performs. The thread that runs it owns it;
 * {@link #stop}, {@link #cut} and {@link #cutIfStuck} may be called by any thread.
 */
final class ReceiveConnection implements Runnable {
    private enum Phase {
        /** At work, or reading within a transaction. */
        BUSY,
        /** Reading between transactions: may be stopped. */
        IDLE,
        /** Stopped: the next thing said is 421. */
        STOPPED
    }

    private static final Logger LOG = LoggerFactory.getLogger(ReceiveConnection.class);
    private static final int FIRST_BUFFER = 8 << 10;
    private static final int BUFFER = 64 << 10;
    private static final int FAREWELL_MILLIS = 500;
    private static final long FAREWELL_OCTETS = 1 << 20;

    private final Socket raw;
    private final ListenerSettings settings;
    private final ReceiveConfig dialogue;
    private final ReceiveSession session;
    private final Intake intake;
    private final Tally tally;
    private final Consumer<ReceiveConnection> ended;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.BUSY);
    private final long born = System.nanoTime();
    private volatile boolean draining;
    /** When writing, or a TLS handshake, began; 0 = neither. */
    private volatile long writingSince;

    private Socket socket;
    private boolean counted;
    private boolean closing;

    ReceiveConnection(
            Socket raw,
            ListenerSettings settings,
            ReceiveConfig dialogue,
            ReceivePolicy policy,
            MessageSink sink,
            Tally tally,
            Consumer<ReceiveConnection> ended) {
        this.raw = raw;
        this.socket = raw;
        this.settings = settings;
        this.dialogue = dialogue;
        this.session = new ReceiveSession(dialogue, policy);
        this.intake = new Intake(sink, tally);
        this.tally = tally;
        this.ended = ended;
    }

    InetAddress source() {
        return raw.getInetAddress();
    }

    /** Says 421 as soon as there is no transaction. */
    void stop() {
        draining = true;
        if (phase.compareAndSet(Phase.IDLE, Phase.STOPPED)) {
            try {
                raw.shutdownInput();
            } catch (IOException e) {
                cut();
            }
        }
    }

    /** Ends the connection without a word, as a crash would. */
    void cut() {
        try {
            raw.setSoLinger(true, 0);
            raw.close();
        } catch (IOException e) {
            LOG.debug("cutting {}: {}", raw, e.toString());
        }
    }

    /** Cuts the connection when the peer has not read for too long what we write. */
    void cutIfStuck() {
        long since = writingSince;
        if (since != 0 && System.nanoTime() - since > settings.idle().toNanos()) {
            cut();
        }
    }

    @Override
    public void run() {
        try {
            raw.setTcpNoDelay(true);
            serve();
            if (closing) {
                farewell();
            }
        } catch (IOException e) {
            LOG.debug("{}: {}: {}", dialogue.serverName(), raw, e.toString());
        } catch (UncheckedIOException e) {
            // A policy has no other way to hang up.
            LOG.debug("{}: {}: {}", dialogue.serverName(), raw, e.toString());
        } catch (RuntimeException e) {
            tally.failures.increment();
            LOG.error("{}: a bug ends the connection of {}", dialogue.serverName(), raw, e);
            sayLast(Reply.of(421, "4.3.0", "Internal error"));
        } finally {
            end();
        }
    }

    private void serve() throws IOException {
        String address = source().getHostAddress();
        int scope = address.indexOf('%');
        perform(session.opened(
                scope < 0 ? address : address.substring(0, scope),
                source().isLoopbackAddress(),
                SmtpConnection.newNonce()));
        byte[] buffer = new byte[FIRST_BUFFER];
        while (!session.isClosed()) {
            int length = read(buffer);
            if (length > 0) {
                perform(session.received(buffer, 0, length));
            }
            if (length == buffer.length && length < BUFFER) {
                buffer = new byte[BUFFER];
            }
        }
    }

    /** Reads; 0 = the session has been told why there is nothing more to read. */
    private int read(byte[] buffer) throws IOException {
        if (!session.inTransaction()) {
            phase.set(Phase.IDLE);
            if (draining) {
                phase.set(Phase.STOPPED);
            }
        }
        int length = -1;
        boolean late = false;
        if (phase.get() != Phase.STOPPED) {
            try {
                long left = millisLeft();
                socket.setSoTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, left)));
                length = left <= 0 ? -1 : socket.getInputStream().read(buffer);
                late = left <= 0;
            } catch (SocketTimeoutException e) {
                late = true;
            } catch (IOException e) {
                if (phase.get() != Phase.STOPPED) {
                    throw e;
                }
            }
        }
        boolean stopped = phase.getAndSet(Phase.BUSY) == Phase.STOPPED;
        if (stopped || late || length < 0) {
            perform(stopped ? session.stopped() : late ? session.timedOut() : session.closed());
            return 0;
        }
        return length;
    }

    /** A transaction may go on after the connection's lifetime, but not for ever. */
    private long millisLeft() {
        long age = (System.nanoTime() - born) / 1_000_000;
        long lifetime = settings.lifetime().toMillis() * (session.inTransaction() ? 2 : 1);
        return Math.min(settings.idle().toMillis(), lifetime - age);
    }

    private void perform(List<ReceiveAction> first) throws IOException {
        count();
        List<ReceiveAction> actions = first;
        while (!actions.isEmpty()) {
            actions = performed(actions);
        }
        count();
    }

    private List<ReceiveAction> performed(List<ReceiveAction> actions) throws IOException {
        for (ReceiveAction action : actions) {
            if (action instanceof ReceiveAction.BodyOctets octets) {
                intake.write(octets);
            } else if (action instanceof ReceiveAction.Send send) {
                write(send.octets());
            } else if (action instanceof ReceiveAction.BeginMessage begin) {
                return intake.begin(begin, session);
            } else if (action instanceof ReceiveAction.EndMessage end) {
                return session.messageEnded(intake.end(end));
            } else if (action instanceof ReceiveAction.AbortMessage) {
                intake.abort();
            } else if (action instanceof ReceiveAction.StartTls) {
                return startTls();
            } else {
                closing = true;
            }
        }
        return List.of();
    }

    private void write(byte[] octets) throws IOException {
        writingSince = System.nanoTime() | 1;
        try {
            OutputStream out = socket.getOutputStream();
            out.write(octets);
            out.flush();
        } finally {
            writingSince = 0;
        }
    }

    private List<ReceiveAction> startTls() throws IOException {
        SSLSocket secure = (SSLSocket) settings.tls()
                .orElseThrow()
                .get()
                .getSocketFactory()
                .createSocket(raw, source().getHostAddress(), raw.getPort(), true);
        secure.setUseClientMode(false);
        secure.setWantClientAuth(settings.mutual() && dialogue.servers());
        secure.setSoTimeout((int) Math.min(Integer.MAX_VALUE, settings.idle().toMillis()));
        // A limit for the whole: a peer that sends an octet now and then must not keep the handshake up for ever.
        writingSince = System.nanoTime() | 1;
        try {
            secure.startHandshake();
        } finally {
            writingSince = 0;
        }
        socket = secure;
        return session.tlsStarted(CertificateNames.of(secure.getSession()));
    }

    /** Keeps {@link Tally#transactions} in step with the session. */
    private void count() {
        boolean now = session.inTransaction();
        if (now != counted) {
            counted = now;
            tally.transactions.addAndGet(now ? 1 : -1);
        }
    }

    /**
     * Lets the peer read our last words: closing while its octets are unread would reset the connection and could take
     * them away.
     */
    private void farewell() throws IOException {
        socket.shutdownOutput();
        socket.setSoTimeout(FAREWELL_MILLIS);
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[FIRST_BUFFER];
        long end = System.nanoTime() + 2_000_000L * FAREWELL_MILLIS;
        long octets = 0;
        int length = 0;
        while (length >= 0 && octets < FAREWELL_OCTETS && System.nanoTime() < end) {
            length = in.read(buffer);
            octets += length;
        }
    }

    private void sayLast(Reply reply) {
        try {
            write(reply.octets());
        } catch (IOException e) {
            LOG.debug("{} has gone: {}", raw, e.toString());
        }
    }

    private void end() {
        try {
            session.closed();
            intake.abort();
        } catch (RuntimeException e) {
            LOG.error("{}: a bug while {} ended", dialogue.serverName(), raw, e);
        } finally {
            if (counted) {
                tally.transactions.decrementAndGet();
            }
            close();
            ended.accept(this);
        }
    }

    private void close() {
        try {
            socket.close();
            raw.close();
        } catch (IOException e) {
            LOG.debug("closing {}: {}", raw, e.toString());
        }
    }
}
