package org.bridgehead.core.mailbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.topology.Names;

/** What each node is and why, and the log of how that changed. One owner. */
final class Roster {
    private final ClusterJournal journal;
    private final List<String> nodes;
    private final SortedMap<String, Place> places = Names.map();

    /** Where a node stands; {@code why} it does not take part. */
    private record Place(NodeState state, String why) {
        private static final Place DOWN = new Place(NodeState.DOWN, "");
    }

    Roster(List<String> nodes, ClusterJournal journal) {
        this.nodes = nodes;
        this.journal = journal;
        nodes.forEach(node -> places.put(node, Place.DOWN));
    }

    NodeState state(String node) {
        return place(node).state();
    }

    String why(String node) {
        return place(node).why();
    }

    private Place place(String node) {
        return places.getOrDefault(node, Place.DOWN);
    }

    /** Learns what the nodes are after an election; those that stop are logged before the one that takes over. */
    void update(Election after, Optional<Side> formed, Instant now) {
        Optional<String> before =
                nodes.stream().filter(node -> state(node) == NodeState.ACTIVE).findFirst();
        nodes.stream().filter(node -> !after.hosts(node)).forEach(node -> become(node, after, formed, now));
        after.active().filter(node -> state(node) != NodeState.ACTIVE).ifPresent(node -> {
            String from = before.map(old -> " takes over from " + old).orElse(" is active");
            journal.add(now, 0, node, node + from);
            places.put(node, new Place(NodeState.ACTIVE, ""));
        });
    }

    private void become(String node, Election after, Optional<Side> formed, Instant now) {
        NodeState state = after.stateOf(node, formed);
        String why = state == NodeState.STOPPED ? after.whyStopped(node, formed) : "";
        Place place = new Place(state, why);
        if (!place.equals(place(node))) {
            log(node, place, after, now);
            places.put(node, place);
        }
    }

    private void log(String node, Place place, Election after, Instant now) {
        NodeState before = state(node);
        switch (place.state()) {
            case STOPPED -> {
                int eventId = before.isMember() ? ClusterLogEntry.QUORUM_LOST : after.eventOf(node);
                String begin = before.isMember()
                        ? " stops its cluster service: "
                        : before == NodeState.STOPPED ? " stays stopped: " : " cannot start its cluster service: ";
                journal.add(now, eventId, node, node + begin + place.why());
            }
            case PASSIVE -> journal.add(now, 0, node, node + " is passive");
            case EVICTED -> journal.add(now, 0, node, node + " is no member");
            default -> journal.add(now, 0, node, node + " is down");
        }
    }
}
