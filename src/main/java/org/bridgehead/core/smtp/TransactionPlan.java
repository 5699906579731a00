package org.bridgehead.core.smtp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.SendAction.Stage;

/**
 * The commands of one transaction and how many of them may go out before an answer is awaited: all up to DATA when
 * the peer pipelines (RFC 2920), with BDAT the message, too, when it is small; else one by one. Recipients that
 * the peer cannot take by what it offers have their outcome before anything is sent. Not thread-safe.
 */
final class TransactionPlan {
    /** Messages up to this size leave together with their envelope; losing one to a refusal costs little. */
    static final int EAGER = 48 * 1024;

    /** Commands in flight: their replies fit into any receive buffer, so both ends never wait for each other. */
    static final int WINDOW = 100;

    /** What a command is, hence what its reply means. */
    enum Kind {
        RESET(Stage.MAIL),
        STATE(Stage.MAIL),
        MAIL(Stage.MAIL),
        RECIPIENT(Stage.RCPT),
        DATA(Stage.DATA),
        BDAT(Stage.FINAL),
        DOT(Stage.FINAL),
        EMPTY(Stage.FINAL);

        private final Stage stage;

        Kind(Stage stage) {
            this.stage = stage;
        }

        Stage stage() {
            return stage;
        }
    }

    /**
     * A command.
     *
     * @param line without CR LF
     * @param recipient its index in the envelope, or -1
     */
    record Step(Kind kind, String line, int recipient) {}

    private final Capabilities peer;
    private final Outgoing mail;
    private final long size;
    private final boolean bdat;
    private final Outcomes outcomes;
    private final ArrayDeque<Step> steps = new ArrayDeque<>();

    TransactionPlan(SendConfig config, Capabilities peer, Outgoing mail, long size, boolean reset) {
        this.peer = peer;
        this.mail = mail;
        this.size = size;
        boolean binary = mail.envelope().body() == BodyType.BINARY_MIME;
        this.bdat = (config.useBdat() || binary) && peer.offers("CHUNKING");
        this.outcomes = refusals();
        if (!outcomes.isComplete()) {
            plan(reset, config.sendState() && peer.offers("XBRIDGEHEAD"));
        }
    }

    /** The outcomes known beforehand; owned by the caller from now on. */
    Outcomes outcomes() {
        return outcomes;
    }

    boolean isFinished() {
        return steps.isEmpty();
    }

    /** Nothing more is sent. */
    void cancel() {
        steps.clear();
    }

    /** The commands to be sent now that all earlier ones are answered; {@code live} tells whether somebody was accepted. */
    List<Step> next(boolean live) {
        int window = peer.offers("PIPELINING") ? WINDOW : 1;
        List<Step> now = new ArrayList<>();
        while (now.size() < window && !steps.isEmpty()) {
            Kind kind = steps.element().kind();
            boolean message = kind == Kind.DATA || kind == Kind.BDAT;
            if (message && now.isEmpty() && !live) {
                cancel();
            } else if (kind == Kind.BDAT && !now.isEmpty() && size > EAGER) {
                return now;
            } else {
                now.add(steps.remove());
            }
        }
        return now;
    }

    private void plan(boolean reset, boolean state) {
        if (reset) {
            add(Kind.RESET, "RSET", -1);
        }
        if (state) {
            mail.state().ifPresent(known -> add(Kind.STATE, "XSTATE " + XState.format(known, mail.handover()), -1));
        }
        add(Kind.MAIL, mailLine(), -1);
        List<Recipient> recipients = mail.envelope().recipients();
        for (int i = 0; i < recipients.size(); i++) {
            if (outcomes.isOpen(i)) {
                add(Kind.RECIPIENT, recipientLine(recipients.get(i), peer.offers("DSN")), i);
            }
        }
        if (bdat) {
            add(Kind.BDAT, "BDAT " + size + " LAST", -1);
        } else {
            add(Kind.DATA, "DATA", -1);
        }
    }

    private void add(Kind kind, String line, int recipient) {
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("control character in " + kind);
        }
        steps.add(new Step(kind, line, recipient));
    }

    private String mailLine() {
        StringBuilder line = new StringBuilder("MAIL FROM:<")
                .append(mail.envelope().sender().map(EmailAddress::toString).orElse(""))
                .append('>');
        if (peer.offers("SIZE")) {
            line.append(" SIZE=").append(size);
        }
        BodyType body = mail.envelope().body();
        if (body == BodyType.BINARY_MIME) {
            line.append(" BODY=BINARYMIME");
        } else if (peer.offers("8BITMIME") && (mail.eightBit() || body == BodyType.EIGHT_BIT_MIME)) {
            line.append(" BODY=8BITMIME");
        }
        if (peer.offers("SMTPUTF8") && (mail.envelope().smtpUtf8() || isUtf8())) {
            line.append(" SMTPUTF8");
        }
        if (peer.offers("DSN")) {
            mail.envelope().ret().ifPresent(ret -> line.append(" RET=").append(ret));
            mail.envelope().envid().ifPresent(id -> line.append(" ENVID=").append(id));
        }
        return line.toString();
    }

    /** The RCPT of a recipient, with its DSN parameters for a peer that takes them. */
    static String recipientLine(Recipient recipient, boolean dsn) {
        StringBuilder line =
                new StringBuilder("RCPT TO:<").append(recipient.address()).append('>');
        if (dsn) {
            if (!recipient.conditions().isEmpty()) {
                line.append(" NOTIFY=")
                        .append(recipient.conditions().stream()
                                .map(c -> c.name().toUpperCase(Locale.ROOT))
                                .collect(Collectors.joining(",")));
            }
            recipient.orcpt().ifPresent(original -> line.append(" ORCPT=").append(original));
        }
        return line.toString();
    }

    private Outcomes refusals() {
        List<Recipient> recipients = mail.envelope().recipients();
        Outcomes known = new Outcomes(recipients.size());
        refusalOfAll().ifPresent(known::giveRest);
        for (int i = 0; i < recipients.size(); i++) {
            if (recipients.get(i).address().needsSmtpUtf8() && !peer.offers("SMTPUTF8")) {
                known.give(i, noUtf8("the recipient's address"));
            }
        }
        return known;
    }

    private Optional<RecipientOutcome> refusalOfAll() {
        long limit = peer.maxSize().orElse(Long.MAX_VALUE);
        if (size > limit) {
            return Optional.of(
                    bounced("5.3.4", "552", "message of " + size + " octets, the next server takes " + limit));
        }
        boolean utf8Sender =
                mail.envelope().sender().map(EmailAddress::needsSmtpUtf8).orElse(false);
        if ((mail.utf8Header() || utf8Sender) && !peer.offers("SMTPUTF8")) {
            return Optional.of(noUtf8(utf8Sender ? "the sender's address" : "the header"));
        }
        if (mail.envelope().body() == BodyType.BINARY_MIME) {
            return bdat && peer.offers("BINARYMIME") ? Optional.empty() : Optional.of(noBody("BINARYMIME"));
        }
        return mail.eightBit() && !peer.offers("8BITMIME") ? Optional.of(noBody("8BITMIME")) : Optional.empty();
    }

    private boolean isUtf8() {
        return mail.utf8Header()
                || mail.envelope().sender().map(EmailAddress::needsSmtpUtf8).orElse(false)
                || mail.envelope().recipients().stream()
                        .anyMatch(r -> r.address().needsSmtpUtf8());
    }

    private static RecipientOutcome noBody(String extension) {
        return bounced("5.6.3", "554", "the message needs " + extension + ", which the next server does not offer");
    }

    private static RecipientOutcome noUtf8(String what) {
        return bounced("5.6.7", "553", what + " needs SMTPUTF8, which the next server does not offer");
    }

    private static RecipientOutcome bounced(String status, String code, String words) {
        return new RecipientOutcome.Bounced(EnhancedStatus.of(status), code + " " + status + " " + words);
    }
}
