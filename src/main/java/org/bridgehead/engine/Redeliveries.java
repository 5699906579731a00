package org.bridgehead.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.dumpster.RequestSchedule;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.topology.Names;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks hubs for what storage groups lost, and asks those that do not answer again for up to 7 days (BEHAVIOUR 4.2). What
 * is open stands in a file of the data folder, so that a restart forgets nobody. Safe for any thread.
 */
final class Redeliveries implements Drivers.Redelivered {
    private static final Logger LOG = LoggerFactory.getLogger(Redeliveries.class);

    /** Answered ones that are still told of. */
    private static final int REMEMBERED = 10_000;

    /** How hubs are reached. */
    interface Hubs {
        /** Passes a request on; false = the hub does not run here, or not now. */
        boolean ask(RedeliveryRequest request);
    }

    private final LinesFile file;
    private final EngineClock clock;
    private final Activity.Scope activity;
    private final ExecutorService pool;
    private final Hubs hubs;
    private final TreeMap<Long, RedeliveryRequest> requests = new TreeMap<>();
    private long last;

    private Redeliveries(LinesFile file, EngineClock clock, Activity.Scope activity, ExecutorService pool, Hubs hubs) {
        this.file = file;
        this.clock = clock;
        this.activity = activity;
        this.pool = pool;
        this.hubs = hubs;
        // Hubs tell requests of different processes apart by their numbers.
        this.last = new SecureRandom().nextLong() >>> 16;
    }

    /** With what an earlier process left open; nobody is asked before {@link #resume}. */
    static Redeliveries of(
            Optional<Path> data, EngineClock clock, Activity.Scope activity, ExecutorService pool, Hubs hubs)
            throws IOException {
        LinesFile file = new LinesFile(data.map(folder -> folder.resolve("redelivery-requests.txt")));
        Redeliveries all = new Redeliveries(file, clock, activity, pool, hubs);
        for (String line : file.read()) {
            RedeliveryRequest.parse(line, clock.now())
                    .ifPresentOrElse(
                            open -> all.requests.put(open.number(), open),
                            () -> LOG.warn("redelivery request not understood, left out: {}", line));
        }
        return all;
    }

    /** All servers run: what an earlier process left open is asked for. */
    void resume() {
        open().forEach(request -> begin(request.number()));
    }

    /** Asks these hubs, now and until each has answered. Returns when the requests would survive a power cut. */
    List<RedeliveryRequest> ask(StorageGroupId group, RedeliveryWindow window, Collection<String> whom)
            throws IOException {
        List<RedeliveryRequest> made = prepare(group, window, whom);
        made.forEach(request -> begin(request.number()));
        return made;
    }

    /**
     * Writes down that these hubs are to be asked and returns when that would survive a power cut; none is asked before
     * {@link #begin}.
     */
    List<RedeliveryRequest> prepare(StorageGroupId group, RedeliveryWindow window, Collection<String> whom)
            throws IOException {
        List<RedeliveryRequest> made = new ArrayList<>();
        synchronized (this) {
            Instant now = clock.now();
            for (String hub : whom) {
                RedeliveryRequest request =
                        new RedeliveryRequest(++last, hub, group, window, now, Optional.of(now), Optional.empty());
                requests.put(request.number(), request);
                made.add(request);
            }
            save();
        }
        return made;
    }

    /** Asks the hub of a request, now and until it has answered. */
    void begin(long number) {
        RedeliveryRequest request;
        synchronized (this) {
            request = requests.get(number);
            if (request == null || !request.isOpen()) {
                return;
            }
            Instant now = clock.now();
            Optional<Instant> next = RequestSchedule.next(request.made(), now);
            requests.put(number, request.askedAgainAt(next));
            next.ifPresentOrElse(
                    at -> clock.schedule(at, () -> begin(number)),
                    () -> LOG.error(
                            "{} did not answer for {}: what its dumpster had of {} is not redelivered",
                            request.hub(),
                            RequestSchedule.LIMIT,
                            request.storageGroup()));
        }
        if (!hubs.ask(request)) {
            LOG.warn("{} cannot be asked for mail of {} now, asking again", request.hub(), request.storageGroup());
        }
    }

    @Override
    public void by(String hub, long number, int messages) {
        synchronized (this) {
            RedeliveryRequest request = requests.get(number);
            if (request == null || !Names.same(request.hub(), hub)) {
                return;
            }
            requests.put(number, request.answered(messages));
            forgetOld();
        }
        activity.begin();
        // The hub's thread does not wait for a disk.
        pool.execute(() -> {
            try {
                saveNow();
            } catch (IOException e) {
                LOG.warn("{} may be asked once more, {}", hub, e.toString());
            } finally {
                activity.end();
            }
        });
    }

    private void forgetOld() {
        if (requests.size() > 2 * REMEMBERED) {
            List<Long> answered = requests.values().stream()
                    .filter(request -> !request.isOpen())
                    .map(RedeliveryRequest::number)
                    .toList();
            answered.subList(0, Math.max(0, answered.size() - REMEMBERED)).forEach(requests::remove);
        }
    }

    private synchronized void saveNow() throws IOException {
        save();
    }

    private void save() throws IOException {
        file.replace(requests.values().stream()
                .filter(RedeliveryRequest::isOpen)
                .map(RedeliveryRequest::line)
                .toList());
    }

    /** Those that no hub has answered yet. */
    synchronized List<RedeliveryRequest> open() {
        return requests.values().stream().filter(RedeliveryRequest::isOpen).toList();
    }

    /** All that are remembered, oldest first. */
    synchronized List<RedeliveryRequest> all() {
        return List.copyOf(requests.values());
    }
}
