package org.bridgehead.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.topology.Names;

/** What tracking events have told of one message so far. Safe for any thread. */
final class Course {
    /** The message at one server, where it has a number of its own. */
    record Station(String server, InternalId number) implements Comparable<Station> {
        static Station of(TrackingEvent event) {
            return new Station(event.server(), event.internalId());
        }

        @Override
        public int compareTo(Station other) {
            int byServer = Names.ORDER.compare(server, other.server);
            return byServer != 0 ? byServer : number.compareTo(other.number);
        }
    }

    private final SortedSet<Station> stations = new TreeSet<>();
    private final SortedSet<String> sentTo = Names.set();
    private final SortedMap<EmailAddress, String> failed = new TreeMap<>();
    private final List<CompletableFuture<Settlement>> wanted = new ArrayList<>();
    private long events;

    synchronized void add(TrackingEvent event) {
        events++;
        stations.add(Station.of(event));
        if (event.event() == TrackingEvent.Kind.SEND) {
            event.nextHop().ifPresent(sentTo::add);
        } else if (event.event() == TrackingEvent.Kind.FAIL) {
            String words = (event.status() + " " + event.reason()).strip();
            event.recipients().forEach(recipient -> failed.put(recipient, words));
        }
    }

    /** Somebody waits for the end of it. */
    synchronized void want(CompletableFuture<Settlement> end) {
        wanted.add(end);
    }

    /** Whether somebody still waits for the end. */
    synchronized boolean isWanted() {
        wanted.removeIf(CompletableFuture::isDone);
        return !wanted.isEmpty();
    }

    synchronized List<CompletableFuture<Settlement>> wanted() {
        return List.copyOf(wanted);
    }

    /** Where it has been. */
    synchronized List<Station> stations() {
        return List.copyOf(stations);
    }

    /** Those it was sent to that have told nothing of it yet: servers of the organisation, and others. */
    synchronized List<String> silent() {
        return sentTo.stream()
                .filter(next -> stations.stream().noneMatch(station -> Names.same(station.server(), next)))
                .toList();
    }

    /** Grows with each event. */
    synchronized long events() {
        return events;
    }

    synchronized Settlement settlement() {
        return new Settlement(failed);
    }
}
