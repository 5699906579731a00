package org.bridgehead.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.routing.Item;

/**
 * What may be wrong with a server that runs, and what was said to it; see also {@link ServerHandle#kill} and {@link
 * ServerHandle#reply}. All of it stands over kill and start. Scripts, sessions and disks are for organisations in memory
 * or in virtual time. Safe for any thread.
 */
public final class Faults {
    private final String listener;
    private final Network network;
    private final Optional<ServerRig> rig;
    private final Optional<Disks> disks;

    /**
     * Those of a server.
     *
     * @param listener as {@link Network} calls it
     * @param rig empty = nothing may be scripted
     * @param disks empty = it has no disk that can be full
     */
    Faults(String listener, Network network, Optional<ServerRig> rig, Optional<Disks> disks) {
        this.listener = listener;
        this.network = network;
        this.rig = rig;
        this.disks = disks;
    }

    static ServerRig rigged(String name, Optional<ServerRig> rig) {
        return rig.orElseThrow(() -> new UnsupportedOperationException(
                name + " keeps real mail in real time: start it in memory (--memory) to script and record it"));
    }

    private Item item() {
        return new Item(Item.SERVER, listener);
    }

    /**
     * Makes it slow: each connection to it, and each message, takes that much longer. Servers of the organisation feel
     * it in the organisation's time, virtual or not; more than 5 minutes, and they do not wait for a greeting any longer,
     * more than 10, and not for the reply to a message. Other clients feel it in real time only, once a message.
     *
     * @param latency {@link Duration#ZERO} = as fast as before
     */
    public void slow(Duration latency) {
        network.pace(item(), network.pace(item()).slow(latency));
    }

    /**
     * Makes it narrow: messages to it take their octets' time, as with {@link #slow}.
     *
     * @param octetsPerSecond 0 = as wide as before
     */
    public void throttle(long octetsPerSecond) {
        network.pace(item(), network.pace(item()).throttled(octetsPerSecond));
    }

    /**
     * Its disk takes no writes: mail is refused with {@code 452 4.3.1}, what is in the spool stays.
     *
     * @throws UnsupportedOperationException when it has none that can be filled: mailbox servers, and spools on real disks
     */
    public void fillDisk() {
        disk().fill(listener, true);
    }

    /** Its disk has room again. */
    public void freeDisk() {
        disk().fill(listener, false);
    }

    private Disks disk() {
        return disks.orElseThrow(() -> new UnsupportedOperationException(
                listener + " has no disk that can be filled: hubs and edges in memory have"));
    }

    /**
     * What it shall say instead of what it would.
     *
     * @throws UnsupportedOperationException when it keeps real mail in real time
     */
    public Replies replies() {
        return rigged(listener, rig).replies();
    }

    /**
     * The connections that it took, oldest first, the latest 1,000 of them.
     *
     * @throws UnsupportedOperationException when it keeps real mail in real time
     */
    public List<SmtpSession> sessions() {
        return rigged(listener, rig).sessions();
    }

    /** Who waits because it is slow waits no longer. */
    void cut() {
        rig.ifPresent(ServerRig::cut);
    }
}
