package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers before new mail, and neither lost nor out of order. */
class InboxTest {
    private static List<HubNode.Input> inputs(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new HubNode.Input() {
                    @Override
                    public List<org.bridgehead.core.hub.HubEffect> to(
                            org.bridgehead.core.hub.Hub hub, java.time.Instant now) {
                        return List.of();
                    }
                })
                .map(HubNode.Input.class::cast)
                .toList();
    }

    private static List<HubNode.Input> take(Inbox inbox) {
        List<HubNode.Input> taken = new ArrayList<>();
        inbox.take(taken, 256);
        inbox.done(taken.size());
        return taken;
    }

    @Test
    void answersGoBeforeMailThatCameEarlier() {
        Inbox inbox = new Inbox(false);
        List<HubNode.Input> mail = inputs(40);
        List<HubNode.Input> answers = inputs(3);
        mail.forEach(inbox::addMail);
        answers.forEach(inbox::add);
        List<HubNode.Input> first = take(inbox);
        assertThat(first.subList(0, 3)).isEqualTo(answers);
        assertThat(first.subList(3, first.size())).isEqualTo(mail.subList(0, 16));
        inbox.add(answers.get(0));
        assertThat(take(inbox).get(0))
                .as("an answer never waits for more than 16 messages")
                .isSameAs(answers.get(0));
        assertThat(inbox.isEmpty()).isFalse();
        assertThat(take(inbox)).isEqualTo(mail.subList(32, 40));
        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void inASimulationAllComeInTheirOrderOneByOne() {
        Inbox inbox = new Inbox(true);
        List<HubNode.Input> inputs = inputs(4);
        inbox.addMail(inputs.get(0));
        inbox.add(inputs.get(1));
        inbox.addMail(inputs.get(2));
        inbox.add(inputs.get(3));
        List<HubNode.Input> taken = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            inbox.take(taken, taken.size() + 1);
        }
        assertThat(taken).isEqualTo(inputs);
    }

    @Test
    void whoAddsToAnEmptyInboxSeesToItUntilAllIsDone() {
        Inbox inbox = new Inbox(false);
        List<HubNode.Input> inputs = inputs(3);
        assertThat(inbox.add(inputs.get(0))).isTrue();
        assertThat(inbox.addMail(inputs.get(1))).isFalse();
        List<HubNode.Input> taken = new ArrayList<>();
        inbox.take(taken, 256);
        assertThat(inbox.add(inputs.get(2))).isFalse();
        assertThat(inbox.done(taken.size())).isFalse();
        assertThat(take(inbox)).containsExactly(inputs.get(2));
        assertThat(inbox.add(inputs.get(0))).isTrue();
    }

    @Test
    void everyInputIsHandledOnceByOneThreadAtATime() throws InterruptedException {
        Inbox inbox = new Inbox(false);
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger handled = new AtomicInteger();
        HubNode.Input input = inputs(1).get(0);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int j = 0; j < 20_000; j++) {
                    boolean first = j % 3 == 0 ? inbox.addMail(input) : inbox.add(input);
                    for (boolean mine = first; mine; ) {
                        most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                        List<HubNode.Input> taken = new ArrayList<>();
                        inbox.take(taken, 64);
                        handled.addAndGet(taken.size());
                        atWork.decrementAndGet();
                        mine = !inbox.done(taken.size());
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most).hasValue(1);
        assertThat(handled).hasValue(80_000);
        assertThat(inbox.isEmpty()).isTrue();
    }
}
