package org.bridgehead.core.mailbox;

import java.util.function.Predicate;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;

/**
 * The votes of a mailbox server's cluster (BEHAVIOUR 5). Two CCR nodes and the file share witness have a vote each and
 * the cluster runs while a majority of all votes is there. Without a witness the two nodes alone are the votes, and
 * neither may fail. Everything else (stand-alone, LCR, shared storage) runs while one of its nodes does.
 *
 * <p>What is counted is who runs, not who sees whom: nodes and witness are taken to reach each other. Nothing is
 * remembered either, so that the older of two nodes may not come back alone ("partition in time") is not told here.
 *
 * @param votes there are
 * @param needed of them
 * @param up of them
 */
public record Quorum(int votes, int needed, int up) {
    /** Checks the range. */
    public Quorum {
        if (up < 0 || up > votes || needed < 1 || needed > votes) {
            throw new IllegalArgumentException(up + " of " + votes + " votes, " + needed + " needed");
        }
    }

    /**
     * Counts.
     *
     * @param nodeUp whether a node of the server runs
     * @param witnessUp whether the hub with the file share witness runs
     */
    public static Quorum of(MailboxRole role, Predicate<String> nodeUp, Predicate<String> witnessUp) {
        int nodes = role.nodes().size();
        int nodesUp = (int)
                role.nodes().stream().map(MailboxNode::name).filter(nodeUp).count();
        if (role.replication() != Replication.CCR) {
            return new Quorum(nodes, 1, nodesUp);
        }
        int votes = nodes + (role.witness().isPresent() ? 1 : 0);
        return new Quorum(
                votes,
                votes / 2 + 1,
                nodesUp + (int) role.witness().filter(witnessUp).stream().count());
    }

    /** Whether the cluster may run. */
    public boolean held() {
        return up >= needed;
    }

    /** Whether it runs and the next vote that goes stops it. */
    public boolean noMarginLeft() {
        return up == needed;
    }
}
