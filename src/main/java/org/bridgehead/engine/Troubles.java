package org.bridgehead.engine;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.scenario.Mishaps;
import org.bridgehead.core.scenario.Poisoned;
import org.bridgehead.core.scenario.Poisons;
import org.bridgehead.core.scenario.Trouble;
import org.bridgehead.core.smtp.Extension;
import org.bridgehead.core.smtp.ReceiveConfig;
import org.bridgehead.core.topology.Names;

/**
 * What was scripted to go wrong in an organisation in lockstep: mishaps at its doors, and messages that crash its servers.
 * Safe for any thread.
 */
final class Troubles {
    private final Mishaps mishaps = new Mishaps();
    private final SortedMap<String, Poisons> poisons = Names.map();
    private final SortedSet<String> falling = Names.set();

    synchronized void script(Trouble trouble) {
        for (int i = 0; i < trouble.times(); i++) {
            mishaps.script(trouble.at(), trouble.mishap());
        }
    }

    /** The next message that a server takes in crashes it; see {@link Poisoned}. */
    synchronized void script(Poisoned poison) {
        of(poison.server()).script(poison.times());
    }

    private Poisons of(String server) {
        return poisons.computeIfAbsent(server, name -> new Poisons());
    }

    /** A server has taken a message in. */
    synchronized void taken(String server, InternalId message) {
        of(server).taken(message);
    }

    /** Whether a server crashes with a message, this time. */
    synchronized boolean crashesWith(String server, InternalId message) {
        boolean crashes = of(server).crashesWith(message);
        if (crashes) {
            falling.add(server);
        }
        return crashes;
    }

    /** Whether the crash of a server was scripted, and no bug; asked once for each. */
    synchronized boolean madeFall(String server) {
        return falling.remove(server);
    }

    synchronized Optional<Mishap> atConnection(String target) {
        return mishaps.atConnection(target).map(mishap -> mishap);
    }

    synchronized Optional<Mishap> atMessage(String target) {
        return mishaps.atMessage(target);
    }

    /**
     * The dialogue of a door where connections may be lost: without CHUNKING, because a client that sends the message
     * along with its envelope cannot tell whether it was taken.
     */
    static ReceiveConfig dialogue(ReceiveConfig usual) {
        List<Extension> others = usual.extensions().stream()
                .filter(extension -> extension != Extension.CHUNKING)
                .toList();
        return usual.with(others);
    }
}
