package org.bridgehead.engine;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * What a hub has to be told, in two lanes (DECISIONS 1.7): answers to what it wanted go before new mail, so that a burst of
 * mail does not hold up what is on its way already. Both are bounded by others: answers by the effects that wait for them,
 * mail by the {@link Permits}. Anybody adds; one thread takes.
 */
final class Inbox {
    /** New mail that is handled before answers are looked for again. */
    private static final int MAIL_AT_ONCE = 16;

    private final ConcurrentLinkedQueue<HubNode.Input> answers = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<HubNode.Input> mail = new ConcurrentLinkedQueue<>();
    private final boolean inOrder;
    /** One permit for each input in either lane. */
    private final Semaphore filled = new Semaphore(0);

    /**
     * An empty inbox.
     *
     * @param inOrder whether there is but one lane, as in a simulation
     */
    Inbox(boolean inOrder) {
        this.inOrder = inOrder;
    }

    void add(HubNode.Input answer) {
        answers.add(answer);
        filled.release();
    }

    void addMail(HubNode.Input message) {
        (inOrder ? answers : mail).add(message);
        filled.release();
    }

    /** Waits for an input; takes {@code most} at most. */
    void take(List<HubNode.Input> into, int most) throws InterruptedException {
        filled.acquire();
        int messages = 0;
        do {
            HubNode.Input next = answers.poll();
            if (next == null) {
                next = mail.poll();
                messages++;
            }
            into.add(next);
        } while (into.size() < most && messages < MAIL_AT_ONCE && filled.tryAcquire());
    }

    boolean isEmpty() {
        return filled.availablePermits() == 0;
    }
}
