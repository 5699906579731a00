package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.Treatment;

/** One durable copy in memory: what is settled, and whether it is being categorized. Owned by the hub's thread. */
final class MailCopy {
    /** The index of a recipient that is alone. */
    private static final List<Integer> ONLY = List.of(0);

    private final MailItem item;
    private final CopyId id;
    private final List<Recipient> recipients;
    private final List<String> expanded;
    /** Who takes the place of the message's sender. */
    private final Optional<EmailAddress> sender;

    private final Treatment treatment;

    private final boolean resolved;
    private RecipientBits settled = RecipientBits.none();
    /** Have arrived, by a note of an earlier life; some are settled with the report that says so. */
    private RecipientBits arrived = RecipientBits.none();

    private int works;
    private RecipientBits delayReported = RecipientBits.none();

    /** The original copy of a message. */
    MailCopy(MailItem item, SpoolRecord.Accepted accepted) {
        this.item = item;
        this.id = CopyId.original(accepted.id());
        this.recipients = accepted.envelope().recipients();
        this.expanded = List.of();
        this.sender = Optional.empty();
        this.treatment = Treatment.NONE;
        this.resolved = accepted.facts().state().has(TransferState.Flag.RESOLVED);
    }

    /** A copy made by expansion: its recipients are final. */
    MailCopy(MailItem item, SpoolRecord.CopyMade made) {
        this.item = item;
        this.id = made.copy();
        this.recipients = made.recipients();
        this.expanded = made.expanded();
        this.sender = made.sender();
        this.treatment = made.treatment();
        this.resolved = true;
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

    /** What is done for its recipients before they go on. */
    Treatment treatment() {
        return treatment;
    }

    /** Who hears what becomes of it; empty = nobody does. */
    Optional<EmailAddress> sender() {
        return sender.isPresent() ? sender : item.accepted().envelope().sender();
    }

    /** Whether another one than the message's sender hears of it. */
    boolean hasOwnSender() {
        return sender.isPresent();
    }

    /** The envelope it travels in, for some of its recipients. */
    Envelope envelope(List<Recipient> some) {
        Envelope whole = item.accepted().envelope().to(some);
        return sender.isPresent() ? whole.from(sender) : whole;
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

    void markArrived(RecipientBits more) {
        arrived = arrived.or(more);
    }

    /** Whether something is left to do for the recipient at {@code index}; false when there is none. */
    boolean isOpen(int index) {
        return index < recipients.size() && !settled.has(index) && !arrived.has(index);
    }

    List<Integer> open() {
        if (recipients.size() == 1) {
            return isOpen(0) ? ONLY : List.of();
        }
        List<Integer> open = new ArrayList<>(recipients.size());
        for (int i = 0; i < recipients.size(); i++) {
            if (isOpen(i)) {
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
