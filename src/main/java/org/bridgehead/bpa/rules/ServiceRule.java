package org.bridgehead.bpa.rules;

import java.time.Duration;
import java.util.List;
import org.bridgehead.bpa.Severity;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/** A rule about mailbox servers, recipients or settings. Stateless. */
abstract class ServiceRule extends RuleHead {
    ServiceRule(int number, String id, Severity severity, String title) {
        super(number, id, severity, title);
    }

    /** The mailbox servers with one of these replications, in name order. */
    static List<Server> mailboxServers(Topology topology, Replication... kinds) {
        List<Replication> wanted = List.of(kinds);
        return topology.servers().values().stream()
                .filter(server -> server.mailbox()
                        .map(MailboxRole::replication)
                        .filter(wanted::contains)
                        .isPresent())
                .toList();
    }

    /** Whether hubs keep delivered mail for any server: those with a copy that may lag behind (BEHAVIOUR 4.1). */
    static boolean usesDumpster(Topology topology) {
        return !mailboxServers(topology, Replication.CCR, Replication.LCR).isEmpty();
    }

    /** Octets in the largest binary unit that leaves a short number, such as {@code 10 MB}. */
    static String octets(long octets) {
        String[] units = {"bytes", "KB", "MB", "GB", "TB"};
        double number = octets;
        int unit = 0;
        while (number >= 1024 && unit < units.length - 1) {
            number /= 1024;
            unit++;
        }
        double rounded = Math.round(number * 10) / 10.0;
        return (rounded == Math.rint(rounded) ? String.valueOf((long) rounded) : String.valueOf(rounded)) + " "
                + units[unit];
    }

    /** A duration in words of the topology file, such as {@code 4h} or {@code 34m}. */
    static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds > 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds > 0 && seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
