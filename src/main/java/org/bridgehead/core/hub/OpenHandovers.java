package org.bridgehead.core.hub;

import java.util.LinkedHashSet;
import java.util.Set;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;

/**
 * When a message at the door makes it worth looking up what was taken before: when its sender says that the end of an
 * earlier attempt is unknown ({@link TransferState.Flag#AGAIN}); or when such a repeat of it was taken a short while ago,
 * for then the first attempt, without the mark, may have been overtaken on its way. Everything else costs nothing.
 *
 * <p>Belongs to one life of a server: connections do not outlive it, so nothing can be overtaken beyond. Bounded: of more
 * than {@value #MOST} repeats the oldest are forgotten. Safe for any thread.
 */
public final class OpenHandovers {
    private static final int MOST = 10_000;

    private record Key(TransportId id, Handover handover) {}

    private final Set<Key> repeated = new LinkedHashSet<>();
    private volatile boolean any;

    /** Whether {@link Handovers#decide} has to know what was taken before; it is remembered when it is a repeat. */
    public boolean concern(SpoolRecord.Accepted arriving) {
        if (arriving.facts().handover().isEmpty()) {
            return false;
        }
        TransferState state = arriving.facts().state();
        Key key = new Key(state.id(), arriving.facts().handover().get());
        return state.has(TransferState.Flag.AGAIN) ? remember(key) : any && isRemembered(key);
    }

    private synchronized boolean remember(Key key) {
        any = true;
        repeated.add(key);
        if (repeated.size() > MOST) {
            repeated.remove(repeated.iterator().next());
        }
        return true;
    }

    private synchronized boolean isRemembered(Key key) {
        return repeated.contains(key);
    }
}
