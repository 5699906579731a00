package org.bridgehead.core.hub;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Numbered;
import org.bridgehead.core.queue.QueuedCopy;

/** The messages in memory, and what of them is settled. Owned by the hub's thread. */
final class Ledger {
    private final Desk desk;
    private final Numbered<MailItem> items = new Numbered<>();
    private Runnable onRelease = () -> {};
    private long released;

    Ledger(Desk desk) {
        this.desk = desk;
    }

    /** Called whenever a message has left memory. */
    void onRelease(Runnable action) {
        onRelease = action;
    }

    MailItem add(SpoolRecord.Accepted accepted, boolean again) {
        MailItem item = new MailItem(accepted, again);
        if (items.put(accepted.id().value(), item) != null) {
            throw new IllegalStateException("message " + accepted.id() + " is here already");
        }
        return item;
    }

    /** A message read back from the spool. */
    MailItem add(StoredMessage stored, boolean again) {
        MailItem item = add(stored.accepted(), again);
        stored.copies().forEach(item::add);
        stored.settled().forEach((copy, bits) -> item.copy(copy.number()).settle(bits));
        return item;
    }

    Optional<MailItem> find(InternalId id) {
        return Optional.ofNullable(items.get(id.value()));
    }

    Optional<MailCopy> find(CopyId id) {
        return find(id.message()).map(item -> item.copy(id.number()));
    }

    /**
     * The copy that queued recipients belong to.
     *
     * @throws IllegalStateException if it is not in memory: a queued copy always is
     */
    MailCopy copyOf(QueuedCopy queued) {
        MailItem item = items.get(queued.copy().message().value());
        if (item == null) {
            throw new IllegalStateException("copy " + queued.copy() + " is queued but unknown");
        }
        return item.copy(queued.copy().number());
    }

    int size() {
        return items.size();
    }

    /** Messages that nothing is left to do of, so far. */
    long released() {
        return released;
    }

    /** All of them by number; for operators, not for the way of a message. */
    List<MailItem> byNumber() {
        return items.values();
    }

    /** These recipients need nothing more; a message without open recipients is released. */
    void settle(MailCopy copy, List<Integer> indices) {
        List<Integer> fresh = copy.openAmong(indices);
        if (!fresh.isEmpty()) {
            RecipientBits bits = RecipientBits.of(fresh);
            copy.settle(bits);
            desk.record(new SpoolRecord.Settled(copy.id(), bits));
            copy.item().forgetIfComplete(copy);
        }
        releaseIfComplete(copy.item());
    }

    /** The groups of a copy are wholly expanded. */
    void expanded(MailCopy copy, List<Integer> indices) {
        desk.record(new SpoolRecord.Expanded(copy.id()));
        settle(copy, indices);
    }

    void releaseIfComplete(MailItem item) {
        if (item.isComplete() && items.get(item.id().value()) == item) {
            items.remove(item.id().value());
            released++;
            desk.record(new SpoolRecord.Released(item.id()));
            onRelease.run();
        }
    }

    /** Puts a message out of memory; the spool still has it. */
    void unload(MailItem item) {
        items.remove(item.id().value());
        onRelease.run();
    }
}
