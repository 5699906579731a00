package org.bridgehead.core.scenario;

import org.bridgehead.core.routing.Item;

/**
 * A part fails, or works again (DECISIONS 2.1).
 *
 * @param action what happens to it
 * @param item a link or site for {@link Action#CUT} and {@link Action#MEND}, a server for the others
 * @param afterMessages for {@code KILL}: not now, but as soon as the server has taken that many messages of the scene;
 *     0 = now
 */
public record Fault(Action action, Item item, int afterMessages) implements Step {
    /** What happens to a part. */
    public enum Action {
        /** A server dies at once; its spool remains. */
        KILL("kill"),
        /** A killed server starts and takes up what its spool holds. */
        START("start"),
        /** A link or site is lost. */
        CUT("cut"),
        /** A link or site works again. */
        MEND("mend"),
        /** The machine of a server loses its power: what its disk had not synced is gone. */
        LOSE_POWER("losePower"),
        /** The disk of a server takes no more writes. */
        FILL_DISK("fillDisk"),
        /** The disk of a server takes writes again. */
        FREE_DISK("freeDisk");

        private final String keyword;

        Action(String keyword) {
            this.keyword = keyword;
        }

        /** The key in a scenario file. */
        public String keyword() {
            return keyword;
        }
    }

    /** Checks that they fit. */
    public Fault {
        boolean server = item.kind().equals(Item.SERVER);
        boolean wire = item.kind().equals(Item.LINK) || item.kind().equals(Item.SITE);
        boolean fits = action == Action.CUT || action == Action.MEND ? wire : server;
        if (!fits || afterMessages < 0 || (afterMessages > 0 && action != Action.KILL)) {
            throw new IllegalArgumentException("cannot " + action.keyword() + " " + item + " after " + afterMessages);
        }
    }

    /** At once. */
    public static Fault of(Action action, Item item) {
        return new Fault(action, item, 0);
    }
}
