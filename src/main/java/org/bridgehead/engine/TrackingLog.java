package org.bridgehead.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.TraceContext;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.io.tracking.TrackingJson;
import org.bridgehead.io.tracking.TrackingSearch;

/**
 * What happened in an organisation: the tracking events of all its servers in the order they were written, the latest of
 * them in memory. Safe for any thread.
 */
public final class TrackingLog {
    private static final int MOST_TRACES = 20_000;

    private final int kept;
    /** The traces that messages are part of; the oldest ones are forgotten. */
    private final Map<TransportId, TraceContext> traces = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TransportId, TraceContext> eldest) {
            return size() > MOST_TRACES;
        }
    };

    private volatile Optional<TrackingWriter> file = Optional.empty();
    private final ArrayDeque<TrackingEvent> events = new ArrayDeque<>();
    private final CopyOnWriteArrayList<Consumer<TrackingEvent>> listeners = new CopyOnWriteArrayList<>();

    /** An empty log that keeps the latest {@code kept} events in memory. */
    TrackingLog(int kept) {
        this.kept = kept;
    }

    void write(TrackingEvent event) {
        synchronized (events) {
            if (events.size() >= kept) {
                events.removeFirst();
            }
            events.addLast(event);
        }
        file.ifPresent(log -> log.write(event));
        listeners.forEach(listener -> listener.accept(event));
    }

    /** The log is kept on the disk, too. */
    void file(TrackingWriter log) {
        file = Optional.of(log);
    }

    boolean isOnDisk() {
        return file.isPresent();
    }

    /** The folder of the log on the disk, with everything that has happened in it. */
    Path flushed() throws IOException {
        return file.orElseThrow(() -> new IOException("there is no log on a disk"))
                .flushed();
    }

    /** A server has a message, which may be part of a trace. */
    void remember(SpoolRecord.Accepted message) {
        TraceContext.of(message.facts().header().fields()).ifPresent(context -> {
            synchronized (traces) {
                traces.put(message.facts().state().id(), context);
            }
        });
    }

    /** The trace that a message is part of by the header that its sender wrote; of the latest messages. */
    public Optional<TraceContext> traceOf(TransportId message) {
        synchronized (traces) {
            return Optional.ofNullable(traces.get(message));
        }
    }

    /** All events kept, oldest first. */
    public List<TrackingEvent> events() {
        synchronized (events) {
            return new ArrayList<>(events);
        }
    }

    /** The events of one message on all servers, oldest first. */
    public List<TrackingEvent> of(TransportId message) {
        return events().stream().filter(e -> e.transportId().equals(message)).toList();
    }

    /** The events of all messages with this Message-ID, oldest first. */
    public List<TrackingEvent> of(MessageId message) {
        return events().stream().filter(e -> e.messageId().equals(message)).toList();
    }

    /** The events that concern a recipient, oldest first. */
    public List<TrackingEvent> concerning(EmailAddress recipient) {
        return events().stream().filter(e -> e.recipients().contains(recipient)).toList();
    }

    /**
     * Deliveries to mailboxes that {@code wanted} takes, as the fields of the log, oldest first: of the log on the disk,
     * else of the memory.
     *
     * @throws IOException when the log on the disk cannot be read
     */
    List<Map<String, Object>> deliveries(Predicate<Map<String, Object>> wanted) throws IOException {
        return isOnDisk()
                ? TrackingSearch.inFolder(flushed(), TrackingEvent.Kind.DELIVER, wanted)
                : events().stream()
                        .filter(event -> event.event() == TrackingEvent.Kind.DELIVER)
                        .map(TrackingJson::fields)
                        .filter(wanted)
                        .toList();
    }

    /** From when on {@link #deliveries} knows all; empty = from the beginning, or as long as the log is kept. */
    Optional<Instant> knownSince() {
        synchronized (events) {
            return isOnDisk() || events.size() < kept
                    ? Optional.empty()
                    : Optional.of(events.getFirst().time());
        }
    }

    /**
     * Calls {@code listener} with each event from now on, in the thread that writes it: it must be quick.
     *
     * @return ends it
     */
    public Runnable listen(Consumer<TrackingEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
