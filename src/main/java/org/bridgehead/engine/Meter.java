package org.bridgehead.engine;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.bridgehead.core.hub.Resources;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at disk, heap and spool for the hubs of one process and tells them (BEHAVIOUR 3.3). The look itself never waits
 * for the disk: that is asked beside it, and what it last said counts.
 */
final class Meter {
    private static final Logger LOG = LoggerFactory.getLogger(Meter.class);

    private static final Set<String> HEAP_POOLS = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());

    private record Disk(long size, long free, String refusal) {}

    private final Spool spool;
    private final SyncTimes syncs;
    private final Optional<Path> folder;
    private final ExecutorService pool;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Disk disk = new Disk(0, 0, "");

    /**
     * A meter that has not looked yet.
     *
     * @param syncs of the spool
     * @param folder of the spool; empty = it is in memory
     */
    Meter(Spool spool, SyncTimes syncs, Optional<Path> folder, ExecutorService pool) {
        this.spool = spool;
        this.syncs = syncs;
        this.folder = folder;
        this.pool = pool;
    }

    /** Looks once. */
    void look(Collection<TransportServer> servers) {
        List<HubNode> nodes =
                servers.stream().flatMap(server -> server.node().stream()).toList();
        askDisk(nodes);
        long heap = Runtime.getRuntime().maxMemory();
        long used = survivingHeap();
        Duration slowest = syncs.slowest();
        for (HubNode node : nodes) {
            Resources found =
                    new Resources(disk.size(), disk.free(), heap, used, slowest, node.submissions(), disk.refusal());
            node.post((hub, now) -> hub.measured(found, now));
        }
    }

    private void askDisk(List<HubNode> nodes) {
        if (folder.isEmpty() || nodes.isEmpty() || !asking.compareAndSet(false, true)) {
            return;
        }
        try {
            pool.execute(() -> {
                try {
                    disk = ask(folder.get(), nodes.get(0).name());
                } catch (IOException e) {
                    LOG.warn("the volume of {} cannot be asked for its free space: {}", folder.get(), e.toString());
                } finally {
                    asking.set(false);
                }
            });
        } catch (RejectedExecutionException closing) {
            asking.set(false);
        }
    }

    private Disk ask(Path spoolFolder, String shard) throws IOException {
        String refusal = spool.status().failure().orElse("");
        if (!refusal.isEmpty()) {
            refusal = stillRefused(shard);
        }
        FileStore volume = Files.getFileStore(spoolFolder);
        return new Disk(volume.getTotalSpace(), volume.getUsableSpace(), refusal);
    }

    /** While the door is closed nobody else finds out that the spool would take mail again. */
    private String stillRefused(String shard) {
        try {
            spool.write(new Shard(shard), List.of(), true);
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Octets of the heap that the last collection left. */
    private static long survivingHeap() {
        GcInfo last = null;
        for (GarbageCollectorMXBean collector : ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class)) {
            GcInfo info = collector.getLastGcInfo();
            if (info != null && (last == null || info.getEndTime() > last.getEndTime())) {
                last = info;
            }
        }
        long used = 0;
        if (last != null) {
            for (Map.Entry<String, MemoryUsage> pool :
                    last.getMemoryUsageAfterGc().entrySet()) {
                used += HEAP_POOLS.contains(pool.getKey()) ? pool.getValue().getUsed() : 0;
            }
        }
        return used;
    }
}
