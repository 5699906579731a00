package org.bridgehead.whatif;

import java.util.Optional;

/** One message on its way into a server: from a client, or from another server. One thread. */
final class Passage {
    /** How far it is. */
    enum State {
        /** Its octets are on the way. */
        DATA,
        /** All octets are there, the disk is not done. */
        TAKING,
        /** It is on stable storage, and the reply is on the way. */
        REPLYING
    }

    private final Optional<VirtualServer> from;
    private final VirtualServer to;
    private State state = State.DATA;
    private Runnable onCut = () -> {};

    /**
     * Begins.
     *
     * @param from empty = a client
     */
    Passage(Optional<VirtualServer> from, VirtualServer to) {
        this.from = from;
        this.to = to;
    }

    State state() {
        return state;
    }

    void state(State reached) {
        state = reached;
    }

    /** What happens when the receiver dies before it has taken the message. */
    void onCut(Runnable action) {
        onCut = action;
    }

    void cut() {
        onCut.run();
    }

    boolean isFromClient() {
        return from.isEmpty();
    }

    boolean isFrom(VirtualServer server) {
        return from.filter(sender -> sender == server).isPresent();
    }

    boolean isTo(VirtualServer server) {
        return to == server;
    }
}
