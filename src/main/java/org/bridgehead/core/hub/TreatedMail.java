package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.JournalRule;
import org.bridgehead.core.topology.TransportRule;

/** The messages that a treatment ends in, the same in the live engine and in simulations. Stateless, safe for any thread. */
public final class TreatedMail {
    private TreatedMail() {}

    /**
     * The copy as a message of its own: the same identity in the organisation, with what the rules made of its octets. Its
     * recipients are resolved, and its state says which rules were applied, so that no hub applies them again.
     *
     * @param original the message
     * @param number in the spool
     * @param body its octets; those of the original when no rule changes them
     * @param now when
     */
    public static SpoolRecord.Accepted successor(
            SpoolRecord.Accepted original, TreatmentOrder order, InternalId number, BodyRef body, Instant now) {
        Facts facts = original.facts();
        List<String> rules = new ArrayList<>(facts.state().rules());
        rules.addAll(Lists.map(order.rules(), TransportRule::name));
        TransferState state = facts.state().with(TransferState.Flag.RESOLVED).withRules(rules);
        if (order.origin().isPresent() && state.origin().isEmpty()) {
            state = state.sentBy(order.origin().get());
        }
        return new SpoolRecord.Accepted(
                number, order.envelope(), new Facts(state, facts.header(), now, facts.source()), body);
    }

    /**
     * A journal report. It speaks for the organisation itself, as delivery reports do: no limit or restriction keeps it
     * back, nobody hears when it fails but the tracking log, and nothing is journaled about it.
     *
     * @param number in the spool
     * @param id in the organisation
     * @param body its octets
     * @param original the message it has inside
     * @param now when
     */
    public static SpoolRecord.Accepted journal(
            JournalRule rule,
            InternalId number,
            TransportId id,
            BodyRef body,
            SpoolRecord.Accepted original,
            Instant now) {
        boolean utf8 = rule.to().needsSmtpUtf8() || original.envelope().smtpUtf8();
        boolean binary = original.envelope().body() == BodyType.BINARY_MIME;
        Envelope envelope = Envelope.ofReport(rule.to(), binary ? BodyType.BINARY_MIME : BodyType.EIGHT_BIT_MIME, utf8);
        HeaderFacts header =
                new HeaderFacts(messageId(rule, id), "Journal report", 0, true, utf8, Optional.of("auto-generated"));
        TransferState state = TransferState.fresh(id, now, body.size(), Optional.of(ReportMail.AUTHOR))
                .with(TransferState.Flag.REPORT);
        return new SpoolRecord.Accepted(number, envelope, new Facts(state, header, now, "journal"), body);
    }

    /** The Message-ID of a journal report. */
    public static MessageId messageId(JournalRule rule, TransportId id) {
        return new MessageId("<journal-" + id + "@" + rule.to().domain() + ">");
    }
}
