package org.bridgehead.core.hub;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.topology.JournalRule;
import org.bridgehead.core.topology.TransportRule;

/**
 * What is to be made of one copy before it goes on. Immutable.
 *
 * @param about the message in the spool
 * @param envelope in which the copy goes on
 * @param origin who sent it, where a group's manager took the place of the sender
 * @param rules that change its octets, in order; each action is a {@link TransportRule.Change}
 * @param journals rules that want it on record
 * @param server where
 */
public record TreatmentOrder(
        InternalId about,
        Envelope envelope,
        Optional<EmailAddress> origin,
        List<TransportRule> rules,
        List<JournalRule> journals,
        String server) {
    /** Copies the lists. */
    public TreatmentOrder {
        rules = List.copyOf(rules);
        journals = List.copyOf(journals);
    }
}
