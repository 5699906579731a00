package org.bridgehead.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.engine.Course.Station;

/**
 * Follows messages to their end. A message has ended when no server has it any more: each hop is told by a tracking
 * event before the server before lets go, so whenever a server has let go of something, all servers are asked for the
 * messages that somebody waits for, and one that nobody has, with no news of it meanwhile, is settled. A server that is
 * down still has what it had. Safe for any thread; asks in a thread of the organisation.
 */
public final class Settlements implements AutoCloseable {
    /** Messages remembered that nobody has asked for yet: a server's answer is that far ahead of the question. */
    private static final int REMEMBERED = 10_000;

    /** A course and how much was known of it when the servers were asked. */
    private record Look(Course course, long events) {}

    private final Plant plant;
    private final List<Runnable> ends;
    private final Map<TransportId, Course> remembered = new LinkedHashMap<>();
    private final Map<TransportId, Course> waiting = new LinkedHashMap<>();
    private final Map<Station, TransportId> known = new TreeMap<>();
    private final Map<Station, CompletableFuture<Settlement>> early = new TreeMap<>();
    private boolean looking;
    private boolean lookAgain;
    private boolean closed;

    Settlements(Plant plant) {
        this.plant = plant;
        this.ends = List.of(plant.tracking().listen(this::happened), plant.onRelease(this::look));
    }

    /**
     * The end of a message that was handed in after this began to follow. Cancelled when this is closed before; not
     * completed while a server that has the message is down.
     *
     * @throws IllegalArgumentException when the server took it for nobody
     */
    public CompletableFuture<Settlement> of(SendResult taken) {
        Station first = new Station(
                taken.server(),
                taken.number().orElseThrow(() -> new IllegalArgumentException("the message was taken for nobody")));
        CompletableFuture<Settlement> end = new CompletableFuture<>();
        if (!follow(first, end)) {
            end.cancel(false);
        }
        end.whenComplete((settlement, trouble) -> {
            if (trouble != null) {
                giveUp(first, end);
            }
        });
        look();
        return end;
    }

    private synchronized boolean follow(Station first, CompletableFuture<Settlement> end) {
        TransportId message = known.get(first);
        if (message == null) {
            early.put(first, end);
        } else {
            want(message, end);
        }
        return !closed;
    }

    /** Whoever waited has lost patience. */
    private synchronized void giveUp(Station first, CompletableFuture<Settlement> end) {
        early.remove(first, end);
        TransportId message = known.get(first);
        Course course = message == null ? null : waiting.get(message);
        if (message != null && course != null && !course.isWanted()) {
            waiting.remove(message);
            remembered.put(message, course);
            forget();
        }
    }

    private void want(TransportId message, CompletableFuture<Settlement> end) {
        Course course = remembered.containsKey(message) ? remembered.remove(message) : waiting.get(message);
        if (course != null) {
            course.want(end);
            waiting.put(message, course);
        }
    }

    private synchronized void happened(TrackingEvent event) {
        if (closed) {
            return;
        }
        TransportId message = event.transportId();
        Course course = waiting.get(message);
        if (course == null) {
            course = remembered.computeIfAbsent(message, id -> new Course());
        }
        course.add(event);
        Station station = Station.of(event);
        known.put(station, message);
        CompletableFuture<Settlement> end = early.remove(station);
        if (end != null) {
            want(message, end);
        }
        forget();
    }

    private void forget() {
        Iterator<Course> oldest = remembered.values().iterator();
        while (remembered.size() > REMEMBERED) {
            oldest.next().stations().forEach(known::remove);
            oldest.remove();
        }
    }

    /** A server has let go of a message, or somebody new waits. Quick: the servers are asked in another thread. */
    private synchronized void look() {
        lookAgain = true;
        if (!looking && !closed && !waiting.isEmpty()) {
            looking = true;
            plant.pool().execute(this::lookAround);
        }
    }

    private void lookAround() {
        List<Look> looks = begin();
        while (!looks.isEmpty()) {
            Holders holders = Holders.ask(
                    plant,
                    looks.stream()
                            .flatMap(look -> look.course().stations().stream())
                            .toList());
            for (Look look : looks) {
                if (!holders.mayHave(look.course())) {
                    settle(look);
                }
            }
            looks = begin();
        }
    }

    /** What is to be looked at; empty = nothing has happened since the last time, or nobody waits. */
    private synchronized List<Look> begin() {
        List<Look> looks = new ArrayList<>();
        if (lookAgain && !closed) {
            waiting.values().forEach(course -> looks.add(new Look(course, course.events())));
        }
        lookAgain = false;
        looking = !looks.isEmpty();
        return looks;
    }

    private void settle(Look look) {
        List<CompletableFuture<Settlement>> told;
        synchronized (this) {
            if (look.course().events() != look.events()) {
                return; // there was news while the servers were asked: one more will let go of it
            }
            waiting.values().remove(look.course());
            look.course().stations().forEach(known::remove);
            told = look.course().wanted();
        }
        told.forEach(end -> end.complete(look.course().settlement()));
    }

    @Override
    public void close() {
        List<CompletableFuture<Settlement>> open = new ArrayList<>();
        synchronized (this) {
            closed = true;
            waiting.values().forEach(course -> open.addAll(course.wanted()));
            open.addAll(early.values());
            waiting.clear();
            remembered.clear();
            known.clear();
            early.clear();
        }
        ends.forEach(Runnable::run);
        open.forEach(end -> end.cancel(false));
    }
}
