package org.bridgehead.core.topology;

import java.time.Duration;
import java.util.Optional;
import org.bridgehead.core.topology.MailboxRole.MountDial;

/**
 * How the storage groups of a mailbox server are logged, copied and mounted again (BEHAVIOUR 5).
 *
 * @param logSize octets after which a log file is closed and may be shipped
 * @param dialNumbers what the words of the mount dial stand for
 * @param maxMissingLogs logs that may be missing for an automatic mount, in place of the dial's number
 * @param forcedMountAfter after this long a database that lacks more is mounted all the same; empty = never
 * @param replayLag how long a shipped log waits before it is replayed into the copy; zero = not at all
 */
public record ReplicationSettings(
        long logSize,
        DialNumbers dialNumbers,
        Optional<Integer> maxMissingLogs,
        Optional<Duration> forcedMountAfter,
        Duration replayLag) {
    /** Logs of 1 MB, the numbers of 2007, no forced mount, no lag. */
    public static final ReplicationSettings DEFAULT = new ReplicationSettings(
            1 << 20, DialNumbers.EXCHANGE_2007, Optional.empty(), Optional.empty(), Duration.ZERO);

    /** Logs that each word of the mount dial allows to be missing (DECISIONS 5.3). */
    public enum DialNumbers {
        /** 0, 3, 6. */
        EXCHANGE_2007(2007, 3, 6),
        /** 0, 6, 12. */
        EXCHANGE_2010(2010, 6, 12);

        private final int year;
        private final int good;
        private final int best;

        DialNumbers(int year, int good, int best) {
            this.year = year;
            this.good = good;
            this.best = best;
        }

        /** The number in the topology file. */
        public int year() {
            return year;
        }

        /** Logs that may be missing. */
        public int of(MountDial dial) {
            return switch (dial) {
                case LOSSLESS -> 0;
                case GOOD_AVAILABILITY -> good;
                case BEST_AVAILABILITY -> best;
            };
        }
    }

    /** Checks the signs. */
    public ReplicationSettings {
        boolean negative = maxMissingLogs.filter(logs -> logs < 0).isPresent()
                || forcedMountAfter.filter(Duration::isNegative).isPresent()
                || replayLag.isNegative();
        if (logSize < 1 || negative) {
            throw new IllegalArgumentException("no replication: logs of " + logSize + ", missing " + maxMissingLogs
                    + ", forced after " + forcedMountAfter + ", lag " + replayLag);
        }
    }

    /** Logs that may be missing for an automatic mount. */
    public int allowedMissing(MountDial dial) {
        return maxMissingLogs.orElse(dialNumbers.of(dial));
    }
}
