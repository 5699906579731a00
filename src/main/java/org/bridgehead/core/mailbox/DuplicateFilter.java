package org.bridgehead.core.mailbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.Names;

/**
 * Drops what a mailbox already has (DECISIONS 5.2). It keys on the transport id and the mailbox, never on the
 * Message-ID, which a sender may use twice: the first delivery of a message to a mailbox is never dropped, any further
 * one is. Whether a copy is marked as tried before does not count, since a marked copy may overtake an unmarked one
 * whose reply was lost. A dropped copy counts as delivered.
 *
 * <p>Its history is what the transaction log says was delivered: whoever loses the end of the log loses that part of
 * the history with it, and redelivery then fills the mailbox again. An entry is forgotten when it is older than the
 * retention, or when there are more than {@code limit} of them (oldest first): the worst a forgotten entry does is let
 * a copy in twice. An entry takes about 110 octets on a 64-bit JVM, so {@link #DEFAULT_LIMIT} of them about 110 MB.
 *
 * <p>Deterministic, not thread-safe: one owner.
 */
public final class DuplicateFilter {
    /** Entries kept at most unless said otherwise: a week at 1.7 deliveries a second. */
    public static final int DEFAULT_LIMIT = 1_000_000;

    /** Time that hubs may still hold a copy beyond the dumpster's {@code maxTime}: its queue's expiration and a day. */
    public static final Duration MARGIN = Duration.ofDays(3);

    private final Duration retention;
    private final int limit;
    private final Map<Key, Instant> history = new LinkedHashMap<>();
    private final Names.Index<Integer> mailboxes = new Names.Index<>();

    private record Key(long high, long low, int mailbox) {}

    /**
     * An empty history.
     *
     * @param retention how long an entry is kept; positive
     * @param limit entries kept at most; positive
     */
    public DuplicateFilter(Duration retention, int limit) {
        if (retention.isZero() || retention.isNegative() || limit < 1) {
            throw new IllegalArgumentException("a filter keeps something: " + retention + ", " + limit);
        }
        this.retention = retention;
        this.limit = limit;
    }

    /** How long history must be kept where dumpsters keep mail for {@code maxTime}. */
    public static Duration retentionFor(Duration maxTime) {
        return maxTime.plus(MARGIN);
    }

    /** Whether the mailbox has this message, so that another copy of it is to be dropped. */
    public boolean drops(TransportId id, String mailbox) {
        return history.containsKey(key(id, mailbox));
    }

    /** Learns that {@code mailbox} got the message at {@code at}, and forgets what is too old by then. */
    public void delivered(TransportId id, String mailbox, Instant at) {
        Key key = key(id, mailbox);
        history.remove(key);
        history.put(key, at);
        forget(at);
    }

    /** Entries remembered now. */
    public int size() {
        return history.size();
    }

    /** Entries stand in order of delivery, so the old ones are in front; a clock that steps back delays forgetting. */
    private void forget(Instant now) {
        Instant oldest = now.minus(retention);
        Iterator<Instant> times = history.values().iterator();
        while (times.hasNext() && (times.next().isBefore(oldest) || history.size() > limit)) {
            times.remove();
        }
    }

    private Key key(TransportId id, String mailbox) {
        Integer number = mailboxes.computeIfAbsent(mailbox, name -> mailboxes.size());
        return new Key(id.high(), id.low(), number);
    }
}
