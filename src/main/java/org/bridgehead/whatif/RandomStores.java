package org.bridgehead.whatif;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.MountDial;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.ReplicationSettings;
import org.bridgehead.core.topology.ReplicationSettings.DialNumbers;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.StorageGroup;

/**
 * Draws the mailbox servers of a {@link RandomOrganization}, half of them replicated with logs so small that a few letters
 * fill one, and the dumpster. From a seed of its own, so that the rest of an organisation stays what it is.
 */
final class RandomStores {
    private static final long OWN = 0x73746F7265L;

    private final Random random;

    RandomStores(long seed) {
        this.random = new Random(seed ^ OWN);
    }

    private boolean chance(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }

    /** The mailbox server of a site; {@code hub} keeps the witness. */
    Server server(String site, String hub) {
        String name = site + "-MBX1";
        Replication replication = replication();
        boolean pair = replication == Replication.CCR || replication == Replication.SCC;
        MailboxRole role = new MailboxRole(
                replication,
                pair
                        ? List.of(MailboxNode.embedded(name + "A"), MailboxNode.embedded(name + "B"))
                        : List.of(MailboxNode.embedded(name)),
                replication == Replication.CCR && !chance(6) ? Optional.of(hub) : Optional.empty(),
                MountDial.values()[random.nextInt(MountDial.values().length)],
                chance(3)
                        ? List.of(new StorageGroup("SG1", List.of("DB1")), new StorageGroup("SG2", List.of("DB2")))
                        : List.of(new StorageGroup("SG1", List.of("DB1"))),
                settings(replication == Replication.CCR));
        return new Server(
                name,
                Optional.of(site),
                List.of(Role.MAILBOX),
                HostPort.LOOPBACK,
                Optional.empty(),
                Optional.empty(),
                Optional.of(role));
    }

    private Replication replication() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4, 5 -> Replication.CCR;
            case 6 -> Replication.LCR;
            case 7 -> Replication.SCC;
            default -> Replication.NONE;
        };
    }

    /** Only a cluster with two copies mounts one that lacks logs. */
    private ReplicationSettings settings(boolean lossy) {
        return new ReplicationSettings(
                chance(4) ? 1 : 1000L * (1 + random.nextInt(15)),
                DialNumbers.EXCHANGE_2007,
                lossy && chance(2) ? Optional.of(random.nextInt(9)) : Optional.empty(),
                lossy && chance(3) ? Optional.of(Duration.ofMinutes(1 + random.nextInt(60))) : Optional.empty(),
                Duration.ZERO);
    }

    /** As usual, too small for all mail of a while, or off. */
    DumpsterSettings dumpster() {
        DumpsterSettings usual = DumpsterSettings.DEFAULT;
        return switch (random.nextInt(8)) {
            case 0 -> usual.withLimits(0, usual.maxTime());
            case 1, 2 -> usual.withLimits(4_000 + random.nextInt(40_000), usual.maxTime());
            default -> usual;
        };
    }
}
