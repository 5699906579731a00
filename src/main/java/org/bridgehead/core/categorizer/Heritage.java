package org.bridgehead.core.categorizer;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Recipient;

/**
 * What members take over from the recipient that stood for them: its report requests, and who hears the reports.
 *
 * @param recipient the one that stood for them
 * @param sender who takes the place of the message's sender; empty = nobody
 */
record Heritage(Recipient recipient, Optional<EmailAddress> sender) {
    /** The recipient of a member: the same requests for another address. */
    Recipient to(EmailAddress address) {
        return address.equals(recipient.address())
                ? recipient
                : new Recipient(address, Optional.empty(), recipient.conditions());
    }

    Heritage with(EmailAddress address) {
        return new Heritage(to(address), sender);
    }

    /** Nobody hears of the members. */
    Heritage silent() {
        return new Heritage(wanting(DsnCondition.NEVER), sender);
    }

    /** The manager hears of failures, and of nothing else. */
    Heritage toldTo(EmailAddress manager) {
        return new Heritage(wanting(DsnCondition.FAILURE), Optional.of(manager));
    }

    private Recipient wanting(DsnCondition condition) {
        return new Recipient(recipient.address(), recipient.orcpt(), List.of(condition));
    }
}
