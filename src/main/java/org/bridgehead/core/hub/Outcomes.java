package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.queue.QueuedCopy;
import org.bridgehead.core.queue.QueuedCopy.Stop;

/**
 * The outcomes of one attempt, sorted by what follows from them.
 *
 * @param delivered the peer has them
 * @param refused never, in the order of {@code refusals}
 * @param refusals what was said to each of the refused
 * @param lost the attempt ended without an answer, or the server is in trouble: another server may take them now
 * @param next too many for one transaction of which somebody was taken: they go in the next one
 * @param deferred the message has to wait
 * @param endUnknown whether a lost one may have arrived
 * @param why the words for lost or deferred ones, beginning with a status
 */
record Outcomes(
        List<Stop> delivered,
        List<Stop> refused,
        List<RecipientOutcome.Bounced> refusals,
        List<Stop> lost,
        List<Stop> next,
        List<Stop> deferred,
        boolean endUnknown,
        String why) {
    /** Status of a connection that went away (BEHAVIOUR 2.7). */
    private static final String CONNECTION_LOST = "4.4.2";

    private static final EnhancedStatus LOST = EnhancedStatus.of(CONNECTION_LOST);

    /** Status of a recipient beyond the number that a transaction takes (RFC 5321 section 4.5.3.1.10). */
    private static final EnhancedStatus TOO_MANY = EnhancedStatus.of("4.5.3");

    static Outcomes of(QueuedCopy copy, List<RecipientOutcome> outcomes) {
        if (outcomes.size() == 1 && outcomes.get(0) instanceof RecipientOutcome.Delivered) {
            return new Outcomes(copy.recipients(), List.of(), List.of(), List.of(), List.of(), List.of(), false, "");
        }
        List<Stop> delivered = new ArrayList<>();
        List<Stop> refused = new ArrayList<>();
        List<RecipientOutcome.Bounced> refusals = new ArrayList<>();
        List<Stop> lost = new ArrayList<>();
        List<Stop> tooMany = new ArrayList<>();
        List<Stop> deferred = new ArrayList<>();
        boolean unknown = false;
        String why = "";
        for (int i = 0; i < outcomes.size(); i++) {
            Stop stop = copy.recipients().get(i);
            RecipientOutcome outcome = outcomes.get(i);
            if (outcome instanceof RecipientOutcome.Delivered) {
                delivered.add(stop);
            } else if (outcome instanceof RecipientOutcome.Bounced bounced) {
                refused.add(stop);
                refusals.add(bounced);
            } else if (outcome instanceof RecipientOutcome.Unknown end) {
                lost.add(stop);
                unknown = true;
                why = CONNECTION_LOST + " " + end.reason();
            } else {
                RecipientOutcome.Deferred later = (RecipientOutcome.Deferred) outcome;
                boolean elsewhere = later.status().equals(LOST) || Connections.isServerTrouble(later);
                boolean beyond = later.status().equals(TOO_MANY);
                (elsewhere ? lost : beyond ? tooMany : deferred).add(stop);
                why = later.status() + " " + later.reply();
            }
        }
        boolean progress = !delivered.isEmpty() || !refused.isEmpty();
        if (!progress) {
            deferred.addAll(tooMany);
            tooMany = List.of();
        }
        return new Outcomes(delivered, refused, refusals, lost, tooMany, deferred, unknown, why);
    }

    /** Whether the attempt ended with its connection. */
    static boolean isLost(RecipientOutcome outcome) {
        return outcome instanceof RecipientOutcome.Unknown
                || outcome instanceof RecipientOutcome.Deferred deferred
                        && deferred.status().equals(LOST);
    }

    /** The refused ones as failures that {@code server} is to blame for. */
    List<Reporter.Failure> bounced(String server) {
        List<Reporter.Failure> failures = new ArrayList<>();
        for (int i = 0; i < refused.size(); i++) {
            Stop stop = refused.get(i);
            failures.add(new Reporter.Failure(
                    stop.index(),
                    stop.recipient(),
                    refusals.get(i).status(),
                    refusals.get(i).reply(),
                    Optional.of(server)));
        }
        return failures;
    }

    /** The status that {@code why} begins with. */
    String status() {
        int end = why.indexOf(' ');
        return end < 0 ? why : why.substring(0, end);
    }

    List<Stop> bounced() {
        return refused;
    }
}
