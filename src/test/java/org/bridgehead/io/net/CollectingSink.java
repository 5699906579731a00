package org.bridgehead.io.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.smtp.MessageStart;
import org.bridgehead.core.smtp.Peer;
import org.bridgehead.core.smtp.Reply;

/** Keeps what arrives in memory; local part {@code nospace} cannot be written, {@code nosync} not be ended. */
final class CollectingSink implements MessageSink {
    /** A message that was taken. */
    record Taken(Peer peer, Envelope envelope, Facts facts, byte[] octets) {}

    final Queue<Taken> taken = new ConcurrentLinkedQueue<>();
    final AtomicLong aborted = new AtomicLong();
    /** Holds every {@link Incoming#end} until it is counted down. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    volatile boolean full;
    /** Whether messages end in a thread of their own, while the listener's goes on. */
    volatile boolean prompt;

    private final AtomicLong numbers = new AtomicLong();

    @Override
    public boolean isPrompt() {
        return prompt;
    }

    @Override
    public Answer begin(Peer peer, Envelope envelope, long declaredSize) {
        if (full) {
            return new Answer.Refused(Reply.of(452, "4.3.1", "Insufficient system resources"));
        }
        if (is(envelope, "bug")) {
            throw new IllegalStateException("a bug in the sink, on purpose");
        }
        return new Answer.Begun(new Message(peer, envelope, numbers.incrementAndGet()));
    }

    private static boolean is(Envelope envelope, String localPart) {
        return envelope.recipients().get(0).address().localPart().equals(localPart);
    }

    private final class Message implements Incoming {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private final Peer peer;
        private final Envelope envelope;
        private final MessageStart start;

        Message(Peer peer, Envelope envelope, long number) {
            this.peer = peer;
            this.envelope = envelope;
            this.start = new MessageStart(
                    new InternalId(number), new TransportId(0, number), Instant.parse("2026-03-01T00:00:00Z"));
        }

        @Override
        public MessageStart start() {
            return start;
        }

        @Override
        public void write(byte[] data, int offset, int length) throws IOException {
            if (is(envelope, "nospace")) {
                throw new IOException("no space, on purpose");
            }
            octets.write(data, offset, length);
        }

        @Override
        public List<Reply> end(Envelope complete, Facts facts) throws IOException {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (is(envelope, "nosync")) {
                throw new IOException("no sync, on purpose");
            }
            taken.add(new Taken(peer, complete, facts, octets.toByteArray()));
            return List.of(Reply.of(250, "2.0.0", "Queued"));
        }

        @Override
        public void end(Envelope complete, Facts facts, Consumer<Ending> then) {
            if (prompt) {
                new Thread(() -> then.accept(ended(complete, facts)), "sync").start();
            } else {
                Incoming.super.end(complete, facts, then);
            }
        }

        private Ending ended(Envelope complete, Facts facts) {
            try {
                List<Reply> replies = end(complete, facts);
                return () -> replies;
            } catch (IOException e) {
                return () -> {
                    throw e;
                };
            }
        }

        @Override
        public void abort() {
            aborted.incrementAndGet();
        }
    }
}
