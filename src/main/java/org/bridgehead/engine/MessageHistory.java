package org.bridgehead.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.io.tracking.TrackingJson;
import org.bridgehead.io.tracking.TrackingSearch;

/** Finds the tracking events of one message. Safe for any thread. */
public final class MessageHistory {
    private static final Set<TrackingEvent.Kind> BEGINNINGS =
            EnumSet.of(TrackingEvent.Kind.RECEIVE, TrackingEvent.Kind.SUBMIT, TrackingEvent.Kind.DSN);

    private final TrackingLog log;

    MessageHistory(TrackingLog log) {
        this.log = log;
    }

    /**
     * The events of all messages with a Message-ID (with or without angle brackets), or with an identity in the
     * organisation (32 hexadecimal digits), oldest first, as the fields of the log. Where the memory no longer has the
     * beginning, the log on the disk is searched.
     *
     * @param limit most events
     * @throws IOException when the log on the disk cannot be read
     */
    public List<Map<String, Object>> of(String id, int limit) throws IOException {
        String wanted = id.toLowerCase(Locale.ROOT);
        List<Map<String, Object>> found = new ArrayList<>();
        boolean begins = false;
        for (TrackingEvent event : log.events()) {
            if (TrackingSearch.names(event, wanted) && found.size() < limit) {
                begins |= event.hop() == 1 && BEGINNINGS.contains(event.event());
                found.add(TrackingJson.fields(event));
            }
        }
        return begins || !log.isOnDisk() ? found : TrackingSearch.inFolder(log.flushed(), id, limit);
    }

    /**
     * Waits until there are more than {@code known} events of a message in memory, for {@code limit} at most.
     *
     * @throws InterruptedException when the thread is to end
     */
    public void awaitMore(String id, int known, Duration limit) throws InterruptedException {
        String wanted = id.toLowerCase(Locale.ROOT);
        CountDownLatch more = new CountDownLatch(1);
        Runnable end = log.listen(event -> {
            if (TrackingSearch.names(event, wanted)) {
                more.countDown();
            }
        });
        try {
            long now = log.events().stream()
                    .filter(event -> TrackingSearch.names(event, wanted))
                    .count();
            if (now <= known) {
                more.await(limit.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            end.run();
        }
    }

    /** The latest {@code limit} events in memory of all messages, oldest first, as the fields of the log. */
    public List<Map<String, Object>> latest(int limit) {
        List<TrackingEvent> events = log.events();
        return events.subList(Math.max(0, events.size() - limit), events.size()).stream()
                .map(TrackingJson::fields)
                .toList();
    }
}
