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

    /** Opens a log and reads it into {@code index}; says in one line what is damaged. */
    Optional<String> open(GroupPlan plan, LogStorage storage, MailboxIndex index) throws IOException {
        StorageGroupLog group = StorageGroupLog.open(plan, storage, index);
        groups.put(plan.name(), group);
        torn.addAll(group.torn());
        return group.torn().stream()
                .findFirst()
                .map(first -> "log of " + plan.name() + ": " + group.torn().size() + " damaged parts, the first at "
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
