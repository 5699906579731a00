package org.bridgehead.whatif;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.StorageGroup;
import org.bridgehead.core.topology.Topology;

/**
 * How far back the transport dumpster reaches at a given rate of mail, and what it takes on disk (BEHAVIOUR 4.1).
 *
 * <p>Every hub of a site keeps, per storage group of a replicated mailbox server, what it delivered itself; the oldest
 * goes when size or age is reached. Hubs deliver in turn, so with {@code n} hubs each dumpster fills {@code n} times
 * slower. {@link Group#retained} is the time that is sure, a single hub delivering everything; {@link
 * Group#retainedShared} the time while all of them work.
 *
 * @param settings the limits planned with
 * @param maxMessageSize octets of the largest message there may be
 * @param load what each storage group gets
 * @param window the time before a failover that has to be there
 * @param groups the storage groups of CCR and LCR servers, in the order of names
 * @param hubs the hubs of their sites, in the order of names
 * @param advice sizes that are recommended, smallest first
 */
public record DumpsterPlan(
        DumpsterSettings settings,
        long maxMessageSize,
        Load load,
        Duration window,
        List<Group> groups,
        List<Hub> hubs,
        List<Advice> advice) {
    private static final double NANOS = 1e9;

    /**
     * The mail of one storage group.
     *
     * @param messages per {@code period}; not negative
     * @param period positive
     * @param averageSize octets, positive
     */
    public record Load(double messages, Duration period, long averageSize) {
        /** Checks the signs. */
        public Load {
            if (!(messages >= 0) || period.isNegative() || period.isZero() || averageSize <= 0) {
                throw new IllegalArgumentException("no load: " + messages + " in " + period + " of " + averageSize);
            }
        }

        /** Octets that come in a time. */
        public double octetsIn(Duration time) {
            return messages * averageSize * (nanos(time) / nanos(period));
        }
    }

    /**
     * One storage group.
     *
     * @param server its mailbox server
     * @param storageGroup its name there
     * @param site where the server stands
     * @param hubs that deliver to it
     * @param retained how far back a dumpster reaches if one hub delivers everything
     * @param retainedShared the same while the hubs deliver in turn
     * @param afterLargest the same as {@code retained} after a message of the largest size
     * @param bySize whether the size is what ends {@code retained}, not the age
     * @param atRisk whether {@code retained} is shorter than the window
     * @param mountLoss octets of log that an automatic mount accepts to lack: what the mount dial allows, the log that was
     *     open among them; empty where mounting is up to people (LCR)
     */
    public record Group(
            String server,
            String storageGroup,
            String site,
            int hubs,
            Duration retained,
            Duration retainedShared,
            Duration afterLargest,
            boolean bySize,
            boolean atRisk,
            OptionalLong mountLoss) {}

    /**
     * What the dumpsters of one hub take when they are full.
     *
     * @param server the hub
     * @param site where it stands
     * @param storageGroups it keeps a dumpster for
     * @param disk octets
     */
    public record Hub(String server, String site, int storageGroups, long disk) {}

    /**
     * A recommended size.
     *
     * @param factor times the largest message; empty = computed from the window instead
     * @param size octets per storage group
     * @param diskPerHub octets on the fullest hub
     * @param retained as {@link Group#retained}, at this size
     */
    public record Advice(Optional<Double> factor, long size, long diskPerHub, Duration retained) {}

    /** Copies the lists. */
    public DumpsterPlan {
        groups = List.copyOf(groups);
        hubs = List.copyOf(hubs);
        advice = List.copyOf(advice);
    }

    /**
     * Plans for the storage groups of a topology.
     *
     * @param window not negative
     */
    public static DumpsterPlan of(Topology topology, Load load, Duration window) {
        Settings settings = topology.settings();
        DumpsterSettings dumpster = settings.dumpster();
        long largest = settings.limits().maxMessageSize();
        List<Group> groups = new ArrayList<>();
        for (Server server : topology.servers().values()) {
            server.mailbox()
                    .filter(DumpsterPlan::isReplicated)
                    .ifPresent(role -> groups.addAll(groups(topology, server, role, load, window)));
        }
        List<Hub> hubs = hubs(topology, groups);
        int most = hubs.stream().mapToInt(Hub::storageGroups).max().orElse(0);
        return new DumpsterPlan(
                dumpster, largest, load, window, groups, hubs, advice(dumpster, largest, load, window, most));
    }

    private static boolean isReplicated(MailboxRole role) {
        return role.replication() == Replication.CCR || role.replication() == Replication.LCR;
    }

    private static List<Group> groups(Topology topology, Server server, MailboxRole role, Load load, Duration window) {
        DumpsterSettings settings = topology.settings().dumpster();
        long size = settings.isOff() ? 0 : settings.maxSizePerStorageGroup();
        Duration age = settings.maxTime();
        long largest = topology.settings().limits().maxMessageSize();
        // A message that does not fit is not kept and evicts nothing (DECISIONS 5.4).
        long besideLargest = largest > size ? size : size - largest;
        String site = server.site().orElse("");
        int hubs = topology.hubsOf(site).size();
        List<Group> groups = new ArrayList<>();
        for (StorageGroup group : role.storageGroups()) {
            Duration retained = hubs == 0 ? Duration.ZERO : reach(size, age, load, 1);
            groups.add(new Group(
                    server.name(),
                    group.name(),
                    site,
                    hubs,
                    retained,
                    hubs == 0 ? Duration.ZERO : reach(size, age, load, hubs),
                    hubs == 0 ? Duration.ZERO : reach(besideLargest, age, load, 1),
                    retained.compareTo(age) < 0,
                    retained.compareTo(window) < 0,
                    mountLoss(role)));
        }
        return groups;
    }

    /** The logs that the dial allows to be missing, the open one among them (DECISIONS 5.3, BEHAVIOUR 5). */
    private static OptionalLong mountLoss(MailboxRole role) {
        return role.replication() == Replication.CCR
                ? OptionalLong.of(role.allowedMissingLogs() * role.settings().logSize())
                : OptionalLong.empty();
    }

    /** The time in which {@code size} octets come in when each hub gets its share of them, at most {@code age}. */
    private static Duration reach(long size, Duration age, Load load, int hubs) {
        if (size == 0) {
            return Duration.ZERO;
        }
        double share = load.octetsIn(age) / hubs;
        return share <= size ? age : Duration.ofMillis(Math.round(nanos(age) / 1e6 * (size / share)));
    }

    private static List<Hub> hubs(Topology topology, List<Group> groups) {
        DumpsterSettings settings = topology.settings().dumpster();
        List<Hub> hubs = new ArrayList<>();
        for (String site :
                groups.stream().map(Group::site).distinct().sorted(Names.ORDER).toList()) {
            int count = (int) groups.stream()
                    .filter(group -> Names.same(group.site(), site))
                    .count();
            for (Server hub : topology.hubsOf(site)) {
                hubs.add(new Hub(
                        hub.name(),
                        site,
                        count,
                        settings.isOff() ? 0 : times(settings.maxSizePerStorageGroup(), count)));
            }
        }
        return hubs;
    }

    private static List<Advice> advice(
            DumpsterSettings settings, long largest, Load load, Duration window, int groups) {
        List<Advice> advice = new ArrayList<>();
        for (double factor : new double[] {1.25, 1.5, 3}) {
            long size = (long) Math.ceil(largest * factor);
            advice.add(new Advice(
                    Optional.of(factor), size, times(size, groups), reach(size, settings.maxTime(), load, 1)));
        }
        // Room for one message of the largest size on top, so that it does not push the window out.
        long size = (long) Math.ceil(load.octetsIn(window) + largest);
        advice.add(new Advice(Optional.empty(), size, times(size, groups), reach(size, settings.maxTime(), load, 1)));
        return advice;
    }

    /** Octets that the dumpsters take on the fullest hub. */
    public long diskPerHub() {
        return hubs.stream().mapToLong(Hub::disk).max().orElse(0);
    }

    /** Whether even right after a message of the largest size nothing is gone that an automatic mount may lack. */
    public boolean coversMount(Group group) {
        long size = settings.isOff() || group.hubs() == 0 ? 0 : settings.maxSizePerStorageGroup();
        long beside = maxMessageSize > size ? size : size - maxMessageSize;
        return group.mountLoss().orElse(0) <= beside;
    }

    /** The share of a full dumpster that a message of the largest size pushes out; 0 when it does not fit at all. */
    public double evictedByLargest() {
        long size = settings.maxSizePerStorageGroup();
        return settings.isOff() || maxMessageSize > size ? 0 : (double) maxMessageSize / size;
    }

    /** Stops at the largest number. */
    private static long times(long size, int count) {
        return count > 0 && size > Long.MAX_VALUE / count ? Long.MAX_VALUE : size * count;
    }

    private static double nanos(Duration time) {
        return time.getSeconds() * NANOS + time.getNano();
    }
}
