package org.bridgehead.whatif;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.dumpster.RequestSchedule;
import org.bridgehead.core.hub.StorageGroupId;

/**
 * Asks hubs for what storage groups lost, and those that do not answer again (BEHAVIOUR 4.2). Requests outlive every
 * server. One thread.
 */
final class VirtualRedeliveries {
    /**
     * What one hub is asked.
     *
     * @param number unique over all requests
     * @param hub who is asked
     * @param group what may have lost mail
     * @param window from and to when
     * @param made when it was asked first
     */
    record Request(long number, String hub, StorageGroupId group, RedeliveryWindow window, Instant made) {}

    /** How hubs are reached. */
    interface Hubs {
        /** Passes a request on; false = the hub does not run. */
        boolean ask(Request request);
    }

    private final Timeline time;
    private final Hubs hubs;
    private final TreeMap<Long, Request> open = new TreeMap<>();
    private long last;

    VirtualRedeliveries(Timeline time, Hubs hubs) {
        this.time = time;
        this.hubs = hubs;
    }

    /** Asks these hubs, now and until each has answered. */
    void ask(StorageGroupId group, RedeliveryWindow window, Collection<String> whom) {
        long first = last + 1;
        for (String hub : whom) {
            Request request = new Request(++last, hub, group, window, time.now());
            open.put(request.number(), request);
        }
        for (long number = first; number <= last; number++) {
            attempt(number);
        }
    }

    private void attempt(long number) {
        Request request = open.get(number);
        if (request == null) {
            return;
        }
        Optional<Instant> next = RequestSchedule.next(request.made(), time.now());
        next.ifPresent(at -> time.at(at, request.group().server(), () -> attempt(number)));
        if (!hubs.ask(request) && next.isEmpty()) {
            open.remove(number);
        }
    }

    /** A hub has carried out a request. */
    void answered(long number) {
        open.remove(number);
    }

    /** Those that no hub has answered, and of which the hub works at it or will be asked again. */
    List<Request> open() {
        return List.copyOf(open.values());
    }
}
