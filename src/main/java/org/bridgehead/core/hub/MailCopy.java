package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;

/** One durable copy in memory: what is settled, and whether it is being categorized. Owned by the hub's thread. */
final class MailCopy {
    /** The index of a recipient that is alone. */
    private static final List<Integer> ONLY = List.of(0);

    private final MailItem item;
    private final CopyId id;
    private final List<Recipient> recipients;
    private final List<String> expanded;
    private final boolean resolved;
    private RecipientBits settled = RecipientBits.none();
    private int works;
    private RecipientBits delayReported = RecipientBits.none();

    MailCopy(MailItem item, CopyId id, List<Recipient> recipients, List<String> expanded, boolean resolved) {
        this.item = item;
        this.id = id;
        this.recipients = recipients;
        this.expanded = expanded;
        this.resolved = resolved;
    }

    MailItem item() {
        return item;
    }

    CopyId id() {
        return id;
    }

    List<Recipient> recipients() {
        return recipients;
    }

    /** Groups these recipients came out of. */
    List<String> expanded() {
        return expanded;
    }

    /** Whether the recipients were resolved before: forwarding is not followed again. */
    boolean isResolved() {
        return resolved;
    }

    void settle(RecipientBits more) {
        settled = settled.or(more);
    }

    boolean isSettled(int index) {
        return settled.has(index);
    }

    List<Integer> open() {
        if (recipients.size() == 1) {
            return settled.has(0) ? List.of() : ONLY;
        }
        List<Integer> open = new ArrayList<>(recipients.size());
        for (int i = 0; i < recipients.size(); i++) {
            if (!settled.has(i)) {
                open.add(i);
            }
        }
        return List.copyOf(open);
    }

    List<Integer> openAmong(List<Integer> indices) {
        return Lists.filter(indices, index -> !settled.has(index));
    }

    /** A categorization of some recipients begins: the copy is not complete before it ends. */
    void beginWork() {
        works++;
    }

    void endWork() {
        works--;
    }

    boolean isWorkedOn() {
        return works > 0;
    }

    boolean isComplete() {
        return works == 0 && settled.count() == recipients.size();
    }

    /** Whether the sender has heard that this recipient waits. */
    boolean isDelayReported(int index) {
        return delayReported.has(index);
    }

    void markDelayReported(Collection<Integer> indices) {
        delayReported = delayReported.or(RecipientBits.of(indices));
    }
}
