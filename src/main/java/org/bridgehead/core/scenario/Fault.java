package org.bridgehead.core.scenario;

import org.bridgehead.core.routing.Item;

/**
 * A part fails, or works again (DECISIONS 2.1).
 *
 * @param action what happens to it
 * @param item a link or site for {@link Action#CUT} and {@link Action#MEND}, a node for {@link Action#LOSE}, a server or
 *     node for {@link Action#KILL} and {@link Action#START}, a server for the others
 * @param afterMessages for {@code KILL}: not now, but as soon as the server has taken that many messages of the scene;
 *     0 = now
 * @param logs for {@code LOSE}: generations of each of its logs that the other node lacks, the open one included; 0 for
 *     the others
 */
public record Fault(Action action, Item item, int afterMessages, int logs) implements Step {
    /** What happens to a part. */
    public enum Action {
        /** A server dies at once; its spool remains. Or a node of a mailbox server, as much as was shipped is shipped. */
        KILL("kill"),
        /** A node of a mailbox server dies, and the other one lacks so many of its logs. */
        LOSE("lose"),
        /** A killed server starts and takes up what its spool holds, or a node with its logs. */
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
        FREE_DISK("freeDisk"),
        /** The disk of a server takes writes, but cannot bring them to stable storage: whoever wants that is refused. */
        FAIL_SYNC("failSync"),
        /** The disk of a server brings to stable storage what it takes, and what it took meanwhile. */
        MEND_SYNC("mendSync");

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
        boolean counted = afterMessages == 0 || (afterMessages > 0 && action == Action.KILL && !isNode(item));
        boolean lost = logs == 0 || (logs > 0 && action == Action.LOSE);
        if (!fits(action, item) || !counted || !lost) {
            throw new IllegalArgumentException(
                    "cannot " + action.keyword() + " " + item + " after " + afterMessages + " with " + logs + " logs");
        }
    }

    private static boolean fits(Action action, Item item) {
        boolean server = item.kind().equals(Item.SERVER);
        return switch (action) {
            case CUT, MEND -> item.kind().equals(Item.LINK) || item.kind().equals(Item.SITE);
            case LOSE -> isNode(item);
            case KILL, START -> server || isNode(item);
            case LOSE_POWER, FILL_DISK, FREE_DISK, FAIL_SYNC, MEND_SYNC -> server;
        };
    }

    private static boolean isNode(Item item) {
        return item.kind().equals(Item.NODE);
    }

    /** A node dies with that many of its logs, the open one included; 0 = it had shipped them all. */
    public static Fault loss(Item node, int logs) {
        return new Fault(Action.LOSE, node, 0, logs);
    }

    /** At once. */
    public static Fault of(Action action, Item item) {
        return new Fault(action, item, 0, 0);
    }
}
