package org.bridgehead.engine;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.scenario.Mishaps;
import org.bridgehead.core.scenario.Trouble;
import org.bridgehead.core.smtp.Extension;
import org.bridgehead.core.smtp.ReceiveConfig;

/** What was scripted to go wrong in an organisation in lockstep: mishaps at its doors. Safe for any thread. */
final class Troubles {
    private final Mishaps mishaps = new Mishaps();

    synchronized void script(Trouble trouble) {
        for (int i = 0; i < trouble.times(); i++) {
            mishaps.script(trouble.at(), trouble.mishap());
        }
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
