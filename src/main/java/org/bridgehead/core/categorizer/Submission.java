package org.bridgehead.core.categorizer;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.HeaderField;

/**
 * How a message came: what limits and restrictions of its sender go by (BEHAVIOUR 2.3, 2.4). Immutable.
 *
 * @param sender who wrote it; empty = the null sender of reports
 * @param authenticated whether the sender proved who it is
 * @param first whether no hub before this one has checked the sender
 * @param size octets at first acceptance
 * @param subject of the message
 * @param fields of the header that rules look at
 * @param rules names of the transport rules that were applied before
 */
public record Submission(
        Optional<EmailAddress> sender,
        boolean authenticated,
        boolean first,
        long size,
        String subject,
        List<HeaderField> fields,
        List<String> rules) {
    /** Copies the lists. */
    public Submission {
        fields = List.copyOf(fields);
        rules = List.copyOf(rules);
    }

    /** A message without subject that is new to the organisation. */
    public Submission(Optional<EmailAddress> sender, boolean authenticated, long size) {
        this(sender, authenticated, true, size, "", List.of(), List.of());
    }

    /** As a hub sees it that another one has passed it to. */
    public Submission passedOn() {
        return new Submission(sender, authenticated, false, size, subject, fields, rules);
    }

    private static final String POSTMASTER = "postmaster";

    /** Reports and the organisation's own mail go to everybody, whatever the restrictions. */
    boolean isExempt() {
        return sender.isEmpty()
                || authenticated && POSTMASTER.equalsIgnoreCase(sender.get().localPart());
    }
}
