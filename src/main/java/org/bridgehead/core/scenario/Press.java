package org.bridgehead.core.scenario;

import org.bridgehead.core.hub.Pressure;
import org.bridgehead.core.hub.Resources;

/**
 * A server runs short of something, or has enough of it again (BEHAVIOUR 3.3); a server that starts has enough.
 *
 * @param server a hub or edge
 * @param level what it takes from now on
 */
public record Press(String server, Pressure.Level level) implements Step {
    /** What a look at its machine finds, so that it comes to this level. */
    public Resources found() {
        return Resources.PLENTY.withHeap(
                100,
                switch (level) {
                    case NORMAL -> 0;
                    case MEDIUM -> 86;
                    case HIGH -> 95;
                });
    }
}
