package org.bridgehead.core.directory;

import java.util.List;

/**
 * Who may write to an entry (BEHAVIOUR 2.4). Names are those of entries, or addresses of people outside; a group stands
 * for all its members, however deep. Immutable.
 *
 * @param acceptFrom senders or groups it takes mail from; empty = everyone
 * @param rejectFrom senders or groups it takes no mail from, whatever the other list says
 * @param authenticatedOnly whether anonymous senders are refused
 */
public record Restrictions(List<String> acceptFrom, List<String> rejectFrom, boolean authenticatedOnly) {
    /** Everyone may write. */
    public static final Restrictions NONE = new Restrictions(List.of(), List.of(), false);

    /** Strangers may not write. */
    public static final Restrictions AUTHENTICATED_ONLY = new Restrictions(List.of(), List.of(), true);

    /** Copies the lists. */
    public Restrictions {
        acceptFrom = List.copyOf(acceptFrom);
        rejectFrom = List.copyOf(rejectFrom);
    }

    /** Whether it matters who the sender is. */
    public boolean haveLists() {
        return !acceptFrom.isEmpty() || !rejectFrom.isEmpty();
    }
}
