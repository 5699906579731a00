package org.bridgehead.core.routing;

import org.bridgehead.core.mail.EnhancedStatus;

/**
 * The limit on Received lines that ends mail loops (DECISIONS 2.6). Each server that handles a message adds one line:
 * the first when the client hands it in, an edge, each stop; a path that needs more lines than the limit cannot be used.
 *
 * @param maxHops most lines a message may carry, the handling server's own included
 */
public record HopLimit(int maxHops) {
    /** What a message over the limit fails with. */
    public static final EnhancedStatus STATUS = EnhancedStatus.of("5.4.6");

    /** Whether a message that carries so many Received lines, the handling server's own included, must fail. */
    public boolean exceededBy(int receivedLines) {
        return receivedLines > maxHops;
    }
}
