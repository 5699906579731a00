package org.bridgehead.whatif;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bridgehead.core.hub.MessageFilter;
import org.bridgehead.core.hub.MessageView;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.topology.Names;

/**
 * Watches messages that crash servers (BEHAVIOUR 3.1, 3.2): the server names the right one, it crashes twice with it and
 * no more until an operator frees it, and from then on it is in the poison queue, where people see it, and in the tracking
 * log. One thread.
 */
final class PoisonWatch {
    private static final String QUEUE = Operation.ResumeQueue.POISON.queue();

    private final List<Violation> violations;
    /** How often since an operator freed it last, by server. */
    private final SortedMap<String, TreeMap<InternalId, Integer>> crashes = Names.map();
    /** Set aside by the tracking log. */
    private final SortedMap<String, TreeSet<InternalId>> told = Names.map();

    PoisonWatch(List<Violation> violations) {
        this.violations = violations;
    }

    private void violated(String detail) {
        violations.add(new Violation("poison", detail));
    }

    /** A server has crashed with a message. */
    void crashed(String server, InternalId message, Optional<InternalId> suspect) {
        if (!suspect.equals(Optional.of(message))) {
            violated(server + " crashed with message " + message + " and suspects " + suspect);
        }
        int times = crashes.computeIfAbsent(server, its -> new TreeMap<>()).merge(message, 1, Integer::sum);
        if (times > Operation.CountCrashes.MOST) {
            violated(server + " crashed with message " + message + " " + times + " times");
        }
    }

    /** A line of the tracking log. */
    void tracked(TrackingEvent event) {
        if (event.event() == TrackingEvent.Kind.POISONMESSAGE) {
            told.computeIfAbsent(event.server(), its -> new TreeSet<>()).add(event.internalId());
        }
    }

    /** An operator is about to free what a running server has set aside: exactly that may crash it again. */
    void freeing(VirtualServer server) {
        for (MessageView view : server.hub().messageViews(MessageFilter.all(Integer.MAX_VALUE))) {
            if (view.queue().equals(QUEUE)) {
                crashes.getOrDefault(server.name(), new TreeMap<>()).remove(view.id());
                told.getOrDefault(server.name(), new TreeSet<>()).remove(view.id());
            }
        }
    }

    /** Messages in the poison queue of a running server. */
    static int aside(VirtualServer server) {
        return server.hub().allQueues().stream()
                .filter(queue -> queue.name().equals(QUEUE))
                .mapToInt(QueueView::messages)
                .sum();
    }

    /** Looks at a server that waits for nothing: what crashed it too often stands in its poison queue. */
    void check(VirtualServer server) {
        TreeMap<InternalId, Integer> counted = crashes.get(server.name());
        TreeSet<InternalId> set = told.get(server.name());
        if (counted == null && set == null) {
            return;
        }
        long due = counted == null ? 0 : due(server, counted);
        int aside = aside(server);
        int tracked = set == null ? 0 : set.size();
        if (aside != due || aside != tracked) {
            violated(server.name() + " has set aside " + aside + " messages, has crashed too often with " + due
                    + " that are on its disk, and the tracking log tells of " + tracked);
        }
    }

    private static long due(VirtualServer server, TreeMap<InternalId, Integer> counted) {
        return counted.entrySet().stream()
                .filter(entry -> entry.getValue() >= Operation.CountCrashes.MOST)
                .map(entry -> server.disk().load(entry.getKey()))
                .flatMap(Optional::stream)
                .count();
    }
}
