package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.TransferState;

/**
 * What follows from the verdicts of agents (BEHAVIOUR 2.1). The agent of {@link Stage#SUBMITTED} is asked about each
 * message where it is resolved, before that; it says what rules are applied to the message, and the rules do the work. A
 * verdict is not kept: after a crash the agent is asked again about what is open, and its rules do not repeat what they
 * have done, because each is known by its name. Owned by the hub's thread.
 */
final class Screening {
    private final Desk desk;
    private final Ledger ledger;
    private final Reporter reporter;
    private final Agents agents;
    private final ResolverTracking tracking;

    Screening(Desk desk, Ledger ledger, Reporter reporter, Agents agents) {
        this.desk = desk;
        this.ledger = ledger;
        this.reporter = reporter;
        this.agents = agents;
        this.tracking = new ResolverTracking(desk);
    }

    /** Asks the agent about a message; {@code then} is run when it goes on. */
    void screen(MailItem item, Runnable then) {
        if (isExempt(item)) {
            then.run();
            return;
        }
        List<MailCopy> open = List.copyOf(item.copies());
        // An operator, or another copy, must not complete the message meanwhile.
        open.forEach(MailCopy::beginWork);
        agents.consult(Stage.SUBMITTED, item.original(), verdict -> {
            if (!goesOn(item, open)) {
                return;
            }
            if (verdict instanceof AgentVerdict.Later later) {
                wait(item, later.why(), then);
            } else if (passes(item, verdict)) {
                then.run();
            }
        });
    }

    /** Whether something of the message is left to do: an operator may have ended it while it was waited for. */
    private boolean goesOn(MailItem item, List<MailCopy> waiting) {
        desk.focus(item.id());
        waiting.forEach(MailCopy::endWork);
        boolean ended = item.isComplete();
        ledger.releaseIfComplete(item);
        return !ended;
    }

    /** Reports are nobody's to judge; what was resolved before has been judged before. */
    private static boolean isExempt(MailItem item) {
        return item.accepted().envelope().sender().isEmpty() || item.state().has(TransferState.Flag.RESOLVED);
    }

    private boolean passes(MailItem item, AgentVerdict verdict) {
        if (verdict instanceof AgentVerdict.Apply apply) {
            item.ownRules(apply.rules());
        }
        boolean passes = true;
        for (MailCopy copy : List.copyOf(item.copies())) {
            passes = passes(copy, copy.open(), verdict);
        }
        return passes;
    }

    private void wait(MailItem item, String why, Runnable then) {
        List<MailCopy> open = Lists.filter(item.copies(), copy -> !copy.open().isEmpty());
        Instant end = item.state().submitted().plus(desk.snapshot().retry().expiration());
        if (!end.isAfter(desk.now())) {
            List.copyOf(open).forEach(copy -> refuse(copy, copy.open(), Deadlines.EXPIRED, Deadlines.EXPIRED_WORDS));
            return;
        }
        for (MailCopy copy : open) {
            tracking.defer(copy, addresses(copy), why);
            copy.beginWork();
        }
        desk.timers().at(desk.now().plus(desk.snapshot().retry().transientInterval()), () -> {
            if (goesOn(item, open)) {
                screen(item, then);
            }
        });
    }

    private static List<EmailAddress> addresses(MailCopy copy) {
        List<EmailAddress> addresses = new ArrayList<>();
        copy.open().forEach(index -> addresses.add(copy.recipients().get(index).address()));
        return addresses;
    }

    /** Whether these recipients of a copy go on after a verdict; if not, they are settled here. */
    boolean passes(MailCopy copy, List<Integer> indices, AgentVerdict verdict) {
        if (verdict instanceof AgentVerdict.Reject reject) {
            refuse(copy, indices, reject.status(), reject.reason());
            return false;
        }
        if (verdict instanceof AgentVerdict.Drop) {
            tracking.drop(copy);
            ledger.settle(copy, indices);
            return false;
        }
        return true;
    }

    private void refuse(MailCopy copy, List<Integer> indices, EnhancedStatus status, String reason) {
        reporter.fail(
                copy,
                TrackingEvent.Source.AGENT,
                Lists.map(
                        indices,
                        i -> new Reporter.Failure(i, copy.recipients().get(i), status, reason, Optional.empty())));
    }
}
