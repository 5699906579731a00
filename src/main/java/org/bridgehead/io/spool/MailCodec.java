package org.bridgehead.io.spool;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.DsnReturn;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.HeaderField;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;

/** Envelopes and facts of messages as parts of a {@link RecordCodec} payload. Stateless, safe for any thread. */
final class MailCodec {
    private static final List<BodyType> BODY_TYPES =
            List.of(BodyType.SEVEN_BIT, BodyType.EIGHT_BIT_MIME, BodyType.BINARY_MIME);
    private static final List<DsnReturn> RETURNS = List.of(DsnReturn.FULL, DsnReturn.HDRS);
    private static final List<DsnCondition> CONDITIONS =
            List.of(DsnCondition.NEVER, DsnCondition.SUCCESS, DsnCondition.FAILURE, DsnCondition.DELAY);
    private static final List<TransferState.Flag> FLAGS = List.of(
            TransferState.Flag.RESOLVED,
            TransferState.Flag.FROZEN,
            TransferState.Flag.NODSN,
            TransferState.Flag.AGAIN,
            TransferState.Flag.REPORT,
            TransferState.Flag.HIGH,
            TransferState.Flag.LOW);

    private MailCodec() {}

    static void envelope(PayloadWriter out, Envelope envelope) {
        out.optional(envelope.sender(), sender -> out.text(sender.toString()))
                .list(envelope.recipients(), one -> recipient(out, one))
                .octet(BODY_TYPES.indexOf(envelope.body()))
                .flag(envelope.smtpUtf8())
                .optional(envelope.ret(), ret -> out.octet(RETURNS.indexOf(ret)))
                .optional(envelope.envid(), out::text);
    }

    static Envelope envelope(PayloadReader in) {
        return new Envelope(
                address(in),
                in.list(() -> recipient(in)),
                BODY_TYPES.get(in.octet()),
                in.flag(),
                in.optional(() -> RETURNS.get(in.octet())),
                in.optional(in::text));
    }

    static Optional<EmailAddress> address(PayloadReader in) {
        return in.optional(() -> EmailAddress.of(in.text()));
    }

    static void recipient(PayloadWriter out, Recipient recipient) {
        out.text(recipient.address().toString())
                .optional(recipient.orcpt(), out::text)
                .list(recipient.conditions(), condition -> out.octet(CONDITIONS.indexOf(condition)));
    }

    static Recipient recipient(PayloadReader in) {
        return new Recipient(
                EmailAddress.of(in.text()), in.optional(in::text), in.list(() -> CONDITIONS.get(in.octet())));
    }

    static void taken(PayloadWriter out, SpoolRecord.Taken taken) {
        Handover.Mark mark = taken.handover().mark();
        out.longNumber(taken.id().value())
                .longNumber(taken.transport().high())
                .longNumber(taken.transport().low())
                .text(taken.handover().server())
                .longNumber(mark.spool())
                .longNumber(mark.copy().message().value())
                .number(mark.copy().number())
                .list(taken.recipients(), out::longNumber)
                .instant(taken.at());
    }

    static SpoolRecord.Taken taken(PayloadReader in) {
        return new SpoolRecord.Taken(
                new InternalId(in.longNumber()),
                new TransportId(in.longNumber(), in.longNumber()),
                new Handover(
                        in.text(),
                        new Handover.Mark(in.longNumber(), new CopyId(new InternalId(in.longNumber()), in.number()))),
                in.list(in::longNumber),
                in.instant());
    }

    static void facts(PayloadWriter out, Facts facts) {
        TransferState state = facts.state();
        HeaderFacts header = facts.header();
        out.longNumber(state.id().high())
                .longNumber(state.id().low())
                .instant(state.submitted())
                .longNumber(state.size())
                .optional(state.auth(), out::text)
                .list(state.flags(), flag -> out.octet(FLAGS.indexOf(flag)))
                .texts(state.expanded())
                .texts(state.avoid())
                .texts(state.trace())
                .optional(state.origin(), origin -> out.text(origin.toString()))
                .texts(state.rules());
        out.text(header.messageId().text())
                .text(header.subject())
                .number(header.receivedLines())
                .flag(header.eightBit())
                .flag(header.utf8Header())
                .optional(header.autoSubmitted(), out::text)
                .list(header.fields(), field -> out.text(field.name()).text(field.value()));
        out.instant(facts.acceptedAt()).text(facts.source());
    }

    /** {@code form}: 1 = of a version that knew of neither origin nor rules, 2 = nor of further header fields. */
    static Facts facts(PayloadReader in, int form) {
        TransferState state = new TransferState(
                new TransportId(in.longNumber(), in.longNumber()),
                in.instant(),
                in.longNumber(),
                in.optional(in::text),
                in.list(() -> FLAGS.get(in.octet())),
                in.texts(),
                in.texts(),
                in.texts(),
                form >= 2 ? address(in) : Optional.empty(),
                form >= 2 ? in.texts() : List.of());
        HeaderFacts header = new HeaderFacts(
                new MessageId(in.text()),
                in.text(),
                in.number(),
                in.flag(),
                in.flag(),
                in.optional(in::text),
                form >= 3 ? in.list(() -> new HeaderField(in.text(), in.text())) : List.of());
        return new Facts(state, header, in.instant(), in.text());
    }
}
