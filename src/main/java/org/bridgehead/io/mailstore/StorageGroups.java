package org.bridgehead.io.mailstore;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.topology.Names;

/** The storage groups of a store. Filled by one thread, then safe for any. */
final class StorageGroups implements Closeable {
    private final TreeMap<String, StorageGroupLog> groups = Names.map();
    private final List<TornRecord> torn = new ArrayList<>();

    /** Reads all logs of a server into {@code index}, then opens them; what is damaged, in one line for each. */
    List<String> open(List<GroupPlan> plans, StoreCopy copy, MailboxIndex index) throws IOException {
        List<Recovery> logs = new ArrayList<>();
        for (GroupPlan plan : plans) {
            logs.add(Recovery.read(plan, new FencedStorage(copy.storage(plan.name())), index));
        }
        long skipped = logs.stream().mapToLong(Recovery::skippedUids).reduce(0, Math::addExact);
        if (skipped > 0) index.skipUids(skipped);
        List<String> damage = new ArrayList<>();
        for (Recovery log : logs) {
            String name = log.plan().name();
            groups.put(name, new StorageGroupLog(log, index));
            torn.addAll(log.torn());
            describe(name, log.torn()).ifPresent(damage::add);
        }
        return damage;
    }

    private static Optional<String> describe(String group, List<TornRecord> torn) {
        return torn.stream()
                .findFirst()
                .map(first -> "log of " + group + ": " + torn.size() + " damaged parts, the first at "
                        + first.position() + " (" + first.why() + ")");
    }

    boolean has(String name) {
        return groups.containsKey(name);
    }

    StorageGroupLog get(String name) {
        StorageGroupLog group = groups.get(name);
        if (group == null) throw new IllegalArgumentException("no storage group " + name);
        return group;
    }

    List<TornRecord> torn() {
        return List.copyOf(torn);
    }

    long uidValidity() {
        return groups.values().stream()
                .mapToLong(StorageGroupLog::uidValidity)
                .max()
                .orElseThrow(() -> new IllegalStateException("a server has a storage group"));
    }

    Runnable onClosed(ObjLongConsumer<String> listener) {
        List<Runnable> ends = groups.values().stream()
                .map(group -> group.closed().add(listener))
                .toList();
        return () -> ends.forEach(Runnable::run);
    }

    /** Each group gets the message once, for all its mailboxes; one result per mailbox, in their order. */
    List<DeliveryResult> deliver(IncomingMessage message, Arrival arrival, List<DirectoryEntry.Mailbox> mailboxes) {
        TreeMap<String, List<Integer>> byGroup = Names.map();
        for (int i = 0; i < mailboxes.size(); i++) {
            byGroup.computeIfAbsent(mailboxes.get(i).database().storageGroup(), g -> new ArrayList<>())
                    .add(i);
        }
        List<DeliveryResult> results = new ArrayList<>(
                Collections.nCopies(mailboxes.size(), new DeliveryResult.Failed("no such storage group")));
        byGroup.forEach((name, numbers) -> {
            StorageGroupLog group = groups.get(name);
            if (group == null) return;
            List<DirectoryEntry.Mailbox> there =
                    numbers.stream().map(mailboxes::get).toList();
            List<DeliveryResult> answers = group.deliver(message, arrival, there);
            for (int i = 0; i < numbers.size(); i++) results.set(numbers.get(i), answers.get(i));
        });
        return results;
    }

    /** Ends them all as the death of the machine would. */
    void abandon() throws IOException {
        for (StorageGroupLog group : groups.values()) group.abandon();
    }

    @Override
    public void close() throws IOException {
        for (StorageGroupLog group : groups.values()) group.close();
    }
}
