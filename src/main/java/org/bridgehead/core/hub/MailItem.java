package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.topology.TransportRule;

/** A message in memory with its durable copies. Owned by the hub's thread. */
final class MailItem {
    private final SpoolRecord.Accepted accepted;
    private boolean again;
    private int lastCopy;
    private int openReports;
    private boolean keepsAllCopies;
    private List<String> rules = List.of();
    private List<TransportRule> own = List.of();
    /** Number 0, the first of the copies. */
    private final MailCopy original;
    /** In the order of their numbers, nearly always the original alone. */
    private final List<MailCopy> copies = new ArrayList<>(1);

    /**
     * A message with its original copy.
     *
     * @param again whether an earlier life of this server may already have sent some of it
     */
    MailItem(SpoolRecord.Accepted accepted, boolean again) {
        this.accepted = accepted;
        this.again = again || accepted.facts().state().has(TransferState.Flag.AGAIN);
        original = new MailCopy(this, accepted);
        copies.add(original);
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

    /** A transport rule has put somebody among the recipients: that happens once. */
    void markRule(String name) {
        rules = Lists.plus(rules, name);
    }

    /** Names of the rules that are not applied again. */
    List<String> rules() {
        if (rules.isEmpty()) {
            return state().rules();
        }
        List<String> all = new ArrayList<>(state().rules());
        all.addAll(rules);
        return all;
    }

    /** Rules that an agent wants applied to this message alone. */
    List<TransportRule> ownRules() {
        return own;
    }

    void ownRules(List<TransportRule> wanted) {
        own = List.copyOf(wanted);
    }

    /** These, and before them those of this message alone. */
    List<TransportRule> rules(List<TransportRule> ofAll) {
        if (own.isEmpty()) {
            return ofAll;
        }
        List<TransportRule> all = new ArrayList<>(own);
        all.addAll(ofAll);
        return all;
    }

    boolean has(int number) {
        return position(number) >= 0;
    }

    MailCopy original() {
        return original;
    }

    MailCopy copy(int number) {
        // It never leaves: only chunks do.
        if (number == 0) {
            return original;
        }
        int at = position(number);
        if (at < 0) {
            throw new IllegalStateException("message " + id() + " has no copy " + number);
        }
        return copies.get(at);
    }

    /** Where the copy of this number stands, or {@code -(where it would stand) - 1}. */
    private int position(int number) {
        int from = 0;
        int to = copies.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            int there = copies.get(middle).id().number();
            if (there == number) {
                return middle;
            }
            if (there < number) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return -from - 1;
    }

    /** All copies by number; a view. */
    List<MailCopy> copies() {
        return Collections.unmodifiableList(copies);
    }

    int copyCount() {
        return copies.size();
    }

    /** Adds a copy made by expansion. */
    MailCopy add(SpoolRecord.CopyMade made) {
        int at = position(made.copy().number());
        if (at >= 0) {
            throw new IllegalStateException("copy " + made.copy() + " exists");
        }
        MailCopy copy = new MailCopy(this, made);
        copies.add(-at - 1, copy);
        lastCopy = Math.max(lastCopy, made.copy().number());
        return copy;
    }

    CopyId nextCopyId() {
        return new CopyId(id(), lastCopy + 1);
    }

    /** From here on those stay that are done with. */
    void keepAllCopies() {
        keepsAllCopies = true;
    }

    /** A chunk that is done with needs no memory: who was in it is known to the expansion and to the spool. */
    void forgetIfComplete(MailCopy copy) {
        if (copy.id().number() > 0 && copy.isComplete() && !keepsAllCopies) {
            int at = position(copy.id().number());
            if (at >= 0 && copies.get(at) == copy) {
                copies.remove(at);
            }
        }
    }

    /** Addresses of all copies in memory but the original. */
    List<EmailAddress> madeFor() {
        if (copies.size() == 1 && copies.get(0).id().number() == 0) {
            return List.of();
        }
        List<EmailAddress> addresses = new ArrayList<>();
        for (MailCopy copy : copies) {
            if (copy.id().number() > 0) {
                copy.recipients().forEach(recipient -> addresses.add(recipient.address()));
            }
        }
        return addresses;
    }

    boolean isComplete() {
        for (MailCopy copy : copies) {
            if (!copy.isComplete()) {
                return false;
            }
        }
        return true;
    }
}
