package org.bridgehead.engine;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.bridgehead.core.hub.QueueView;

/** One server of a running organisation. Safe for any thread. */
public interface ServerHandle {
    /** Its name. */
    String name();

    /** Where it takes mail by SMTP (a mailbox server: by LMTP); the same over kill and start. */
    InetSocketAddress smtp();

    /** Whether it runs. */
    boolean isRunning();

    /** Ends it at once, as a power cut would: connections break, only what is in the spool remains. */
    void kill();

    /** Starts it again after a kill: what its spool holds is tried again. */
    void start();

    /** Stops taking mail, lets transactions end (10 seconds at most), then stops; the rest stays in the spool. */
    void drain();

    /**
     * Answers every new connection with this reply until {@link #accept()}.
     *
     * @param code 421 or any 4yz or 5yz
     * @param text words after the code
     */
    void reply(int code, String text);

    /** Takes new connections again. */
    void accept();

    /** What else may be wrong with it; {@link #slow} and the others below are short for it. */
    Faults faults();

    /** Makes it slow, see {@link Faults#slow}. */
    default void slow(Duration latency) {
        faults().slow(latency);
    }

    /** Makes it narrow, see {@link Faults#throttle}. */
    default void throttle(long octetsPerSecond) {
        faults().throttle(octetsPerSecond);
    }

    /** Its disk is full, see {@link Faults#fillDisk}. */
    default void fillDisk() {
        faults().fillDisk();
    }

    /** Its disk has room again. */
    default void freeDisk() {
        faults().freeDisk();
    }

    /** What it shall say instead of what it would, see {@link Faults#replies}. */
    default Replies replies() {
        return faults().replies();
    }

    /** The connections that it took, oldest first, the latest 1,000 of them, see {@link Faults#sessions}. */
    default List<SmtpSession> sessions() {
        return faults().sessions();
    }

    /** Its queues; empty for a mailbox server. */
    List<QueueView> queues();

    /** Messages it is responsible for: in memory or put away. */
    int messages();
}
