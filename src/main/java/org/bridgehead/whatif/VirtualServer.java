package org.bridgehead.whatif;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.hub.Admission;
import org.bridgehead.core.hub.ConnectionId;
import org.bridgehead.core.hub.Hub;
import org.bridgehead.core.hub.HubEffect;
import org.bridgehead.core.hub.Snapshot;
import org.bridgehead.core.hub.Target;
import org.jspecify.annotations.Nullable;

/** A hub or edge over its lives: the hub of the present one, and what outlives it. */
final class VirtualServer {
    /**
     * An open connection.
     *
     * @param target where to
     * @param life which life of the peer it was opened to; 0 where that is not counted
     */
    record Connection(Target target, int life) {}

    private final String name;
    private final VirtualDisk disk = new VirtualDisk();
    private final TreeMap<ConnectionId, Connection> connections = new TreeMap<>();
    private @Nullable Hub hub;
    private int life;
    private int unanswered;
    private Duration diskDelay = Duration.ZERO;
    private Duration ahead = Duration.ZERO;
    private boolean refusesWrites;
    /** Batches that the hub wants written and has no answer for. */
    private int unwritten;
    /** A batch was refused, and others are unwritten. */
    private boolean refusing;

    VirtualServer(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    VirtualDisk disk() {
        return disk;
    }

    /** Whether its disk is full. */
    boolean refusesWrites() {
        return refusesWrites;
    }

    void refuseWrites(boolean refuse) {
        refusesWrites = refuse;
    }

    /** Begins a life; the caller feeds it what the disk has. */
    void start(Snapshot snapshot, int room) {
        if (hub != null) {
            throw new IllegalStateException(name + " runs already");
        }
        hub = new Hub(snapshot, room);
        life++;
    }

    /** Ends the life at once. */
    void stop() {
        hub = null;
        unanswered = 0;
        unwritten = 0;
        refusing = false;
        connections.clear();
    }

    boolean isRunning() {
        return hub != null;
    }

    int life() {
        return life;
    }

    Hub hub() {
        if (hub == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return hub;
    }

    Admission admission() {
        return hub().admission();
    }

    void slowDisk(Duration delay) {
        diskDelay = delay;
    }

    Duration diskDelay() {
        return diskDelay;
    }

    void setClock(Duration difference) {
        ahead = difference;
    }

    /** By how much its clock is ahead of true time. */
    Duration ahead() {
        return ahead;
    }

    /**
     * Why a batch is not written; empty = it may be. What comes behind a refused batch is refused too, until all of it is
     * answered: the hub writes it anew only then.
     */
    Optional<String> refusal() {
        boolean behind = refusing;
        refusing |= refusesWrites;
        return behind
                ? Optional.of("an earlier batch was refused")
                : refusesWrites ? Optional.of("the disk is full") : Optional.empty();
    }

    /** A batch was written or refused, and the hub is about to hear of it. */
    void writeAnswered() {
        unwritten--;
        refusing &= unwritten > 0;
    }

    void asked(List<HubEffect> effects) {
        unwritten += (int)
                effects.stream().filter(HubEffect.Persist.class::isInstance).count();
        unanswered += (int) effects.stream().filter(VirtualServer::wantsAnswer).count();
    }

    void answered(HubEffect effect) {
        if (wantsAnswer(effect) && --unanswered < 0) {
            throw new IllegalStateException(name + " got an answer too many: " + effect);
        }
    }

    int unanswered() {
        return unanswered;
    }

    private static boolean wantsAnswer(HubEffect effect) {
        return !(effect instanceof HubEffect.Close
                || effect instanceof HubEffect.Track
                || effect instanceof HubEffect.WakeAt);
    }

    void opened(ConnectionId id, Connection connection) {
        connections.put(id, connection);
    }

    void closed(ConnectionId id) {
        connections.remove(id);
    }

    Connection connection(ConnectionId id) {
        Connection connection = connections.get(id);
        if (connection == null) {
            throw new IllegalStateException(name + " uses connection " + id + ", which is not open");
        }
        return connection;
    }

    int openConnections() {
        return connections.size();
    }
}
