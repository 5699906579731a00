package org.bridgehead.io.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.bridgehead.core.smtp.ReceiveAction;
import org.bridgehead.core.smtp.ReceiveSession;
import org.bridgehead.core.smtp.Reply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One incoming connection: what comes goes to the {@link ReceiveSession}, what that wants is performed. Belongs to the
 * event loop, which lends it to a thread that may wait while the sink is not {@linkplain MessageSink#isPrompt prompt}, and
 * for good to one of its own when TLS begins. {@link #stop} and
 * {@link #cut} may be called by any thread, all else by the loop. (Longer than most files: who owns the connection when is to
 * be read in one place.)
 */
final class ReceiveConnection implements EventLoop.Handler, Visit.Shell {
    private enum State {
        /** Reads, and writes what is left to be written. */
        OPEN,
        /** A thread that may wait works on what was read. */
        LENT,
        /** The message is being written to stable storage; its reply comes then. */
        ENDING,
        /** All is said; what the peer still says is read for nothing. */
        FAREWELL,
        /** Under TLS, with a thread of its own. */
        SECURED,
        OVER
    }

    private static final Logger LOG = LoggerFactory.getLogger(ReceiveConnection.class);
    private static final Reply UNAVAILABLE = Reply.of(421, "4.3.2", "Service not available");
    private static final Duration WATCH = Duration.ofSeconds(1);

    private final SocketChannel channel;
    private final EventLoop loop;
    private final Executor executor;
    private final MessageSink sink;
    private final Visit visit;
    private final ReceiveSession session;
    private final Intake intake;
    private final Consumer<ReceiveConnection> ended;
    private final Unsent out;

    private State state = State.OPEN;
    private @Nullable SelectionKey key;
    /** What the peer has to do next, it has to do by then. */
    private long deadline;

    private boolean closing;
    private boolean securing;
    private boolean awaiting;
    private boolean gone;
    private boolean draining;
    /** What came of a message before the thread that was lent the connection gave it back. */
    private MessageSink.@Nullable Ending early;

    private volatile @Nullable SecuredConnection secured;

    /**
     * A connection that has yet to be {@linkplain #open opened}.
     *
     * @param executor its threads may wait
     * @param ended is told at the end, once
     */
    ReceiveConnection(
            SocketChannel channel,
            EventLoop loop,
            Executor executor,
            Visit visit,
            MessageSink sink,
            Tally tally,
            Consumer<ReceiveConnection> ended) {
        this.channel = channel;
        this.out = new Unsent(channel);
        this.loop = loop;
        this.executor = executor;
        this.visit = visit;
        this.session = visit.session();
        this.sink = sink;
        this.intake = new Intake(sink, tally);
        this.ended = ended;
    }

    InetAddress source() {
        return visit.source();
    }

    /** Greets the peer. */
    void open() {
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            key = loop.register(channel, SelectionKey.OP_READ, this);
        } catch (IOException e) {
            LOG.debug("{}: {} left at once: {}", visit.name(), channel, e.toString());
            end();
            return;
        }
        workOrLend(
                () -> session.opened(visit.address(), visit.source().isLoopbackAddress(), SmtpConnection.newNonce()));
    }

    /** Says 421 as soon as there is no transaction. Any thread. */
    void stop() {
        loop.execute(() -> {
            draining = true;
            SecuredConnection other = secured;
            if (other != null) {
                other.stop();
            } else if (state == State.OPEN) {
                settle();
            }
        });
    }

    /** Ends the connection without a word, as a crash would. Any thread. */
    void cut() {
        SecuredConnection other = secured;
        if (other != null) {
            other.cut();
            return;
        }
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        } catch (IOException e) {
            LOG.debug("cutting {}: {}", channel, e.toString());
        }
        loop.execute(this::lost);
    }

    /** The connection is not there any more; what is under way ends first. */
    private void lost() {
        gone = true;
        SecuredConnection other = secured;
        if (other != null) {
            other.cut();
        } else if (state == State.OPEN || state == State.FAREWELL) {
            end();
        }
    }

    @Override
    public void dropped() {
        cut();
    }

    @Override
    public void look(long nanos) {
        boolean late = state == State.OPEN && nanos - deadline > 0;
        if (late && out.isEmpty()) {
            work(session::timedOut);
        } else if (late) {
            cut();
        }
    }

    @Override
    public void ready(SelectionKey ready) {
        if (state != State.OPEN) {
            ready.interestOps(0); // heard when the work at hand is done
        } else if (!out.isEmpty()) {
            guarded(out::flush);
            settle();
        } else {
            hear();
        }
    }

    private void hear() {
        int length;
        try {
            length = channel.read(loop.buffer());
        } catch (IOException e) {
            LOG.debug("{}: {}: {}", visit.name(), channel, e.toString());
            end();
            return;
        }
        if (length < 0) {
            work(session::closed);
        } else if (length > 0 && sink.isPrompt()) {
            work(() -> session.received(loop.octets(), 0, length));
        } else if (length > 0) {
            byte[] octets = Arrays.copyOf(loop.octets(), length);
            lend(() -> session.received(octets, 0, octets.length));
        }
    }

    private void workOrLend(Step step) {
        if (sink.isPrompt()) {
            work(step);
        } else {
            lend(step);
        }
    }

    private void lend(Step step) {
        state = State.LENT;
        try {
            executor.execute(() -> {
                perform(step);
                loop.execute(this::back);
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: nobody can serve {}", visit.name(), channel);
            guarded(() -> out.write(UNAVAILABLE.octets()));
            closing = true;
            settle();
        }
    }

    /** The thread that was lent the connection has done its work. */
    private void back() {
        MessageSink.Ending known = early;
        early = null;
        state = State.OPEN;
        if (known == null) {
            settle();
        } else {
            resumed(known);
        }
    }

    /** The message is on stable storage, or never will be. */
    private void resumed(MessageSink.Ending ending) {
        if (state == State.LENT) {
            early = ending;
            return;
        }
        awaiting = false;
        work(() -> session.messageEnded(intake.ended(ending)));
    }

    private interface Step {
        List<ReceiveAction> run() throws IOException;
    }

    private void work(Step step) {
        perform(step);
        settle();
    }

    /** Does what a step brings, as far as it does not have to wait; in the loop or in the thread that was lent. */
    private void perform(Step step) {
        guarded(() -> visit.perform(step.run(), intake, this));
    }

    @Override
    public void write(byte[] octets) throws IOException {
        out.write(octets);
    }

    @Override
    public void secure() {
        securing = true;
    }

    @Override
    public void close() {
        closing = true;
    }

    @Override
    public List<ReceiveAction> end(ReceiveAction.EndMessage end) throws IOException {
        Handover handover = new Handover();
        intake.end(end, handover);
        Optional<MessageSink.Ending> known = handover.known();
        if (known.isPresent()) {
            return session.messageEnded(intake.ended(known.get()));
        }
        awaiting = true;
        return List.of();
    }

    /** Brings what becomes of a message to the loop, or at once to who asked for it. */
    private final class Handover implements Consumer<MessageSink.Ending> {
        private MessageSink.@Nullable Ending ending;
        private boolean left;

        @Override
        public void accept(MessageSink.Ending known) {
            boolean late;
            synchronized (this) {
                ending = known;
                late = left;
            }
            if (late) {
                loop.execute(() -> resumed(known));
            }
        }

        synchronized Optional<MessageSink.Ending> known() {
            left = true;
            return Optional.ofNullable(ending);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (IOException | UncheckedIOException e) {
            // A policy has no other way to hang up than an unchecked exception.
            LOG.debug("{}: {}: {}", visit.name(), channel, e.toString());
            gone = true;
        } catch (RuntimeException e) {
            visit.failed(channel, e);
            sayLast();
            gone = true;
        }
    }

    private void sayLast() {
        try {
            out.write(Visit.BUG.octets());
        } catch (IOException e) {
            LOG.debug("{} has gone: {}", channel, e.toString());
        }
    }

    /** Work was done: what the connection waits for now. */
    private void settle() {
        if (awaiting) {
            state = State.ENDING;
        } else if (gone || session.isClosed() && !closing) {
            end();
        } else if (!out.isEmpty()) {
            await(SelectionKey.OP_WRITE, visit.settings().idle().toNanos());
        } else if (closing) {
            sayFarewell();
        } else if (securing) {
            leave();
        } else if (draining && !session.inTransaction()) {
            work(session::stopped);
        } else {
            await(SelectionKey.OP_READ, visit.nanosLeft());
        }
    }

    private void await(int interest, long nanos) {
        state = State.OPEN;
        deadline = System.nanoTime() + nanos;
        SelectionKey mine = Objects.requireNonNull(key);
        if (!mine.isValid()) {
            end();
        } else if (mine.interestOps() != interest) {
            mine.interestOps(interest);
        }
    }

    private void sayFarewell() {
        state = State.FAREWELL;
        SelectionKey mine = Objects.requireNonNull(key);
        Farewell farewell = new Farewell(channel, loop, visit, this::end);
        mine.attach(farewell);
        farewell.begin(mine);
    }

    /** From here on a thread of its own serves it, once the loop has let go of the socket. */
    private void leave() {
        state = State.SECURED;
        Objects.requireNonNull(key).cancel();
        loop.afterwards(() -> {
            try {
                channel.configureBlocking(true);
                SecuredConnection other = new SecuredConnection(channel.socket(), visit, intake, () -> {
                    over();
                    loop.execute(() -> state = State.OVER);
                });
                secured = other;
                if (draining) {
                    other.stop();
                }
                executor.execute(other);
                watch(other);
            } catch (IOException | RejectedExecutionException e) {
                LOG.debug("{}: {} cannot be secured: {}", visit.name(), channel, e.toString());
                end();
            }
        });
    }

    private void watch(SecuredConnection other) {
        loop.later(WATCH, () -> {
            if (state == State.SECURED) {
                other.cutIfStuck();
                watch(other);
            }
        });
    }

    private void end() {
        if (state == State.OVER) {
            return;
        }
        try {
            session.closed();
            intake.abort();
        } catch (RuntimeException e) {
            LOG.error("{}: a bug while {} ended", visit.name(), channel, e);
        } finally {
            state = State.OVER;
            release();
            over();
        }
    }

    private void release() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing {}: {}", channel, e.toString());
        }
    }

    private void over() {
        visit.ended();
        ended.accept(this);
    }
}
