package org.bridgehead.io.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.bridgehead.core.smtp.SendAction.Stage;
import org.bridgehead.core.smtp.TlsOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The socket under a {@link SmtpConnection}: collects what is written and sends it in one go, reads within time limits,
 * puts TLS on top, can be cut by another thread. Used by one thread, except {@link #abort()}.
 */
final class Wire {
    private static final int BUFFER = 64 * 1024;

    /** So much fits the send buffer of any system: writing it never waits for a peer that has answered all before. */
    private static final int NEVER_WAITS = 8 * 1024;

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SmtpConnection.Settings settings;
    private final byte[] out = new byte[BUFFER];
    private final byte[] in = new byte[8 * 1024];
    private volatile @Nullable SocketChannel channel;
    private @Nullable Socket socket;
    private InputStream input = InputStream.nullInputStream();
    private OutputStream output = OutputStream.nullOutputStream();
    private int pending;
    private boolean writing;
    private boolean bodyInBuffer;
    private boolean bodyComplete;
    private long lastHeard;
    /** Octets written since the peer last said something. */
    private int unanswered;

    private volatile boolean aborted;
    private volatile boolean tooSlow;

    Wire(SmtpConnection.Settings settings) {
        this.settings = settings;
    }

    void connect(InetSocketAddress peer) throws IOException {
        SocketChannel opened = SocketChannel.open();
        channel = opened;
        if (aborted) {
            cut();
        }
        Socket raw = opened.socket();
        socket = raw;
        raw.setTcpNoDelay(true);
        raw.connect(peer, millis(settings.limits().connect()));
        input = raw.getInputStream();
        output = raw.getOutputStream();
    }

    boolean isOpen() {
        SocketChannel mine = channel;
        return !aborted && mine != null && mine.isOpen() && mine.isConnected();
    }

    /** The connection itself, for who takes it over; empty while it is under TLS. */
    Optional<SocketChannel> inClear() {
        return socket instanceof SSLSocket ? Optional.empty() : Optional.ofNullable(channel);
    }

    byte[] input() {
        return in;
    }

    /** Forgets about the message before. */
    void begin() {
        writing = false;
        bodyInBuffer = false;
        bodyComplete = false;
    }

    /** Whether the last octet of the message may have left. */
    boolean isBodyComplete() {
        return bodyComplete;
    }

    /** Whether the last operation was a write. */
    boolean isWriting() {
        return writing;
    }

    void write(byte[] octets) throws IOException {
        write(octets, 0, octets.length);
    }

    private void write(byte[] octets, int from, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (pending == BUFFER) {
                flush();
            }
            int part = Math.min(BUFFER - pending, length - done);
            System.arraycopy(octets, from + done, out, pending, part);
            pending += part;
            done += part;
        }
    }

    /** The last octets stay in the buffer until the whole message was read. */
    void writeBody(BodySource body, boolean dotted) throws IOException {
        try (OutgoingBody octets = new OutgoingBody(body, dotted)) {
            while (!octets.isComplete()) {
                ByteBuffer part = octets.next();
                write(part.array(), part.position(), part.remaining());
            }
        }
        bodyInBuffer = true;
    }

    void flush() throws IOException {
        if (pending == 0) {
            return;
        }
        writing = true;
        bodyComplete |= bodyInBuffer;
        unanswered += pending;
        try {
            if (unanswered <= NEVER_WAITS) {
                writeOut();
            } else {
                guarded(settings.limits().dataBlock(), this::writeOut);
            }
        } finally {
            pending = 0;
        }
        writing = false;
    }

    private void writeOut() throws IOException {
        output.write(out, 0, pending);
        output.flush();
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Cuts the connection when the work takes too long: a limit per read or write does not bound their number. */
    private void guarded(Duration limit, Work work) throws IOException {
        Optional<ScheduledFuture<?>> guard = settings.watchdog()
                .map(watchdog -> watchdog.schedule(this::slow, limit.toMillis(), TimeUnit.MILLISECONDS));
        try {
            work.run();
        } finally {
            guard.ifPresent(pending -> pending.cancel(false));
        }
    }

    /** Sends what is pending and waits for octets; they are in {@link #input()}. */
    int read(Stage stage) throws IOException {
        flush();
        return read(settings.limits().of(stage));
    }

    /** What the peer said before it stopped listening. */
    int readWhatIsThere() throws IOException {
        return read(Duration.ofMillis(200));
    }

    /** What the peer said although nobody asked it; an exception when it has closed the connection. */
    byte[] unasked() throws IOException {
        boolean idle = System.nanoTime() - lastHeard > IDLE_NANOS;
        if (!isOpen() || (input.available() == 0 && !idle)) {
            return new byte[0];
        }
        try {
            return Arrays.copyOf(in, read(Duration.ofMillis(1)));
        } catch (SocketTimeoutException silent) {
            return new byte[0];
        }
    }

    private int read(Duration limit) throws IOException {
        socket().setSoTimeout(millis(limit));
        int length = input.read(in);
        if (length < 0) {
            throw new EOFException("the peer closed the connection");
        }
        lastHeard = System.nanoTime();
        unanswered = 0;
        return length;
    }

    /** Shakes hands; what the peer's certificate is worth is in the outcome, not in an exception. */
    TlsOutcome startTls(boolean judged) throws IOException {
        flush();
        CertificateJudge judge = new CertificateJudge(settings.tls().orElseThrow(), settings.peerName(), judged);
        Duration limit = settings.limits().of(Stage.STARTTLS);
        try {
            SSLSocket secure = judge.over(socket());
            secure.setSoTimeout(millis(limit));
            guarded(limit, secure::startHandshake);
            socket = secure;
            input = secure.getInputStream();
            output = secure.getOutputStream();
            lastHeard = System.nanoTime();
            return judge.outcome();
        } catch (IOException e) {
            return new TlsOutcome.Failed(tooSlow ? "no end within " + limit : reason(e));
        }
    }

    /** Closes politely where TLS is on: without its close_notify the peer could not tell an end from an attack. */
    void end() {
        try {
            if (socket instanceof SSLSocket secure && isOpen()) {
                guarded(settings.limits().quit(), secure::close);
            }
        } catch (IOException gone) {
            // Nothing more can be said to this peer, and nobody is left to tell.
            return;
        } finally {
            cut();
        }
    }

    boolean isAborted() {
        return aborted;
    }

    /** Any thread. */
    void abort() {
        aborted = true;
        cut();
    }

    /** Closes the socket itself, which never waits; TLS on top of it goes unsaid. */
    void cut() {
        SocketChannel mine = channel;
        try {
            if (mine != null) {
                mine.close();
            }
        } catch (IOException released) {
            // The descriptor is released in any case, and there is nobody left to tell.
            return;
        }
    }

    /** One line for people. */
    String reason(IOException e) {
        if (tooSlow) {
            return "the peer did not read for " + settings.limits().dataBlock();
        }
        if (aborted) {
            return "aborted";
        }
        return words(e);
    }

    static String words(IOException e) {
        String words = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return words.replaceAll("\\s+", " ");
    }

    private Socket socket() throws IOException {
        Socket mine = socket;
        if (mine == null) {
            throw new ClosedChannelException();
        }
        return mine;
    }

    private void slow() {
        tooSlow = true;
        cut();
    }

    private static int millis(Duration limit) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, limit.toMillis()));
    }
}
