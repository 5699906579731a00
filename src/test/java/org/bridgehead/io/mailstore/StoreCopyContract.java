package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bridgehead.io.mailstore.Node.ANNA;
import static org.bridgehead.io.mailstore.Node.CARL;
import static org.bridgehead.io.mailstore.Pair.SG1;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every copy of a server's logs does with files or without. */
@Timeout(60)
abstract class StoreCopyContract {
    /** An empty copy. */
    abstract StoreCopy copy() throws IOException;

    /** Changes one octet of a generation. */
    abstract void damage(StoreCopy copy, String group, long generation, int offset) throws IOException;

    @BeforeEach
    void expectComplaints() {
        Quiet.expectComplaints();
    }

    @AfterEach
    void complainAgain() {
        Quiet.complainAgain();
    }

    @Test
    void closingLeavesTheCopyUsable() throws IOException {
        StoreCopy copy = copy();
        List<StoredMessage> stored;
        try (MailStore store = Pair.open(copy, Activation.RESUME)) {
            stored = Pair.deliver(store, 1, 20);
        }
        try (MailStore store = Pair.open(copy, Activation.RESUME)) {
            assertThat(store.messages("anna")).isEqualTo(stored);
            assertThat(store.octets(stored.get(7))).isEqualTo(Node.withReturnPath(Pair.content(8)));
            assertThat(Node.deliver(store, Pair.content(3), Node.state(3, true), ANNA)
                            .get(0))
                    .isInstanceOf(DeliveryResult.Duplicate.class);
        }
    }

    @Test
    void oneStoreAtATime() throws IOException {
        StoreCopy copy = copy();
        MailStore first = Pair.open(copy, Activation.RESUME);
        assertThat(copy.isOpen()).isTrue();
        assertThatThrownBy(() -> Pair.open(copy, Activation.RESUME))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use");
        first.close();
        assertThat(copy.isOpen()).isFalse();
        MailStore second = Pair.open(copy, Activation.RESUME);
        first.close();
        first.abandon();
        assertThat(copy.isOpen()).as("a closed store gives nothing up twice").isTrue();
        second.abandon();
        Pair.open(copy, Activation.RESUME).close();
    }

    @Test
    void theDeathOfTheMachineLeavesWhatWasStored() throws IOException {
        StoreCopy copy = copy();
        MailStore dead = Pair.open(copy, Activation.LOSSLESS);
        List<StoredMessage> stored = Pair.deliver(dead, 1, 20);
        try (IncomingMessage underWay = dead.newMessage()) {
            underWay.write(new byte[5], 0, 5);
            dead.abandon();
            assertThat(underWay.commit(Node.SENDER, List.of(ANNA), Node.state(21, false), Node.NOON))
                    .allMatch(DeliveryResult.Failed.class::isInstance);
        }
        assertThatThrownBy(() -> dead.octets(stored.get(0))).hasMessageContaining("dead");
        assertThatThrownBy(() -> dead.delete(stored)).isInstanceOf(IOException.class);
        Map<Long, String> before = Pair.octets(copy, SG1);
        dead.close();
        assertThat(Pair.octets(copy, SG1)).isEqualTo(before);
        try (MailStore store = Pair.open(copy, Activation.LOSSLESS)) {
            assertThat(store.messages("anna")).isEqualTo(stored);
        }
    }

    @Test
    void whoeverWasToldStoredFindsItAfterADeathUnderLoad() throws Exception {
        StoreCopy copy = copy();
        for (int round = 0; round < 10; round++) {
            Map<Long, Long> acknowledged = new ConcurrentHashMap<>();
            MailStore dying = Pair.open(copy, Activation.LOSSLESS);
            ExecutorService pool = Executors.newFixedThreadPool(4);
            List<Future<?>> ends = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                long first = round * 1_000_000L + t * 100_000L;
                ends.add(pool.submit(() -> deliverUntilFailed(dying, first, acknowledged)));
            }
            dying.awaitChange(5 + 13L * round, Duration.ofSeconds(10));
            dying.abandon();
            Map<Long, String> left = Pair.octets(copy, SG1);
            for (Future<?> end : ends) end.get(20, TimeUnit.SECONDS);
            pool.shutdown();
            assertThat(Pair.octets(copy, SG1)).as("nothing is written after").isEqualTo(left);
            try (MailStore store = Pair.open(copy, Activation.LOSSLESS)) {
                Map<Long, Long> there = new TreeMap<>();
                store.messages("anna").forEach(m -> there.put(m.id().low(), m.uid()));
                assertThat(there).containsAllEntriesOf(acknowledged);
            }
        }
    }

    static Void deliverUntilFailed(MailStore store, long first, Map<Long, Long> acknowledged) throws IOException {
        for (long id = first; ; id++) {
            DeliveryResult result = Node.deliver(store, Pair.content(id), Node.state(id, false), ANNA, CARL)
                    .get(0);
            if (result instanceof DeliveryResult.Failed) return null;
            acknowledged.put(id, Node.stored(result).uid());
        }
    }

    @Test
    void listenersLearnOfEachClosedLogInOrderAndTheStateTellsTheRest() throws IOException {
        List<String> heard = new ArrayList<>();
        try (MailStore store = Pair.open(copy(), Activation.LOSSLESS)) {
            assertThat(store.state(SG1).lastClosed()).isZero();
            assertThat(store.state(SG1).holdsRecords()).isFalse();
            assertThat(store.state(SG1).lastDelivery()).isEmpty();
            Runnable end = store.onClosed((group, generation) -> {
                assertThat(generation).isLessThanOrEqualTo(store.state(group).lastClosed());
                heard.add(group + generation);
            });
            Pair.deliver(store, 1, 30);
            LogState state = store.state("sg1");
            assertThat(state.lastClosed()).isBetween(3L, 10L).isEqualTo(state.open() - 1);
            assertThat(heard)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, state.lastClosed())
                            .mapToObj(generation -> SG1 + generation)
                            .toList());
            assertThat(state.holdsRecords()).isTrue();
            assertThat(state.lastDelivery()).contains(Node.NOON);
            end.run();
            Pair.deliver(store, 31, 60);
            assertThat(heard).hasSize((int) state.lastClosed());
        }
    }

    @Test
    void aListenerThatTakesItsTimeHoldsUpNoOtherDelivery() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<Long> heard = Collections.synchronizedList(new ArrayList<>());
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (MailStore store = Pair.open(copy(), Activation.LOSSLESS)) {
            store.onClosed((group, generation) -> {
                called.countDown();
                awaitQuietly(release);
                heard.add(generation);
            });
            Future<?> slow = pool.submit(() -> Pair.deliver(store, 1, 10));
            assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
            Pair.deliver(store, 101, 130);
            assertThat(heard).isEmpty();
            release.countDown();
            slow.get(20, TimeUnit.SECONDS);
            assertThat(heard)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, store.state(SG1).lastClosed())
                                    .boxed()
                                    .toList());
        } finally {
            pool.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
