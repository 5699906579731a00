package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bridgehead.io.mailstore.Node.ANNA;
import static org.bridgehead.io.mailstore.Node.CARL;
import static org.bridgehead.io.mailstore.Pair.SG1;

import java.io.IOException;
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

/** What every copy of a server's logs does and what can be shipped between two of them, with files or without. */
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
            dying.awaitChange(dying.revision() + 5 + 13L * round, java.time.Duration.ofSeconds(10));
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

    private static Void deliverUntilFailed(MailStore store, long first, Map<Long, Long> acknowledged)
            throws IOException {
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

    @Test
    void closedLogsAreShippedWhileTheSourceTakesMail() throws IOException {
        StoreCopy active = copy();
        StoreCopy passive = copy();
        try (MailStore store = Pair.open(active, Activation.LOSSLESS)) {
            Pair.deliver(store, 1, 40);
            long closed = store.state(SG1).lastClosed();
            assertThat(LogShipping.ship(active, passive, SG1, 2).shipped()).containsExactly(1L, 2L);
            Shipment rest = LogShipping.ship(active, passive, "sg1", Long.MAX_VALUE);
            assertThat(rest.complete()).isTrue();
            assertThat(rest.shipped()).first().isEqualTo(3L);
            assertThat(rest.shipped()).last().isEqualTo(closed);
            Map<Long, String> expected = Pair.octets(active, SG1);
            expected.remove(closed + 1);
            assertThat(Pair.octets(passive, SG1)).isEqualTo(expected);
            assertThat(rest.octets())
                    .isEqualTo(rest.shipped().stream()
                            .mapToLong(g -> expected.get(g).length())
                            .sum());
            assertThat(LogShipping.ship(active, passive, SG1, Long.MAX_VALUE).shipped())
                    .isEmpty();
            assertThat(LogShipping.divergence(passive, active, SG1)).isEmpty();
        }
    }

    @Test
    void aHandoffLosesNothing() throws IOException {
        StoreCopy one = copy();
        StoreCopy other = copy();
        List<StoredMessage> stored;
        long validity;
        try (MailStore store = Pair.open(one, Activation.LOSSLESS)) {
            stored = Pair.deliver(store, 1, 25);
            validity = store.uidValidity();
            assertThat(LogShipping.shipOpen(one, other, SG1)
                            .refusal()
                            .orElseThrow()
                            .why())
                    .contains("in use");
        }
        for (String group : Pair.BOTH) {
            assertThat(LogShipping.shipOpen(one, other, group).complete()).isTrue();
            assertThat(Pair.octets(other, group)).isEqualTo(Pair.octets(one, group));
        }
        try (MailStore store = Pair.open(other, Activation.LOSSLESS)) {
            assertThat(store.messages("anna")).isEqualTo(stored);
            assertThat(store.uidValidity()).isEqualTo(validity);
            assertThat(Pair.deliver(store, 26, 45).get(0).uid()).isEqualTo(26);
            assertThat(LogShipping.ship(other, one, SG1, Long.MAX_VALUE).shipped())
                    .isNotEmpty();
        }
        assertThat(LogShipping.shipOpen(other, one, SG1).complete()).isTrue();
        assertThat(Pair.octets(one, SG1)).isEqualTo(Pair.octets(other, SG1));
    }

    @Test
    void nothingIsShippedIntoAnOpenCopy() throws IOException {
        StoreCopy active = copy();
        StoreCopy passive = copy();
        try (MailStore store = Pair.open(active, Activation.LOSSLESS)) {
            Pair.deliver(store, 1, 20);
            try (MailStore wrong = Pair.open(passive, Activation.LOSSLESS)) {
                assertThat(wrong.count("anna")).isZero();
                assertThatThrownBy(() -> LogShipping.discardAfter(passive, SG1, 0))
                        .isInstanceOf(IOException.class);
                Shipment none = LogShipping.ship(active, passive, SG1, 2);
                assertThat(none.shipped()).isEmpty();
                assertThat(none.refusal().orElseThrow().why()).contains("open on the target");
            }
        }
    }

    @Test
    void aDamagedLogIsRefusedAndLeavesNothing() throws IOException {
        StoreCopy active = copy();
        StoreCopy passive = copy();
        try (MailStore store = Pair.open(active, Activation.LOSSLESS)) {
            Pair.deliver(store, 1, 30);
        }
        int size = Pair.octets(active, SG1).get(2L).length();
        for (int offset = 0; offset < size; offset += 37) {
            damage(active, SG1, 2, offset);
            Shipment shipment = LogShipping.ship(active, passive, SG1, 3);
            assertThat(shipment.refusal().orElseThrow().generation()).isEqualTo(2);
            assertThat(shipment.refusal().orElseThrow().why()).startsWith("damaged at 2:");
            assertThat(passive.generations(SG1)).containsExactly(1L);
            damage(active, SG1, 2, offset);
        }
        assertThat(LogShipping.ship(active, passive, SG1, 3).shipped()).containsExactly(2L, 3L);
    }

    @Test
    void aMissingLogIsRefused() throws IOException {
        StoreCopy active = copy();
        StoreCopy passive = copy();
        try (MailStore store = Pair.open(active, Activation.LOSSLESS)) {
            Pair.deliver(store, 1, 30);
            active.storage(SG1).remove(2);
            Shipment shipment = LogShipping.ship(active, passive, SG1, 4);
            assertThat(shipment.shipped()).containsExactly(1L);
            assertThat(shipment.refusal().orElseThrow().why()).contains("missing at the source");
        }
    }

    @Test
    void aSurvivorUsesNumbersAgainAndTheOldNodeIsRefusedUntilReseeded() throws IOException {
        StoreCopy old = copy();
        StoreCopy current = copy();
        MailStore dying = Pair.open(old, Activation.LOSSLESS);
        Pair.deliver(dying, 1, 40);
        LogShipping.ship(old, current, SG1, 3);
        dying.abandon();
        try (MailStore store = Pair.open(current, Pair.afterLoss(old, current))) {
            assertThat(LogShipping.divergence(old, current, SG1)).hasValue(4);
            assertThat(Pair.deliver(store, 41, 80).get(0).position().generation())
                    .isEqualTo(5);
            assertThat(current.lastClosed(SG1)).isGreaterThan(Pair.last(old, SG1));
            Shipment refused = LogShipping.ship(current, old, SG1, Long.MAX_VALUE);
            assertThat(refused.refusal().orElseThrow().why()).contains("diverged");
            assertThat(LogShipping.reseed(old, current, SG1, 4).complete()).isTrue();
            assertThat(LogShipping.divergence(old, current, SG1)).isEmpty();
        }
        assertThat(LogShipping.reseed(old, current, SG1, 1).complete()).isTrue();
        assertThat(Pair.octets(old, SG1)).isEqualTo(Pair.octets(current, SG1));
    }

    @Test
    void aSurvivorWithNothingKeepsTheUidValidityIfToldAndCanStartAfresh() throws IOException {
        StoreCopy old = copy();
        StoreCopy current = copy();
        MailStore dying = Pair.open(old, Activation.LOSSLESS);
        Pair.deliver(dying, 1, 10);
        long validity = dying.uidValidity();
        dying.abandon();
        Activation told = Pair.afterLoss(old, current).keeping(validity);
        try (MailStore store = Pair.open(current, told)) {
            assertThat(store.uidValidity()).isEqualTo(validity);
            assertThat(Pair.deliver(store, 11, 11).get(0).uid()).isGreaterThan(10);
        }
        try (MailStore store = Pair.open(current, Activation.LOSSLESS.renumbering())) {
            assertThat(store.uidValidity()).isGreaterThan(validity);
            validity = store.uidValidity();
        }
        try (MailStore store = Pair.open(current, Activation.RESUME)) {
            assertThat(store.uidValidity()).isEqualTo(validity);
            assertThat(Pair.ids(store, "anna")).containsExactly(11L);
        }
    }
}
