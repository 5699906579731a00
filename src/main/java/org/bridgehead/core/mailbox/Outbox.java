package org.bridgehead.core.mailbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What people of one mailbox server have sent and no hub of its site has taken yet (BEHAVIOUR 1.7.3, 1.7.5): decides what
 * is tried when. Rounds go by the clock: each tries one letter after the other, oldest first, and ends early at the first
 * that finds no hub at all. Only a hub that takes a letter ends its stay; one that is refused, or of which the reply is
 * lost, waits for the next round, so that it may arrive twice but is never lost. Pure; for one thread.
 */
public final class Outbox {
    /**
     * A letter that waits.
     *
     * @param number of this Outbox, in the order of sending
     * @param since when it was sent
     * @param envelope who still waits for it
     * @param why what the last try met
     */
    public record Waiting(long number, Instant since, Envelope envelope, String why) {
        /** The same after another try. */
        Waiting with(Envelope rest, String reason) {
            return new Waiting(number, since, rest, reason);
        }
    }

    private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
    private final Duration pause;
    private @Nullable Instant next;
    /** The letter that was tried last in this round. */
    private long tried;

    private boolean inRound;
    private boolean again;

    /**
     * An empty one.
     *
     * @param pause from the end of a round to the next one
     */
    public Outbox(Duration pause) {
        this.pause = pause;
    }

    /** A letter stays here: no hub could be reached just now. Those that wait since before keep their time. */
    public void keep(Waiting letter, Instant now) {
        waiting.put(letter.number(), letter);
        if (next == null) {
            next = now.plus(pause);
        }
    }

    /** After a restart: what a disk remembers is tried at once. */
    public void recovered(Collection<Waiting> letters, Instant now) {
        letters.forEach(letter -> waiting.put(letter.number(), letter));
        next = waiting.isEmpty() ? null : now;
    }

    /** A hub of the site has started: the next round need not wait. */
    public void hubUp(Instant now) {
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
        next = waiting.isEmpty() ? null : again ? now : now.plus(pause);
        stopped();
    }

    /**
     * A hub has said what becomes of a letter.
     *
     * @param outcomes one per recipient of its envelope
     * @return what is left of it; empty = it is gone
     */
    public Optional<Waiting> tried(long number, List<RecipientOutcome> outcomes) {
        Waiting letter = waiting.remove(number);
        if (letter == null) {
            return Optional.empty();
        }
        List<Recipient> all = letter.envelope().recipients();
        List<Recipient> rest = Lists.filter(
                all, recipient -> !(outcomes.get(all.indexOf(recipient)) instanceof RecipientOutcome.Delivered));
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        Waiting left = letter.with(
                letter.envelope().to(rest),
                outcomes.get(all.indexOf(rest.get(0))).said());
        waiting.put(number, left);
        return Optional.of(left);
    }

    /** What waits, oldest first; a view. */
    public Collection<Waiting> waiting() {
        return Collections.unmodifiableCollection(waiting.values());
    }
}
