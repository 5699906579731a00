package org.bridgehead.io.config;

import java.util.List;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.ReplicationSettings;
import org.bridgehead.core.topology.ReplicationSettings.DialNumbers;

/** The keys of a mailbox server that say how its storage groups are logged, copied and mounted. */
final class ReplicationReader {
    private static final List<String> OF_CCR = List.of("mountDialNumbers", "maxMissingLogs", "forcedMountAfter");
    private static final int MOST_LOGS = 1_000_000;
    private static final long LARGEST_LOG = 1L << 30;

    private ReplicationReader() {}

    /** The settings of a server with that kind of replication; keys that mean nothing to it are reported. */
    static ReplicationSettings read(YamlMap map, Replication replication) {
        ReplicationSettings base = ReplicationSettings.DEFAULT;
        if (replication != Replication.CCR) {
            map.forbid(OF_CCR, "only ccr mounts a copy that lacks logs by itself", "remove it");
        }
        if (replication != Replication.CCR && replication != Replication.LCR) {
            map.forbid(List.of("replayLag"), "only lcr and ccr replay logs into a copy", "remove it");
        }
        return new ReplicationSettings(
                map.get("logSize").map(ReplicationReader::logSize).orElse(base.logSize()),
                map.get("mountDialNumbers")
                        .flatMap(v -> v.oneOf(List.of(DialNumbers.values()), ReplicationReader::word))
                        .orElse(base.dialNumbers()),
                map.get("maxMissingLogs").flatMap(v -> v.integer(0, MOST_LOGS)),
                map.get("forcedMountAfter").flatMap(v -> v.duration(true)),
                map.get("replayLag").flatMap(v -> v.duration(true)).orElse(base.replayLag()));
    }

    private static String word(DialNumbers numbers) {
        return Integer.toString(numbers.year());
    }

    private static long logSize(YamlValue value) {
        long size = value.size(1).orElse(ReplicationSettings.DEFAULT.logSize());
        if (size > LARGEST_LOG) {
            value.error("a log file has at most 1GB", "the usual size is 1MB");
        }
        return size;
    }
}
