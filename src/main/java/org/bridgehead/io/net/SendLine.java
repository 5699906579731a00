package org.bridgehead.io.net;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.smtp.SendAction;
import org.bridgehead.core.smtp.SendAction.Stage;
import org.bridgehead.core.smtp.SendSession;
import org.jspecify.annotations.Nullable;

/**
 * A client connection in clear whose transactions are run by an {@link EventLoop}: performs what its {@link SendSession}
 * decides, one transaction at a time. Belongs to the loop; {@link #abort} may be called by any thread. (Longer
 * than most files by what a connection may be asked for.)
 */
final class SendLine implements EventLoop.Handler {
    private static final EnhancedStatus LOCAL_TROUBLE = EnhancedStatus.of("4.3.0");
    private static final int BUFFER = 64 << 10;

    /** For so short a silence nobody looks whether the peer has hung up meanwhile. */
    private static final long IDLE_NANOS = 10_000_000;

    /** One transaction, or the good-bye. */
    private interface Task {
        void ended();
    }

    private final SocketChannel channel;
    private final SendSession session;
    private final SmtpConnection.Settings settings;
    private final EventLoop loop;
    private byte[] out = new byte[8 << 10];
    private int written;
    private int filled;
    private @Nullable SelectionKey key;
    private @Nullable Task task;
    private Iterator<SendAction> actions = Collections.emptyIterator();
    private @Nullable OutgoingBody body;
    private BodySource source = BodySource.of(new byte[0]);
    private boolean bodyInBuffer;
    private boolean bodyComplete;
    /** Whose answer is awaited, and where the peer has to read what is written first, that, too. */
    private @Nullable Stage awaited;

    private boolean stuck;
    private long deadline;
    private long lastHeard = System.nanoTime();
    private volatile boolean aborted;

    /**
     * A connection whose handshake is over.
     *
     * @param channel blocking so far
     */
    SendLine(SocketChannel channel, SendSession session, SmtpConnection.Settings settings, EventLoop loop) {
        this.channel = channel;
        this.session = session;
        this.settings = settings;
        this.loop = loop;
    }

    boolean isOpen() {
        return !aborted && channel.isOpen();
    }

    /**
     * Sends one message.
     *
     * @param then is told one outcome per recipient, in order
     */
    void transmit(Outgoing mail, BodySource octets, Consumer<List<RecipientOutcome>> then) {
        heedFarewell();
        source = octets;
        bodyInBuffer = false;
        bodyComplete = false;
        begin(
                () -> then.accept(session.outcomes()
                        .orElseThrow(() -> new IllegalStateException("a transaction without outcomes"))),
                session.transmit(mail, octets.size()));
    }

    /** The same by another thread, which waits for it. */
    List<RecipientOutcome> transmit(Outgoing mail, BodySource octets) {
        CompletableFuture<List<RecipientOutcome>> outcomes = new CompletableFuture<>();
        loop.execute(() -> transmit(mail, octets, outcomes::complete));
        return outcomes.join();
    }

    /** Says QUIT if the peer still listens, then closes. */
    void quit(Runnable then) {
        Task last = () -> {
            cut();
            then.run();
        };
        if (session.usable() && isOpen()) {
            begin(last, session.quit());
        } else {
            last.ended();
        }
    }

    /** The same by another thread, which waits for it. */
    void close() {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        loop.execute(() -> quit(() -> closed.complete(true)));
        closed.join();
    }

    private void begin(Task what, List<SendAction> first) {
        if (task != null) {
            throw new IllegalStateException("a transaction is in progress");
        }
        task = what;
        actions = first.iterator();
        guarded(this::pump);
    }

    /** An idle connection may have got a 421 or an end of stream by now; better to know before a message leaves. */
    private void heedFarewell() {
        if (!isOpen()) {
            session.lost("the connection was closed before", false);
            return;
        }
        try {
            if (key == null) {
                channel.configureBlocking(false);
                key = loop.register(channel, SelectionKey.OP_READ, this);
            }
            if (System.nanoTime() - lastHeard > IDLE_NANOS) {
                hearUnasked();
            }
        } catch (IOException e) {
            session.lost(reason(e), false);
            cut();
        }
    }

    private void hearUnasked() throws IOException {
        int length = channel.read(loop.buffer());
        if (length < 0) {
            throw new EOFException("the peer closed the connection");
        }
        if (length > 0) {
            session.received(loop.octets(), 0, length);
        }
    }

    @Override
    public void ready(SelectionKey ready) {
        guarded(() -> {
            if (stuck) {
                pump();
            } else if (awaited == null) {
                hearUnasked();
            } else {
                hear();
            }
        });
    }

    private void hear() throws IOException {
        int length = channel.read(loop.buffer());
        if (length < 0) {
            throw new EOFException("the peer closed the connection");
        }
        if (length > 0) {
            lastHeard = System.nanoTime();
            awaited = null;
            actions = session.received(loop.octets(), 0, length).iterator();
            pump();
        }
    }

    @Override
    public void look(long nanos) {
        boolean late = (awaited != null || stuck) && nanos - deadline > 0;
        if (late) {
            guarded(() -> {
                throw stuck
                        ? new IOException(
                                "the peer did not read for " + settings.limits().dataBlock())
                        : new SocketTimeoutException("Read timed out");
            });
        }
    }

    @Override
    public void dropped() {
        aborted = true;
        cut();
        lost(new IOException("the connection was cut"));
    }

    /** Performs until the peer has to do something, or nothing is left to do. */
    private void pump() throws IOException {
        while (flushed()) {
            if (body != null) {
                feed(body);
            } else if (awaited != null) {
                awaitPeer(SelectionKey.OP_READ, settings.limits().of(awaited));
                return;
            } else if (actions.hasNext()) {
                perform(actions.next());
            } else if (filled > 0) {
                flush();
            } else {
                end();
                return;
            }
        }
        stuck = true;
        awaitPeer(SelectionKey.OP_WRITE, settings.limits().dataBlock());
    }

    private void perform(SendAction action) throws IOException {
        if (action instanceof SendAction.Write write) {
            put(ByteBuffer.wrap(write.octets()));
        } else if (action instanceof SendAction.WriteBody message) {
            body = new OutgoingBody(source, message.dotted());
        } else if (action instanceof SendAction.Await await) {
            awaited = await.stage();
            flush();
        } else if (action instanceof SendAction.StartTls) {
            throw new IllegalStateException("TLS begins with the connection");
        } else {
            flush();
            cut();
        }
    }

    private void feed(OutgoingBody from) throws IOException {
        put(from.next());
        if (from.isComplete()) {
            from.close();
            body = null;
            bodyInBuffer = true;
        }
        if (filled >= BUFFER) {
            flush();
        }
    }

    private void put(ByteBuffer octets) {
        int more = octets.remaining();
        if (filled + more > out.length) {
            byte[] larger = new byte[Math.max(2 * out.length, filled + more)];
            System.arraycopy(out, 0, larger, 0, filled);
            out = larger;
        }
        octets.get(out, filled, more);
        filled += more;
    }

    /** Whether nothing waits for the peer to read. */
    private boolean flushed() throws IOException {
        if (stuck) {
            stuck = false;
            flush();
        }
        return written == 0;
    }

    private void flush() throws IOException {
        if (filled == 0) {
            return;
        }
        bodyComplete |= bodyInBuffer;
        written += channel.write(ByteBuffer.wrap(out, written, filled - written));
        if (written == filled) {
            written = 0;
            filled = 0;
        }
    }

    private void awaitPeer(int interest, Duration limit) {
        deadline = System.nanoTime() + limit.toNanos();
        if (key != null && key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (BodyException e) {
            cut();
            session.lost(LOCAL_TROUBLE, String.valueOf(e.getMessage()), false);
            end();
        } catch (IOException e) {
            lost(e);
        }
    }

    private void lost(IOException trouble) {
        boolean writing = filled > 0;
        if (writing && isOpen()) {
            hearLastWords();
        }
        session.lost(reason(trouble), bodyComplete);
        cut();
        end();
    }

    /** A peer that refuses while we are still writing has said why; its replies are in the receive buffer. */
    private void hearLastWords() {
        try {
            hearUnasked();
        } catch (IOException nothing) {
            // It said nothing, or cannot be heard any more: what went wrong before stands.
            aborted |= !channel.isOpen();
        }
    }

    private void end() {
        if (body != null) {
            body.close();
            body = null;
        }
        filled = 0;
        written = 0;
        stuck = false;
        awaited = null;
        actions = Collections.emptyIterator();
        Task done = task;
        task = null;
        if (done != null) {
            done.ended();
        }
    }

    /** Cuts the connection at once; a transaction in progress ends with what is certain. Any thread. */
    void abort() {
        aborted = true;
        cut();
        loop.execute(() -> {
            if (task != null) {
                lost(new IOException("aborted"));
            }
        });
    }

    private void cut() {
        try {
            channel.close();
        } catch (IOException released) {
            // The descriptor is released in any case, and there is nobody left to tell.
            return;
        }
    }

    private String reason(IOException e) {
        return aborted ? "aborted" : Wire.words(e);
    }
}
