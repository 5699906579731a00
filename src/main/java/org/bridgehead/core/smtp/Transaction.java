package org.bridgehead.core.smtp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.RecipientOutcome.Bounced;
import org.bridgehead.core.mail.RecipientOutcome.Deferred;
import org.bridgehead.core.mail.RecipientOutcome.Delivered;
import org.bridgehead.core.mail.RecipientOutcome.Unknown;
import org.bridgehead.core.smtp.SendAction.Stage;
import org.bridgehead.core.smtp.TransactionPlan.Kind;
import org.bridgehead.core.smtp.TransactionPlan.Step;

/**
 * One message on an open connection: sends the steps of its {@link TransactionPlan}, as many at once as the peer
 * allows, and turns the replies into one outcome per recipient. Owned by its {@link SendSession}; not thread-safe.
 */
final class Transaction {
    private static final EnhancedStatus LOST = EnhancedStatus.of("4.4.2");
    private static final EnhancedStatus TOO_MANY = EnhancedStatus.of("4.5.3");
    private static final EnhancedStatus STATE_REFUSED = EnhancedStatus.of("4.7.0");

    private final TransactionPlan plan;
    private final boolean lmtp;
    private final Outcomes outcomes;
    private final ArrayDeque<Step> expected = new ArrayDeque<>();
    private boolean bodySent;
    private boolean broken;
    private boolean finished;

    Transaction(TransactionPlan plan, boolean lmtp) {
        this.plan = plan;
        this.lmtp = lmtp;
        this.outcomes = plan.outcomes();
    }

    List<SendAction> begin() {
        return proceed();
    }

    /** The outcomes in the order of the envelope; empty while replies are due. */
    Optional<List<RecipientOutcome>> outcomes() {
        return broken || (expected.isEmpty() && plan.isFinished()) ? Optional.of(outcomes.toList()) : Optional.empty();
    }

    /** What the next reply is about. */
    Stage stage() {
        Step step = expected.peek();
        return step == null ? Stage.FINAL : step.kind().stage();
    }

    /** Whether the connection must not be used again. */
    boolean isBroken() {
        return broken;
    }

    /** Whether the peer regards the transaction as over, so that no RSET is needed before the next. */
    boolean isFinished() {
        return finished;
    }

    List<SendAction> replied(PeerReply reply) {
        Step step = expected.remove();
        if (reply.isClosing()) {
            return give(new Deferred(closing(reply.status()), reply.text()));
        }
        return switch (step.kind()) {
            case RESET -> reply.isPositive() ? proceed() : malformed("unexpected reply to RSET: " + reply.text());
            case STATE ->
                reply.isPositive() || bodySent
                        ? proceed()
                        : give(new Deferred(STATE_REFUSED, "XSTATE refused: " + reply.text()));
            case MAIL -> mail(reply);
            case RECIPIENT -> recipient(step.recipient(), reply);
            case DATA -> data(reply);
            case BDAT, DOT -> last(reply);
            case EMPTY -> proceed();
        };
    }

    /** The server goes, whatever it says of the reason; trouble of its system is trouble of its system. */
    private static EnhancedStatus closing(EnhancedStatus said) {
        return said.subject() == 3 ? said : LOST;
    }

    /**
     * The connection ended.
     *
     * @param status for recipients that may safely be tried again
     * @param complete whether the last octet of the message may have left
     */
    void lost(EnhancedStatus status, String reason, boolean complete) {
        give(bodySent && complete ? new Unknown(reason) : new Deferred(status, reason));
    }

    void lost(String reason, boolean complete) {
        lost(LOST, reason, complete);
    }

    /** The peer no longer speaks SMTP. */
    List<SendAction> malformed(String fault) {
        return give(bodySent ? new Unknown(fault) : new Deferred(HandshakeDialogue.PROTOCOL_ERROR, fault));
    }

    private List<SendAction> mail(PeerReply reply) {
        if (reply.isPositive()) {
            return proceed();
        }
        if (!isRefusal(reply)) {
            return malformed("unexpected reply to MAIL: " + reply.text());
        }
        outcomes.giveRest(refusal(reply));
        plan.cancel();
        return proceed();
    }

    private List<SendAction> recipient(int index, PeerReply reply) {
        if (reply.isPositive()) {
            outcomes.accepted(index);
        } else if (!isRefusal(reply)) {
            return malformed("unexpected reply to RCPT: " + reply.text());
        } else {
            outcomes.give(index, recipientRefusal(reply));
        }
        return proceed();
    }

    /** RFC 5321 section 4.5.3.1.10: 452, or 552 of older servers, is about the number of recipients. */
    private static RecipientOutcome recipientRefusal(PeerReply reply) {
        Optional<EnhancedStatus> status = reply.enhanced();
        boolean tooMany = (reply.code() == 452 && status.isEmpty())
                || (reply.code() == 552
                        && status.map(s -> s.subject() == 5 && s.detail() == 3).orElse(true));
        return tooMany ? new Deferred(TOO_MANY, reply.text()) : refusal(reply);
    }

    private List<SendAction> data(PeerReply reply) {
        if (reply.code() != 354) {
            if (!isRefusal(reply)) {
                return malformed("unexpected reply to DATA: " + reply.text());
            }
            outcomes.giveRest(refusal(reply));
            return List.of();
        }
        if (outcomes.anyLive()) {
            bodySent = true;
            expected.add(new Step(Kind.DOT, "", -1));
            return List.of(new SendAction.WriteBody(true));
        }
        if (lmtp || outcomes.anyAccepted()) {
            return malformed("DATA accepted without a usable recipient");
        }
        // RFC 2920 section 3.1: everybody was refused, but the pipelined DATA was not; an empty message ends it.
        expected.add(new Step(Kind.EMPTY, "", -1));
        return List.of(HandshakeDialogue.line("."));
    }

    private List<SendAction> last(PeerReply reply) {
        if (!reply.isPositive() && !isRefusal(reply)) {
            return malformed("unexpected final reply: " + reply.text());
        }
        finished = reply.isPositive();
        RecipientOutcome outcome = reply.isPositive() ? new Delivered(reply.text()) : refusal(reply);
        if (!lmtp) {
            outcomes.giveRest(outcome);
        } else if (outcomes.anyLive()) {
            outcomes.give(outcomes.firstLive(), outcome);
            if (outcomes.anyLive()) {
                expected.add(new Step(Kind.DOT, "", -1));
            }
        }
        return List.of();
    }

    /** Sends the next steps, provided that everything before was answered. */
    private List<SendAction> proceed() {
        if (!expected.isEmpty()) {
            return List.of();
        }
        List<SendAction> actions = new ArrayList<>();
        for (Step step : plan.next(outcomes.anyLive())) {
            expected.add(step);
            actions.add(HandshakeDialogue.line(step.line()));
            if (step.kind() == Kind.BDAT) {
                bodySent = true;
                actions.add(new SendAction.WriteBody(false));
            }
        }
        return actions;
    }

    private List<SendAction> give(RecipientOutcome outcome) {
        outcomes.giveRest(outcome);
        broken = true;
        expected.clear();
        return List.of(new SendAction.Close());
    }

    private static boolean isRefusal(PeerReply reply) {
        return reply.isTransient() || reply.isPermanent();
    }

    private static RecipientOutcome refusal(PeerReply reply) {
        return reply.isPermanent()
                ? new Bounced(reply.status(), reply.text())
                : new Deferred(reply.status(), reply.text());
    }
}
