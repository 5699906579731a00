package org.bridgehead.core.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;

/** An envelope as the lines by which SMTP tells it: one MAIL, and one RCPT for each recipient. Stateless, pure. */
public final class EnvelopeText {
    private static final CommandParser PARSER = new CommandParser(ReceiveConfig.smtp("outbox", "", ReceiveLimits.HUB));

    private EnvelopeText() {}

    /**
     * The lines, without CR LF.
     *
     * @throws IllegalArgumentException for BINARYMIME, which no listener of ours takes
     */
    public static List<String> lines(Envelope envelope) {
        if (envelope.body() == BodyType.BINARY_MIME) {
            throw new IllegalArgumentException("BINARYMIME has no line here");
        }
        List<String> lines = new ArrayList<>();
        lines.add("MAIL FROM:<" + envelope.sender().map(EmailAddress::toString).orElse("") + ">"
                + (envelope.body() == BodyType.EIGHT_BIT_MIME ? " BODY=8BITMIME" : "")
                + (envelope.smtpUtf8() ? " SMTPUTF8" : "")
                + envelope.ret().map(ret -> " RET=" + ret).orElse("")
                + envelope.envid().map(id -> " ENVID=" + id).orElse(""));
        envelope.recipients().forEach(recipient -> lines.add(TransactionPlan.recipientLine(recipient, true)));
        return lines;
    }

    /** Reads the lines again; empty = they tell no envelope. */
    public static Optional<Envelope> parse(List<String> lines) {
        Command.Mail mail = null;
        List<Recipient> recipients = new ArrayList<>();
        for (String line : lines) {
            byte[] octets = line.getBytes(StandardCharsets.UTF_8);
            Command command = PARSER.parse(octets, octets.length);
            if (mail == null && command instanceof Command.Mail its) {
                mail = its;
            } else if (mail != null && command instanceof Command.Rcpt its) {
                recipients.add(its.recipient());
            } else {
                return Optional.empty();
            }
        }
        return mail == null || recipients.isEmpty()
                ? Optional.empty()
                : Optional.of(new Envelope(
                        mail.sender(), recipients, mail.body(), mail.smtpUtf8(), mail.ret(), mail.envid()));
    }
}
