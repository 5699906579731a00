package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several threads, one order. */
@Timeout(60)
class WorkersTest {
    private final List<String> taken = new ArrayList<>();

    private void take(long number, String answer) {
        taken.add(number + answer);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void everyNumberIsTakenOnceInItsTurn(int threads) {
        Workers.inOrder(5, 104, threads, number -> "=" + number, this::take);
        assertThat(taken).hasSize(100).startsWith("5=5", "6=6").endsWith("104=104");
        assertThat(taken).isSortedAccordingTo((one, other) -> Integer.compare(number(one), number(other)));
    }

    private static int number(String text) {
        return Integer.parseInt(text.substring(0, text.indexOf('=')));
    }

    @Test
    void whoIsDoneFirstWaitsForItsTurn() {
        CountDownLatch second = new CountDownLatch(1);
        Workers.inOrder(
                1,
                2,
                2,
                number -> {
                    if (number == 1) {
                        await(second);
                    } else {
                        second.countDown();
                    }
                    return "";
                },
                this::take);
        assertThat(taken).containsExactly("1", "2");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theFirstFailureEndsAll(int threads) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Workers.inOrder(1, 1_000_000, threads, WorkersTest::failing, this::take))
                .withMessage("3");
        assertThat(taken).containsExactly("1", "2");
    }

    private static String failing(long number) {
        if (number >= 3) {
            throw new IllegalArgumentException(String.valueOf(number));
        }
        return "";
    }

    @Test
    void anErrorComesAsItIs() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Workers.inOrder(
                        1,
                        9,
                        2,
                        number -> {
                            throw new AssertionError("world " + number);
                        },
                        (number, answer) -> {}))
                .withMessage("world 1");
    }

    @Test
    void nobodyWorksFarAhead() {
        AtomicLong begun = new AtomicLong();
        Workers.inOrder(1, 500, 2, number -> begun.accumulateAndGet(number, Math::max), (number, answer) -> {
            assertThat(begun.get()).isLessThan(number + 2 * 16);
        });
        assertThat(begun).hasValue(500);
    }

    @Test
    void aMapIsInOrderAndTellsHowFarItIs() {
        List<Integer> done = new ArrayList<>();
        assertThat(Workers.map(40, number -> 2 * number, done::add))
                .hasSize(40)
                .startsWith(0, 2, 4)
                .endsWith(78);
        assertThat(done).hasSize(40).isSorted().endsWith(40);
        assertThat(Workers.map(0, number -> number, done::add)).isEmpty();
    }

    @Test
    void oneThreadIsTheCallers() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        Workers.inOrder(1, 3, 1, number -> seen.add(Thread.currentThread()), (number, answer) -> {});
        assertThat(seen).containsExactly(Thread.currentThread());
    }
}
