package org.bridgehead.engine;

import java.time.Instant;
import java.util.Optional;
import org.bridgehead.core.mailbox.NodeState;

/** What operators say about a real node. Safe for any thread. */
record RealNodeHandle(RealCluster cluster, String name) implements NodeHandle {
    @Override
    public String server() {
        return cluster.name();
    }

    @Override
    public NodeState state() {
        return cluster.state(name);
    }

    @Override
    public void fail() {
        cluster.fail(name, Optional.empty());
    }

    @Override
    public void fail(Instant copiedUntil) {
        cluster.fail(name, Optional.of(copiedUntil));
    }

    @Override
    public void lose(Unshipped logs) {
        throw new UnsupportedOperationException(
                name + " is a real node, its logs are not ours: say until when they were copied instead");
    }

    @Override
    public void start() {
        cluster.start(name);
    }
}
