package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bridgehead.io.mailstore.Pair.SG1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is shipped between two copies, and what is refused; with files or without. */
abstract class LogShippingContract extends StoreCopyContract {
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

    /** A log is read at every start. What it says to leave out is left out once, for mailboxes of other groups too. */
    @Test
    void whatWasSkippedIsNotSkippedAgainByRestarts() throws IOException {
        StoreCopy old = copy();
        StoreCopy current = copy();
        MailStore dying = Pair.open(old, Activation.LOSSLESS);
        Node.deliver(dying, Pair.content(1), Node.state(1, false), Node.ANNA, Node.CARL);
        LogShipping.ship(old, current, SG1, Long.MAX_VALUE);
        dying.abandon();
        Pair.open(current, Activation.afterLoss(Map.of("SG2", 3L), Pair.GENERATION))
                .close();
        long first = 0;
        for (int start = 0; start < 4; start++) {
            try (MailStore store = Pair.open(current, start % 2 == 0 ? Activation.LOSSLESS : Activation.RESUME)) {
                long id = 10 + start;
                List<DeliveryResult> results =
                        Node.deliver(store, Pair.content(id), Node.state(id, false), Node.ANNA, Node.BERT, Node.CARL);
                if (first == 0) first = Node.stored(results.get(0)).uid();
                assertThat(results)
                        .extracting(result -> Node.stored(result).uid())
                        .containsOnly(first + start);
            }
        }
        assertThat(first).isGreaterThan(3 * Pair.GENERATION / LogFrame.SIZE);
    }

    /** The active node reads damage that the other node's copy does not have, and dies before that one gets any of it. */
    @Test
    void aSurvivorWithASoundCopyUsesNoUidThatCameBehindDamage() throws IOException {
        for (int damaged = 1; damaged <= 20; damaged++) {
            StoreCopy dead = copy();
            StoreCopy survivor = copy();
            try (MailStore store = Pair.open(dead, Activation.LOSSLESS)) {
                Pair.deliver(store, 1, 150);
            }
            LogShipping.ship(dead, survivor, SG1, Long.MAX_VALUE);
            for (int generation = 2; generation < 2 + damaged; generation++) {
                for (int offset = 0; offset < 2_000; offset += 100) damage(dead, SG1, generation, offset);
            }
            long used = 0;
            for (int start = 0; start < 2; start++) {
                MailStore dying = Pair.open(dead, Activation.LOSSLESS);
                assertThat(dying.torn()).hasSizeGreaterThanOrEqualTo(damaged);
                long uid = Pair.deliver(dying, 201 + start, 201 + start).get(0).uid();
                dying.abandon();
                assertThat(uid).isGreaterThan(150);
                if (start > 0) assertThat(uid).isEqualTo(used + 1);
                used = uid;
            }
            // The other group's logs hold nothing but headers, so a cluster counts none of them as lost.
            Map<String, Long> lost = Map.of(SG1, Pair.missing(dead, survivor).get(SG1));
            try (MailStore store = Pair.open(survivor, Activation.afterLoss(lost, Pair.GENERATION))) {
                assertThat(Pair.deliver(store, 301, 301).get(0).uid()).isGreaterThan(used);
            }
        }
    }

    /** Shipping as a cluster does it, on a thread of its own, and an activation that comes between. */
    @Test
    void aFailoverInTheMiddleOfDeliveriesAndShippingLosesWhatIsReported() throws Exception {
        ExecutorService shipping = Executors.newSingleThreadExecutor();
        ExecutorService delivering = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 10; round++) {
                StoreCopy dead = copy();
                StoreCopy survivor = copy();
                MailStore dying = Pair.open(dead, Activation.LOSSLESS);
                dying.onClosed(
                        (group, generation) -> shipping.execute(() -> shipQuietly(dead, survivor, group, generation)));
                Map<Long, Long> acknowledged = new ConcurrentHashMap<>();
                List<Future<?>> ends = new ArrayList<>();
                for (int t = 0; t < 3; t++) {
                    long first = t * 100_000L;
                    ends.add(delivering.submit(() -> deliverUntilFailed(dying, first, acknowledged)));
                }
                dying.awaitChange(10 + 7L * round, Duration.ofSeconds(10));
                dying.abandon();
                for (Future<?> end : ends) end.get(20, TimeUnit.SECONDS);
                Activation told = Pair.afterLoss(dead, survivor).keeping(dying.uidValidity());
                try (MailStore store = Pair.open(survivor, told)) {
                    Set<Long> known = new TreeSet<>(Pair.ids(store, "anna"));
                    LogShipping.lost(
                            dead,
                            survivor,
                            SG1,
                            lost -> assertThat(known.add(lost.id().low())).isTrue());
                    assertThat(known).containsAll(acknowledged.keySet());
                    assertThat(LogShipping.ship(dead, survivor, SG1, Long.MAX_VALUE)
                                    .shipped())
                            .isEmpty();
                }
            }
        } finally {
            delivering.shutdown();
            shipping.shutdown();
            assertThat(delivering.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(shipping.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void shipQuietly(StoreCopy from, StoreCopy to, String group, long generation) {
        try {
            LogShipping.ship(from, to, group, generation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
