package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.Optional;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;

/** The message that a report travels in, the same in the live engine and in simulations. */
public final class ReportMail {
    /** Who speaks for the organisation itself. */
    static final String AUTHOR = "postmaster";

    private ReportMail() {}

    /**
     * A rendered report, as the answer to {@link HubEffect.Report}. It speaks for the organisation itself: it may go to
     * any member, also to those who refuse strangers, and no limit of size keeps it back (BEHAVIOUR 2.3).
     *
     * @param number in the spool
     * @param id in the organisation
     * @param messageId of the report
     * @param body its octets
     * @param quotesEightBit whether what it quotes has octets above 127
     */
    public static SpoolRecord.Accepted of(
            DeliveryReport report,
            InternalId number,
            TransportId id,
            MessageId messageId,
            BodyRef body,
            boolean quotesEightBit,
            Instant now) {
        boolean utf8 = report.to().needsSmtpUtf8();
        boolean eightBit = quotesEightBit || utf8;
        Envelope envelope =
                Envelope.ofReport(report.to(), eightBit ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT, utf8);
        HeaderFacts header =
                new HeaderFacts(messageId, "Delivery report", 0, eightBit, utf8, Optional.of("auto-replied"));
        TransferState state =
                TransferState.fresh(id, now, body.size(), Optional.of(AUTHOR)).with(TransferState.Flag.REPORT);
        return new SpoolRecord.Accepted(number, envelope, new Facts(state, header, now, "dsn"), body);
    }
}
