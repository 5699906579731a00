package org.bridgehead.core.mail;

import java.util.List;
import java.util.Optional;

/**
 * One RCPT of an envelope with its DSN parameters (RFC 3461).
 *
 * @param address where to
 * @param orcpt the ORCPT value as it was given ({@code rfc822;user+40example.test}), xtext still encoded
 * @param conditions the NOTIFY keywords as given; empty = parameter absent
 */
public record Recipient(EmailAddress address, Optional<String> orcpt, List<DsnCondition> conditions) {
    /** Copies the list. */
    public Recipient {
        conditions = List.copyOf(conditions);
        if (conditions.contains(DsnCondition.NEVER) && conditions.size() > 1) {
            throw new IllegalArgumentException("NOTIFY=NEVER stands alone: " + conditions);
        }
    }

    /** A recipient without DSN parameters. */
    public static Recipient of(EmailAddress address) {
        return new Recipient(address, Optional.empty(), List.of());
    }

    /** The same request for another address; the original one is kept in ORCPT (BEHAVIOUR 2.2). */
    public Recipient rewrittenTo(EmailAddress other) {
        if (other.toString().equals(address.toString())) {
            return this;
        }
        return new Recipient(
                other, orcpt.or(() -> Optional.of("rfc822;" + Xtext.encode(address.toString()))), conditions);
    }

    /** Whether a report on {@code condition} is wanted; failures are reported by default. */
    public boolean wants(DsnCondition condition) {
        return conditions.isEmpty()
                ? condition == DsnCondition.FAILURE || condition == DsnCondition.DELAY
                : conditions.contains(condition);
    }
}
