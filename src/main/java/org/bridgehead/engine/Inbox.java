package org.bridgehead.engine;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a hub has to be told, in two lanes (DECISIONS 1.7): answers to what it wanted go before new mail, so that a burst of
 * mail does not hold up what is on its way already. Both are bounded by others: answers by the effects that wait for them,
 * mail by the {@link Permits}. Anybody adds; one thread at a time takes, which is whoever added the first input to an inbox
 * that was empty, until it has done all of them or named another.
 */
final class Inbox {
    /** New mail that is handled before answers are looked for again. */
    private static final int MAIL_AT_ONCE = 16;

    private final ConcurrentLinkedQueue<HubNode.Input> answers = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<HubNode.Input> mail = new ConcurrentLinkedQueue<>();
    private final boolean inOrder;
    /** Inputs added and not done; more than none = somebody is at them. */
    private final AtomicInteger undone = new AtomicInteger();

    /**
     * An empty inbox.
     *
     * @param inOrder whether there is but one lane, as in a simulation
     */
    Inbox(boolean inOrder) {
        this.inOrder = inOrder;
    }

    /** Adds an answer; true = nobody is at work, and the caller has to see to it. */
    boolean add(HubNode.Input answer) {
        return addTo(answers, answer);
    }

    /** Counted before it is there: counted later, it could be done first, and two would be at work. */
    private boolean addTo(ConcurrentLinkedQueue<HubNode.Input> lane, HubNode.Input input) {
        boolean first = undone.getAndIncrement() == 0;
        lane.add(input);
        return first;
    }

    /** Adds new mail; true = nobody is at work, and the caller has to see to it. */
    boolean addMail(HubNode.Input message) {
        return addTo(inOrder ? answers : mail, message);
    }

    /** Takes what is there, {@code most} at most; nothing when what is counted is about to be there. */
    void take(List<HubNode.Input> into, int most) {
        int messages = 0;
        while (into.size() < most && messages < MAIL_AT_ONCE) {
            HubNode.Input next = answers.poll();
            if (next == null) {
                next = mail.poll();
                messages++;
            }
            if (next == null) {
                return;
            }
            into.add(next);
        }
    }

    /** So many of those taken are done; true = all are, and who adds the next one has to see to it. */
    boolean done(int inputs) {
        return undone.addAndGet(-inputs) == 0;
    }

    boolean isEmpty() {
        return undone.get() == 0;
    }
}
