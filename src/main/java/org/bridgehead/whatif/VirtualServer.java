package org.bridgehead.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.Admission;
import org.bridgehead.core.hub.ConnectionId;
import org.bridgehead.core.hub.Handovers;
import org.bridgehead.core.hub.Hub;
import org.bridgehead.core.hub.HubEffect;
import org.bridgehead.core.hub.OpenHandovers;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.Snapshot;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.Target;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Numbered;
import org.bridgehead.core.scenario.Poisons;
import org.jspecify.annotations.Nullable;

/** A hub or edge over its lives: the hub of the present one, and what outlives it. */
final class VirtualServer {
    /** An open connection. */
    static final class Connection {
        private final Target target;
        private final int life;
        private long soundAt;

        /**
         * Opens it.
         *
         * @param life which life of the peer it was opened to; 0 where that is not counted
         */
        Connection(Target target, int life) {
            this.target = target;
            this.life = life;
        }

        Target target() {
            return target;
        }

        int life() {
            return life;
        }

        /** The state of the world in which it was last found whole; 0 = it was not looked at. */
        long soundAt() {
            return soundAt;
        }

        void soundAt(long state) {
            soundAt = state;
        }
    }

    private final String name;
    private final Dice dice;
    private final VirtualDisk disk = new VirtualDisk();
    private final Numbered<Connection> connections = new Numbered<>();
    private OpenHandovers handovers = new OpenHandovers();
    private @Nullable Hub hub;
    private int life;
    /** What operators told it that stands over its lives. */
    private List<Operation> standing = List.of();

    private int unanswered;
    private long diskDelay;
    private Duration ahead = Duration.ZERO;
    private boolean wasSet;
    private int writing;
    private int unsettled;
    private int recovering;
    private boolean refusing;
    private Instant diskFree = Instant.MIN;
    private boolean refusesWrites;
    private boolean failsSync;
    private boolean fallen;
    private final Poisons poisons = new Poisons();

    VirtualServer(String name, Dice dice) {
        this.name = name;
        this.dice = dice;
    }

    Dice dice() {
        return dice;
    }

    /** When its disk will have done what it was asked. */
    Instant diskFree() {
        return diskFree;
    }

    void diskFree(Instant at) {
        diskFree = at;
    }

    /** Batches under way that say what needs nothing more. */
    int unsettled() {
        return unsettled;
    }

    void settling(int more) {
        unsettled += more;
    }

    /** Messages of its disk that the present life has not heard of. */
    int recovering() {
        return recovering;
    }

    void recovering(int more) {
        recovering += more;
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

    /** Whether its disk cannot bring to stable storage what it takes. */
    boolean failsSync() {
        return failsSync;
    }

    void failSync(boolean fail) {
        failsSync = fail;
    }

    /** Messages that crash it. */
    Poisons poisons() {
        return poisons;
    }

    /** Begins a life; the caller feeds it what the disk has. */
    void start(Snapshot snapshot, int room) {
        if (hub != null) {
            throw new IllegalStateException(name + " runs already");
        }
        hub = new Hub(snapshot, room);
        handovers = new OpenHandovers();
        life++;
        hub.begin(life);
        hub.restore(standing);
    }

    /** It has crashed with a message, and will start again by itself; after {@link #stop}. */
    void crashed(Optional<InternalId> message) {
        message.ifPresent(suspect -> standing = Operation.CountCrashes.after(standing, suspect));
        fallen = true;
    }

    /** Whether it has crashed and is about to start by itself. */
    boolean isFallen() {
        return fallen;
    }

    /** It may start. */
    void rise() {
        fallen = false;
    }

    /** Ends the life at once. */
    void stop() {
        if (hub != null) {
            standing = hub.standing();
        }
        hub = null;
        unanswered = 0;
        writing = 0;
        unsettled = 0;
        recovering = 0;
        refusing = false;
        diskFree = Instant.MIN;
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

    /** What becomes of a message at its door, now that its disk has come to it. */
    Handovers.Decision decide(SpoolRecord.Accepted arriving) {
        return Handovers.decide(
                arriving,
                handovers.concern(arriving)
                        ? disk.taken(arriving.facts().state().id())
                        : List.of());
    }

    void slowDisk(Duration delay) {
        diskDelay = delay.toNanos();
    }

    /** Nanoseconds that each access to its disk takes more. */
    long diskDelay() {
        return diskDelay;
    }

    void setClock(Duration difference) {
        ahead = difference;
        wasSet = true;
    }

    /** Whether its clock has ever been set: what waited for an earlier time then comes late. */
    boolean wasSet() {
        return wasSet;
    }

    /** By how much its clock is ahead of true time. */
    Duration ahead() {
        return ahead;
    }

    /** Its hub wants something. */
    void asked(HubEffect effect) {
        if (wantsAnswer(effect)) {
            unanswered++;
        }
        if (effect instanceof HubEffect.Persist) {
            writing++;
        }
    }

    void answered(HubEffect effect) {
        if (effect instanceof HubEffect.Persist && --writing == 0) {
            refusing = false;
        }
        if (wantsAnswer(effect) && --unanswered < 0) {
            throw new IllegalStateException(name + " got an answer too many: " + effect);
        }
    }

    /**
     * Whether a batch is refused now: because the disk is full or cannot sync it, or because one before it was and not all
     * of those are answered, or records of one message would change their order.
     */
    boolean refusesBatch(boolean synced) {
        refusing |= refusesWrites || synced && failsSync;
        return refusing;
    }

    int unanswered() {
        return unanswered;
    }

    static boolean wantsAnswer(HubEffect effect) {
        return !(effect instanceof HubEffect.Track
                || effect instanceof HubEffect.Close
                || effect instanceof HubEffect.Redelivered
                || effect instanceof HubEffect.WakeAt);
    }

    void opened(ConnectionId id, Connection connection) {
        connections.put(id.value(), connection);
    }

    void closed(ConnectionId id) {
        connections.remove(id.value());
    }

    Connection connection(ConnectionId id) {
        Connection connection = connections.get(id.value());
        if (connection == null) {
            throw new IllegalStateException(name + " uses connection " + id + ", which is not open");
        }
        return connection;
    }

    int openConnections() {
        return connections.size();
    }
}
