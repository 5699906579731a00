package org.bridgehead.core.mailbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.DeliveryReport.Action;
import org.bridgehead.core.mail.DeliveryReport.PerRecipient;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.DsnReturn;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.mail.Xtext;
import org.jspecify.annotations.Nullable;

/**
 * What people of one mailbox server have sent and no hub of its site has taken yet (BEHAVIOUR 1.7.3, 1.7.5): decides what
 * is tried when, and what ends a letter's stay. Rounds go by the clock, further and further apart as those of a queue:
 * each tries one letter after the other, oldest first, and ends early at the first that finds no hub at all. A letter goes
 * when a hub takes it. Whom a hub refuses for good, and who has waited too long, is named in a report to the sender, which
 * is a letter of this Outbox, too; what has no sender to tell stays and shows why. One that is put off, or of which the
 * reply is lost, waits for the next round, so that it may arrive twice but is never lost. Pure; for one thread. Longer
 * than most files: what becomes of a letter is read in one place.
 */
public final class Outbox {
    /** Nobody took the letter in time: the words of queues. */
    private static final RecipientOutcome EXPIRED =
            new RecipientOutcome.Bounced(EnhancedStatus.of("4.4.7"), "QUEUE.Expired; message expired");

    private static final int MILLIS_BITS = 42;

    /** How long to wait; that of queues, so that operators need to know one ladder only. */
    public interface Patience {
        /**
         * From the end of a round to the next one.
         *
         * @param failures rounds in a row in which no hub took anything, at least 1
         */
        Duration afterFailure(int failures);

        /** How old a letter may become. */
        Duration expiration(Waiting letter);
    }

    /**
     * A letter that waits.
     *
     * @param number of this Outbox, in the order of sending
     * @param since when it was sent
     * @param envelope who still waits for it
     * @param messageId Message-ID
     * @param size octets
     * @param priority how urgent its header calls it
     * @param why what the last try met
     */
    public record Waiting(
            long number,
            Instant since,
            Envelope envelope,
            MessageId messageId,
            long size,
            Priority priority,
            String why) {
        /** The same after another try. */
        Waiting with(Envelope rest, String reason) {
            return new Waiting(number, since, rest, messageId, size, priority, reason);
        }
    }

    /**
     * Somebody who does not get a letter.
     *
     * @param recipient who
     * @param status why, as a status
     * @param words why, in the words of the hub, or ours
     */
    public record Refused(Recipient recipient, EnhancedStatus status, String words) {}

    /**
     * What came of a try.
     *
     * @param taken for whom a hub has it now
     * @param refused who never gets it
     * @param report what the sender is told; empty = nothing, or nobody is to be told
     * @param rest what goes on waiting; empty = nothing
     */
    public record Settled(
            List<Recipient> taken, List<Refused> refused, Optional<DeliveryReport> report, Optional<Waiting> rest) {
        /** Copies the lists. */
        public Settled {
            taken = List.copyOf(taken);
            refused = List.copyOf(refused);
        }
    }

    private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
    private final String server;
    private final Patience patience;
    private @Nullable Instant next;
    /** The letter that was tried last in this round. */
    private long tried;

    private boolean inRound;
    private boolean again;
    /** Rounds in a row in which no hub took anything. */
    private int failures;

    /**
     * An empty one.
     *
     * @param server the mailbox server whose people write, which reports what fails
     */
    public Outbox(String server, Patience patience) {
        this.server = server;
        this.patience = patience;
    }

    /**
     * The identity of a letter as long as it is in an Outbox: the same after a restart, and another one for each letter
     * of an organisation. A hub that takes it gives it one of its own; the Message-ID joins the two.
     */
    public static TransportId identity(String server, long number, Instant since) {
        long high = 0xcbf29ce484222325L;
        for (int i = 0; i < server.length(); i++) {
            high = (high ^ Character.toLowerCase(server.charAt(i))) * 0x100000001b3L;
        }
        return new TransportId(high, since.toEpochMilli() + (number << MILLIS_BITS));
    }

    /**
     * What counts when one hub after the other takes nothing: that one may do so later goes before that another never
     * will.
     *
     * @param before what counted until now; null = this is the first
     */
    public static RecipientOutcome counts(@Nullable RecipientOutcome before, RecipientOutcome now) {
        return before instanceof RecipientOutcome.Deferred && now instanceof RecipientOutcome.Bounced ? before : now;
    }

    /** A letter stays here: no hub could be reached just now. Those that wait since before keep their time. */
    public void keep(Waiting letter, Instant now) {
        waiting.put(letter.number(), letter);
        if (next == null) {
            failures = 1;
            next = roundAfter(now);
        }
    }

    /** After a restart: what a disk remembers is tried at once. */
    public void recovered(Collection<Waiting> letters, Instant now) {
        letters.forEach(letter -> waiting.put(letter.number(), letter));
        next = waiting.isEmpty() ? null : now;
    }

    /** A hub of the site has started: the next round need not wait, and those after it begin at the first rung. */
    public void hubUp(Instant now) {
        failures = 0;
        again = inRound;
        if (!inRound && !waiting.isEmpty()) {
            next = now;
        }
    }

    /** The server died: the round it was in is over. */
    public void stopped() {
        inRound = false;
        again = false;
    }

    /** When the next round begins; empty = nothing waits. */
    public Optional<Instant> due() {
        return Optional.ofNullable(next);
    }

    /** A round begins, if it is time and none is under way: the first letter to try; empty = not now. */
    public Optional<Waiting> begin(Instant now) {
        if (inRound || next == null || next.isAfter(now)) {
            return Optional.empty();
        }
        inRound = true;
        tried = -1;
        failures++;
        return following(now);
    }

    /** The letter to try behind the one that {@link #tried} was told of; empty = the round is over. */
    public Optional<Waiting> following(Instant now) {
        Map.Entry<Long, Waiting> letter = waiting.higherEntry(tried);
        if (letter == null) {
            rest(now);
            return Optional.empty();
        }
        tried = letter.getKey();
        return Optional.of(letter.getValue());
    }

    /** Nobody answers at all: the round is over. */
    public void nobody(long number, String why, Instant now) {
        Waiting letter = waiting.get(number);
        if (letter != null) {
            waiting.put(number, letter.with(letter.envelope(), why));
        }
        rest(now);
    }

    /** The round was broken off: the next one comes after a pause. */
    public void postpone(Instant now) {
        rest(now);
    }

    private void rest(Instant now) {
        next = waiting.isEmpty() ? null : again ? now : roundAfter(now);
        stopped();
    }

    /** After the pause of the ladder, or when the first letter has waited too long. */
    private Instant roundAfter(Instant now) {
        Instant round = now.plus(patience.afterFailure(Math.max(1, failures)));
        for (Waiting letter : waiting.values()) {
            Instant end = letter.since().plus(patience.expiration(letter));
            if (isAnybodyTold(letter) && end.isAfter(now) && end.isBefore(round)) {
                round = end;
            }
        }
        return round;
    }

    /**
     * A hub has said what becomes of a letter, or {@link #expired} does.
     *
     * @param outcomes one per recipient of its envelope
     * @param by the hub; empty = we say so ourselves
     */
    public Settled tried(long number, List<RecipientOutcome> outcomes, Optional<String> by) {
        Waiting letter = waiting.remove(number);
        if (letter == null) {
            return new Settled(List.of(), List.of(), Optional.empty(), Optional.empty());
        }
        List<Recipient> taken = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        List<Recipient> rest = new ArrayList<>();
        String why = "";
        for (int i = 0; i < outcomes.size(); i++) {
            Recipient recipient = letter.envelope().recipients().get(i);
            RecipientOutcome outcome = outcomes.get(i);
            if (outcome instanceof RecipientOutcome.Delivered) {
                taken.add(recipient);
            } else if (outcome instanceof RecipientOutcome.Bounced never && isAnybodyTold(letter)) {
                refused.add(new Refused(recipient, never.status(), never.reply()));
            } else {
                why = rest.isEmpty() ? outcome.said() : why;
                rest.add(recipient);
            }
        }
        failures = taken.isEmpty() ? failures : 0;
        return new Settled(taken, refused, report(letter, refused, by), left(letter, rest, why));
    }

    private Optional<Waiting> left(Waiting letter, List<Recipient> rest, String why) {
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        Waiting left = letter.with(letter.envelope().to(rest), why);
        waiting.put(letter.number(), left);
        return Optional.of(left);
    }

    /** Reports are not reported on: what has no sender stays, for operators to see. */
    private static boolean isAnybodyTold(Waiting letter) {
        return letter.envelope().sender().isPresent();
    }

    private Optional<DeliveryReport> report(Waiting letter, List<Refused> refused, Optional<String> by) {
        List<PerRecipient> lines = Lists.map(
                Lists.filter(refused, who -> who.recipient().wants(DsnCondition.FAILURE)),
                who -> new PerRecipient(
                        who.recipient(), Action.FAILED, who.status(), who.words(), by, Optional.empty()));
        Envelope envelope = letter.envelope();
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new DeliveryReport(
                        new InternalId(letter.number()),
                        envelope.sender().orElseThrow(),
                        server,
                        envelope.envid().flatMap(Xtext::decode),
                        letter.since(),
                        letter.messageId(),
                        envelope.ret().orElse(DsnReturn.FULL),
                        lines));
    }

    /** The report could not be written: whom nobody has taken waits on, and is refused again. */
    public void unreported(Waiting letter, Settled settled, String why, Instant now) {
        List<Recipient> rest = Lists.filter(
                letter.envelope().recipients(), recipient -> !settled.taken().contains(recipient));
        keep(letter.with(letter.envelope().to(rest), why), now);
    }

    /** Letters that have waited too long, oldest first: each is to be {@link #tried} as {@link #expired} says. */
    public List<Waiting> overdue(Instant now) {
        return Lists.filter(
                new ArrayList<>(waiting.values()),
                letter -> isAnybodyTold(letter)
                        && !letter.since().plus(patience.expiration(letter)).isAfter(now));
    }

    /** What is said of a letter that has waited too long, to each of its recipients. */
    public static List<RecipientOutcome> expired(Waiting letter) {
        return Collections.nCopies(letter.envelope().recipients().size(), EXPIRED);
    }

    /** What waits, oldest first; a view. */
    public Collection<Waiting> waiting() {
        return Collections.unmodifiableCollection(waiting.values());
    }
}
