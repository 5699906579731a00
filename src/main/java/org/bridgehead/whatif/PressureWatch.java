package org.bridgehead.whatif;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.hub.Admission;
import org.bridgehead.core.hub.Admission.Refusal;
import org.bridgehead.core.hub.Admission.Trust;
import org.bridgehead.core.hub.Pressure.Level;
import org.bridgehead.core.topology.Names;

/**
 * Watches the doors of pressed servers (BEHAVIOUR 3.3): under high pressure nothing is taken, under medium pressure what
 * servers bring, and who is under none and has room on his disk sends nobody away for that. One thread.
 */
final class PressureWatch {
    private final List<Violation> violations;
    /** Of the present life of each server; what it ought to be, whatever the server thinks. */
    private final SortedMap<String, Level> levels = Names.map();

    PressureWatch(List<Violation> violations) {
        this.violations = violations;
    }

    /** A look at a running server found what makes this level. */
    void pressed(String server, Level level) {
        levels.put(server, level);
    }

    /** A server that starts has enough of everything. */
    void died(String server) {
        levels.remove(server);
    }

    private static boolean isSentAway(Door.Replies replies) {
        for (Optional<Refusal> reply : replies.byRecipient()) {
            if (reply.isPresent() && reply.get().equals(Admission.noRoom())) {
                return true;
            }
        }
        return false;
    }

    /** A door has decided. */
    void judged(VirtualServer server, Trust trust, Door.Replies replies) {
        Level level = levels.getOrDefault(server.name(), Level.NORMAL);
        boolean mayTake = level == Level.NORMAL || level == Level.MEDIUM && trust == Trust.SERVER;
        if (replies.accepted().isPresent() && !mayTake) {
            violations.add(new Violation(
                    "pressure", server.name() + " took a message of a " + trust + " under " + level + " pressure"));
        }
        if (mayTake && !server.refusesWrites() && isSentAway(replies)) {
            violations.add(new Violation(
                    "pressure",
                    server.name() + " has no room for a message of a " + trust + " under " + level + " pressure"));
        }
    }
}
