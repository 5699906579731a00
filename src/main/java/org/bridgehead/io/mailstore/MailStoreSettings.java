package org.bridgehead.io.mailstore;

import java.time.Duration;
import org.bridgehead.core.mailbox.DuplicateFilter;

/**
 * How a store keeps its logs.
 *
 * @param generationSize octets at which a log file is closed and the next one begun; the record that crosses it is
 *     still written whole, so a file may be longer by one record
 * @param duplicateRetention how long the duplicate filter remembers
 * @param duplicateLimit deliveries the duplicate filter remembers at most, per storage group
 * @param sync whether a delivery waits for the disk; {@code false} only shows that tests notice
 */
public record MailStoreSettings(long generationSize, Duration duplicateRetention, int duplicateLimit, boolean sync) {
    /** 1 MB logs as in Exchange 2007, and a filter for dumpsters of the default 7 days. */
    public static final MailStoreSettings DEFAULT = new MailStoreSettings(
            1 << 20, DuplicateFilter.retentionFor(Duration.ofDays(7)), DuplicateFilter.DEFAULT_LIMIT, true);

    /** Checks the ranges. */
    public MailStoreSettings {
        if (generationSize < 1 || duplicateLimit < 1) {
            throw new IllegalArgumentException("sizes are positive: " + generationSize + ", " + duplicateLimit);
        }
    }

    /** With another generation size. */
    public MailStoreSettings generationSize(long octets) {
        return new MailStoreSettings(octets, duplicateRetention, duplicateLimit, sync);
    }

    /** With another retention. */
    public MailStoreSettings duplicateRetention(Duration retention) {
        return new MailStoreSettings(generationSize, retention, duplicateLimit, sync);
    }
}
