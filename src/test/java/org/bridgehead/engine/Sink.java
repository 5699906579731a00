package org.bridgehead.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.smtp.ConnectionLimits;
import org.bridgehead.core.smtp.MessageStart;
import org.bridgehead.core.smtp.Peer;
import org.bridgehead.core.smtp.ReceiveConfig;
import org.bridgehead.core.smtp.ReceiveLimits;
import org.bridgehead.core.smtp.ReceivePolicy;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.io.net.ListenerSettings;
import org.bridgehead.io.net.MessageSink;
import org.bridgehead.io.net.SmtpListener;

/** A mail server outside the engine that counts what it gets: each (token, recipient), from the field {@code X-Token}. */
final class Sink implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("(?im)^X-Token: (\\S+)\r?$");

    /** Behind that of the sink's own line. */
    private static final Pattern NUMBER = Pattern.compile("(?s)\\A.*?\\sid \\d+.*?\\sid (\\d+)");

    /** One copy for one recipient: when it came, in which life of the engine, and the number its last server gave it. */
    record Arrival(long nanos, int life, String number) {}

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "sink");
        thread.setDaemon(true);
        return thread;
    });
    private final boolean lmtp;
    private final SmtpListener listener;
    private final Map<String, List<Arrival>> got = new TreeMap<>();

    private int life;
    private int messages;

    private Sink(boolean lmtp) throws IOException {
        this.lmtp = lmtp;
        ReceiveConfig config = lmtp
                ? ReceiveConfig.lmtp("sink.test", "", ReceiveLimits.HUB)
                : ReceiveConfig.smtp("sink.test", "", ReceiveLimits.HUB);
        ReceivePolicy everybody = new ReceivePolicy() {
            @Override
            public Optional<Reply> recipient(
                    Peer peer, Optional<EmailAddress> sender, List<Recipient> soFar, Recipient recipient) {
                return Optional.empty();
            }
        };
        listener = SmtpListener.open(
                ListenerSettings.hub("127.0.0.1", 0).with(ConnectionLimits.HUB),
                config,
                everybody,
                (peer, envelope, size) -> new MessageSink.Answer.Begun(new Message()),
                threads,
                threads);
    }

    static Sink smtp() throws IOException {
        return new Sink(false);
    }

    static Sink lmtp() throws IOException {
        return new Sink(true);
    }

    int port() {
        return listener.port();
    }

    private final class Message implements MessageSink.Incoming {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private final MessageStart start = new MessageStart(new InternalId(1), Drivers.newTransportId(), Instant.now());

        @Override
        public MessageStart start() {
            return start;
        }

        @Override
        public void write(byte[] part, int offset, int length) {
            octets.write(part, offset, length);
        }

        @Override
        public List<Reply> end(Envelope envelope, Facts facts) {
            String text = octets.toString(StandardCharsets.ISO_8859_1);
            count(found(TOKEN, text), found(NUMBER, text), envelope.recipients());
            Reply ok = Reply.of(250, "2.6.0", "counted");
            return lmtp ? envelope.recipients().stream().map(r -> ok).toList() : List.of(ok);
        }

        @Override
        public void abort() {
            octets.reset();
        }
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "none";
    }

    private synchronized void count(String token, String number, List<Recipient> recipients) {
        Arrival arrival = new Arrival(System.nanoTime(), life, number);
        for (Recipient recipient : recipients) {
            got.computeIfAbsent(token + " " + recipient.address(), key -> new ArrayList<>(1))
                    .add(arrival);
        }
        messages++;
        notifyAll();
    }

    /** Waits for all of these; answers those that did not come in time. */
    synchronized List<String> missing(Collection<String> wanted, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        List<String> missing = new ArrayList<>(wanted);
        missing.removeIf(got::containsKey);
        for (long left = limit.toMillis();
                !missing.isEmpty() && left > 0;
                left = (end - System.nanoTime()) / 1_000_000) {
            wait(Math.min(left, 500));
            missing.removeIf(got::containsKey);
        }
        return missing;
    }

    /** Waits until so many copies have come of what {@code key} names; answers how many have. */
    synchronized int awaitCopies(String key, int wanted, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toMillis();
                copies(key) < wanted && left > 0;
                left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return copies(key);
    }

    private int copies(String key) {
        return got.getOrDefault(key, List.of()).size();
    }

    /** The engine begins another life. */
    synchronized void nextLife() {
        life++;
    }

    /** The copies of all that came more than once, in the order in which they came. */
    synchronized Map<String, List<Arrival>> repeated() {
        Map<String, List<Arrival>> found = new TreeMap<>();
        got.forEach((key, arrivals) -> {
            if (arrivals.size() > 1) {
                found.put(key, List.copyOf(arrivals));
            }
        });
        return found;
    }

    /** How many came more than once. */
    synchronized long duplicates() {
        return got.values().stream().mapToLong(arrivals -> arrivals.size() - 1).sum();
    }

    synchronized int messages() {
        return messages;
    }

    @Override
    public void close() {
        listener.kill();
        threads.shutdownNow();
    }
}
