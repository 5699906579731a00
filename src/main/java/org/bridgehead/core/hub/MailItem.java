package org.bridgehead.core.hub;

import java.util.List;
import java.util.TreeMap;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransferState;

/** A message in memory with its durable copies. Owned by the hub's thread. */
final class MailItem {
    private final SpoolRecord.Accepted accepted;
    private boolean again;
    private int lastCopy;
    private int openReports;
    private final TreeMap<Integer, MailCopy> copies = new TreeMap<>();

    /**
     * A message with its original copy.
     *
     * @param again whether an earlier life of this server may already have sent some of it
     */
    MailItem(SpoolRecord.Accepted accepted, boolean again) {
        this.accepted = accepted;
        this.again = again || accepted.facts().state().has(TransferState.Flag.AGAIN);
        MailCopy original = new MailCopy(
                this,
                CopyId.original(accepted.id()),
                accepted.envelope().recipients(),
                List.of(),
                accepted.facts().state().has(TransferState.Flag.RESOLVED));
        copies.put(0, original);
    }

    SpoolRecord.Accepted accepted() {
        return accepted;
    }

    InternalId id() {
        return accepted.id();
    }

    TransferState state() {
        return accepted.facts().state();
    }

    /** Octets that limits are held against; reports are exempt (BEHAVIOUR 2.3). */
    long limitedSize() {
        return state().has(TransferState.Flag.REPORT) ? 0 : state().size();
    }

    boolean again() {
        return again;
    }

    /** Some of it may have arrived: every further attempt says so. */
    void markAgain() {
        again = true;
    }

    /** A report about it is being rendered. */
    void reportBegun() {
        openReports++;
    }

    void reportEnded() {
        openReports--;
    }

    boolean hasOpenReports() {
        return openReports > 0;
    }

    MailCopy original() {
        return copy(0);
    }

    MailCopy copy(int number) {
        MailCopy copy = copies.get(number);
        if (copy == null) {
            throw new IllegalStateException("message " + id() + " has no copy " + number);
        }
        return copy;
    }

    Iterable<MailCopy> copies() {
        return copies.values();
    }

    int copyCount() {
        return copies.size();
    }

    /** Adds a copy made by expansion; its recipients are final. */
    MailCopy add(CopyId id, List<Recipient> recipients, List<String> expanded) {
        MailCopy copy = new MailCopy(this, id, recipients, expanded, true);
        if (copies.put(id.number(), copy) != null) {
            throw new IllegalStateException("copy " + id + " exists");
        }
        lastCopy = Math.max(lastCopy, id.number());
        return copy;
    }

    CopyId nextCopyId() {
        return new CopyId(id(), lastCopy + 1);
    }

    /** A chunk that is done with needs no memory: who was in it is known to the expansion and to the spool. */
    void forgetIfComplete(MailCopy copy) {
        if (copy.id().number() > 0 && copy.isComplete()) {
            copies.remove(copy.id().number(), copy);
        }
    }

    /** Addresses of all copies in memory but the original. */
    List<EmailAddress> madeFor() {
        return copies.tailMap(1).values().stream()
                .flatMap(copy -> copy.recipients().stream())
                .map(Recipient::address)
                .toList();
    }

    boolean isComplete() {
        return copies.values().stream().allMatch(MailCopy::isComplete);
    }
}
