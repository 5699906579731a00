package org.bridgehead.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.queue.DeliveryQueue.Unloaded;
import org.bridgehead.core.routing.NextHop;
import org.junit.jupiter.api.Test;

class DeliveryQueueTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final NextHop HOP = new NextHop.Sites(List.of("B"), "B");

    private static final Shares ALL = new Shares(20, false);

    private final DeliveryQueue queue = new DeliveryQueue("site:B", HOP, NOW);

    private static QueuedCopy copy(int number) {
        QueuedCopy.Stop stop = new QueuedCopy.Stop(0, Recipient.of(EmailAddress.of("b@contoso.test")), HOP);
        return new QueuedCopy(CopyId.original(new InternalId(number)), List.of(stop), true, false, Priority.NORMAL);
    }

    @Test
    void firstInFirstOutExceptForWhatComesBack() {
        queue.add(copy(1));
        queue.add(copy(2));
        queue.addFirst(copy(3));
        assertThat(queue.takeLast()).isEqualTo(copy(2));
        assertThat(queue.take(ALL)).contains(copy(3));
        assertThat(queue.takeAll()).containsExactly(copy(1));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void failuresCountUntilASuccess() {
        queue.failed(NOW, NOW.plusSeconds(60), "down");
        queue.retryNow();
        queue.failed(NOW.plusSeconds(60), NOW.plusSeconds(120), "still down");
        assertThat(queue.failures()).isEqualTo(2);
        assertThat(queue.mayTry()).isFalse();
        assertThat(queue.lastError()).isEqualTo("still down");
        queue.succeeded(NOW.plusSeconds(120));
        assertThat(queue.failures()).isZero();
        assertThat(queue.mayTry()).isTrue();
        assertThat(queue.lastSuccess()).isEqualTo(NOW.plusSeconds(120));
    }

    @Test
    void aRestartByHandIsNoSuccess() {
        queue.failed(NOW.plusSeconds(1), NOW.plusSeconds(61), "down");
        queue.restarted();
        assertThat(queue.failures()).isZero();
        assertThat(queue.mayTry()).isTrue();
        assertThat(queue.lastSuccess()).isEqualTo(NOW);
    }

    @Test
    void aNextHopThatFailedIsTriedOverOneConnectionAndThenAsIfItWereNew() {
        assertThat(queue.window()).isEqualTo(Window.FIRST);
        queue.window(new Window(12, 3));
        queue.succeeded(NOW);
        assertThat(queue.window()).isEqualTo(new Window(12, 3));
        queue.failed(NOW, NOW.plusSeconds(60), "down");
        assertThat(queue.window()).isEqualTo(Window.PROBE);
        queue.succeeded(NOW.plusSeconds(60));
        assertThat(queue.window()).isEqualTo(Window.FIRST);
        queue.failed(NOW.plusSeconds(61), NOW.plusSeconds(120), "down");
        queue.restarted();
        assertThat(queue.window()).isEqualTo(Window.FIRST);
    }

    @Test
    void aSuspendedQueueIsNotTried() {
        queue.suspend(true);
        assertThat(queue.mayTry()).isFalse();
        queue.suspend(false);
        assertThat(queue.mayTry()).isTrue();
    }

    @Test
    void whatIsOutOfMemoryComesBackOldestFirst() {
        for (int i = 1; i <= 3; i++) {
            queue.unload(new Unloaded(new InternalId(i), NOW.plusSeconds(i), false, false, Priority.NORMAL));
        }
        assertThat(queue.oldestUnloaded().map(one -> one.id().value())).contains(1L);
        assertThat(queue.takeUnloaded(2)).extracting(one -> one.id().value()).containsExactly(1L, 2L);
        assertThat(queue.unloadedSize()).isEqualTo(1);
        assertThat(queue.takeUnloaded(5)).hasSize(1);
    }

    @Test
    void turnsCountUp() {
        assertThat(List.of(queue.nextTurn(), queue.nextTurn(), queue.nextTurn()))
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void aCopyCountsItsLossesUntilItHasRested() {
        QueuedCopy lost = copy(1).afterLoss(false).afterLoss(true).inRound(NOW);
        assertThat(lost.losses()).isEqualTo(2);
        assertThat(lost.again()).isTrue();
        assertThat(copy(1).afterLoss(false).again()).isFalse();
        assertThat(copy(1).afterLoss(true).afterLoss(false).again()).isTrue();
        assertThat(lost.rested())
                .isEqualTo(new QueuedCopy(copy(1).copy(), copy(1).recipients(), true, true, Priority.NORMAL));
        assertThatThrownBy(() -> copy(1).only(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOperatorSeesWhatWaitsAndUntilWhen() {
        assertThat(queue.name()).isEqualTo("site:B");
        assertThat(queue.hop()).isEqualTo(HOP);
        queue.add(copy(1));
        queue.add(copy(2));
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.copies()).containsExactly(copy(1), copy(2));
        assertThat(queue.retryAt()).isEmpty();
        assertThat(queue.lastFailure()).isEmpty();
        queue.failed(NOW.plusSeconds(1), NOW.plusSeconds(61), "down");
        assertThat(queue.retryAt()).contains(NOW.plusSeconds(61));
        assertThat(queue.lastFailure()).contains(NOW.plusSeconds(1));
        queue.retryNow();
        assertThat(queue.retryAt()).isEmpty();
        assertThat(queue.lastFailure()).contains(NOW.plusSeconds(1));
        assertThat(queue.isSuspended()).isFalse();
        queue.suspend(true);
        assertThat(queue.isSuspended()).isTrue();
    }

    @Test
    void aQueueKeepsItsCopiesWhenItsWayChanges() {
        NextHop other = new NextHop.Sites(List.of("B", "C"), "C");
        queue.add(copy(1));
        queue.leadTo(other);
        assertThat(queue.hop()).isEqualTo(other);
        assertThat(queue.take(ALL)).contains(copy(1));
    }
}
