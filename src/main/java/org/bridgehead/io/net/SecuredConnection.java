package org.bridgehead.io.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.bridgehead.core.smtp.ReceiveAction;
import org.bridgehead.core.smtp.ReceiveSession;
import org.bridgehead.core.smtp.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An incoming connection from STARTTLS on, with a thread of its own, for which the library's TLS is made: reads, lets the
 * {@link ReceiveSession} decide, performs. The thread that runs it owns it; {@link #stop}, {@link #cut} and
 * {@link #cutIfStuck} may be called by any thread.
 */
final class SecuredConnection implements Runnable, Visit.Shell {
    private enum Phase {
        /** At work, or reading within a transaction. */
        BUSY,
        /** Reading between transactions: may be stopped. */
        IDLE,
        /** Stopped: the next thing said is 421. */
        STOPPED
    }

    private static final Logger LOG = LoggerFactory.getLogger(SecuredConnection.class);
    private static final int FIRST_BUFFER = 8 << 10;
    private static final int BUFFER = 64 << 10;

    private final Socket raw;
    private final Visit visit;
    private final ReceiveSession session;
    private final Intake intake;
    private final Runnable ended;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.BUSY);
    private volatile boolean draining;
    /** When writing, or the handshake, began; 0 = neither. */
    private volatile long writingSince;

    private Socket socket;
    private boolean closing;

    /**
     * A connection whose session asks for TLS.
     *
     * @param raw blocking; nothing is left to be written
     * @param ended is told at the end, whatever happens
     */
    SecuredConnection(Socket raw, Visit visit, Intake intake, Runnable ended) {
        this.raw = raw;
        this.socket = raw;
        this.visit = visit;
        this.session = visit.session();
        this.intake = intake;
        this.ended = ended;
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
        if (since != 0 && System.nanoTime() - since > visit.settings().idle().toNanos()) {
            cut();
        }
    }

    @Override
    public void run() {
        try {
            perform(startTls());
            serve();
            if (closing) {
                farewell();
            }
        } catch (IOException e) {
            LOG.debug("{}: {}: {}", visit.name(), raw, e.toString());
        } catch (UncheckedIOException e) {
            // A policy has no other way to hang up.
            LOG.debug("{}: {}: {}", visit.name(), raw, e.toString());
        } catch (RuntimeException e) {
            visit.failed(raw, e);
            sayLast(Visit.BUG);
        } finally {
            end();
        }
    }

    private void serve() throws IOException {
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
                long left = visit.nanosLeft() / 1_000_000;
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

    private void perform(List<ReceiveAction> first) throws IOException {
        visit.perform(first, intake, this);
    }

    @Override
    public List<ReceiveAction> end(ReceiveAction.EndMessage end) throws IOException {
        return session.messageEnded(intake.end(end));
    }

    @Override
    public void secure() {
        throw new IllegalStateException("TLS in TLS");
    }

    @Override
    public void close() {
        closing = true;
    }

    @Override
    public void write(byte[] octets) throws IOException {
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
        SSLSocket secure = visit.tls(raw);
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

    /**
     * Lets the peer read our last words: closing while its octets are unread would reset the connection and could take
     * them away.
     */
    private void farewell() throws IOException {
        socket.shutdownOutput();
        socket.setSoTimeout(Visit.FAREWELL_MILLIS);
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[FIRST_BUFFER];
        long end = System.nanoTime() + 2_000_000L * Visit.FAREWELL_MILLIS;
        long octets = 0;
        int length = 0;
        while (length >= 0 && octets < Visit.FAREWELL_OCTETS && System.nanoTime() < end) {
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
            LOG.error("{}: a bug while {} ended", visit.name(), raw, e);
        } finally {
            release();
            ended.run();
        }
    }

    private void release() {
        try {
            socket.close();
            raw.close();
        } catch (IOException e) {
            LOG.debug("closing {}: {}", raw, e.toString());
        }
    }
}
