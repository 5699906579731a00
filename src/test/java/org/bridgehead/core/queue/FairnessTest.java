package org.bridgehead.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.routing.NextHop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which order a queue sends: nobody waits for a whole large group, or for urgent mail without end. */
class FairnessTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final NextHop HOP = new NextHop.Sites(List.of("B"), "B");
    private static final QueuedCopy.Stop STOP =
            new QueuedCopy.Stop(0, Recipient.of(EmailAddress.of("b@contoso.test")), HOP);
    private static final Shares ONE = new Shares(1, false);
    private static final Shares BY_PRIORITY = new Shares(20, true);

    private final DeliveryQueue queue = new DeliveryQueue("site:B", HOP, NOW);

    private static QueuedCopy copy(int message, int number, int recipients, Priority priority) {
        return new QueuedCopy(
                new CopyId(new InternalId(message), number),
                Collections.nCopies(recipients, STOP),
                true,
                false,
                priority);
    }

    private static QueuedCopy letter(int message) {
        return copy(message, 0, 1, Priority.NORMAL);
    }

    private static QueuedCopy part(int message, int number) {
        return copy(message, number, 1000, Priority.NORMAL);
    }

    private QueuedCopy send(Shares shares) {
        QueuedCopy next = queue.take(shares).orElseThrow();
        queue.ended(next);
        return next;
    }

    @Test
    void aGroupOfManyPartsHasOnePlaceInTheLine() {
        IntStream.rangeClosed(1, 1000).forEach(number -> queue.add(part(1, number)));
        queue.add(letter(2));
        queue.add(letter(3));
        assertThat(send(ONE)).isEqualTo(part(1, 1));
        queue.add(letter(4));
        assertThat(send(ONE)).isEqualTo(letter(2));
        assertThat(send(ONE)).isEqualTo(letter(3));
        assertThat(send(ONE)).as("at the end when the first part was sent").isEqualTo(part(1, 2));
        assertThat(send(ONE)).isEqualTo(letter(4));
        assertThat(send(ONE)).isEqualTo(part(1, 3));
        assertThat(queue.size()).isEqualTo(997);
    }

    @Test
    void twoGroupsTakeTurns() {
        IntStream.rangeClosed(1, 3).forEach(number -> queue.add(part(1, number)));
        IntStream.rangeClosed(1, 3).forEach(number -> queue.add(part(2, number)));
        assertThat(IntStream.range(0, 6).mapToObj(i -> send(ONE)))
                .containsExactly(part(1, 1), part(2, 1), part(1, 2), part(2, 2), part(1, 3), part(2, 3));
        assertThat(queue.isEmpty()).isTrue();
    }

    @ParameterizedTest(name = "{0} connections: {1} for copies with many recipients")
    @CsvSource({"1, 1", "5, 1", "19, 1", "20, 2", "40, 4"})
    void longCopiesLeaveConnectionsToOthers(int connections, int forLong) {
        Shares shares = new Shares(connections, false);
        for (int message = 1; message <= 50; message++) {
            queue.add(copy(message, 0, 101, Priority.NORMAL));
        }
        assertThat(queue.startable(shares)).isEqualTo(forLong);
        List<QueuedCopy> sending = new ArrayList<>();
        for (int i = 0; i < forLong; i++) {
            sending.add(queue.take(shares).orElseThrow());
        }
        assertThat(queue.take(shares)).isEmpty();
        assertThat(queue.startable(shares)).isZero();
        queue.add(copy(51, 0, 100, Priority.NORMAL));
        assertThat(queue.take(shares)).contains(copy(51, 0, 100, Priority.NORMAL));
        queue.ended(sending.get(0));
        assertThat(queue.startable(shares)).isEqualTo(1);
        assertThat(queue.take(shares)).isPresent();
    }

    @Test
    void highGoesBeforeNormalBeforeLowAndNobodyWaitsForEver() {
        for (int i = 0; i < 40; i++) {
            queue.add(copy(100 + i, 0, 1, Priority.LOW));
            queue.add(copy(200 + i, 0, 1, Priority.NORMAL));
            queue.add(copy(300 + i, 0, 1, Priority.HIGH));
        }
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < 56; i++) {
            order.append(send(BY_PRIORITY).priority().name().charAt(0));
        }
        assertThat(order.toString()).isEqualTo("HHHHHHHHNL".repeat(5) + "NNNNNN");
    }

    @ParameterizedTest(name = "{0} connections: high {1}, normal {2}, low {3}")
    @CsvSource({"20, 3, 15, 2", "1, 1, 1, 1", "5, 1, 4, 1", "10, 2, 8, 1", "40, 6, 30, 4"})
    void eachPriorityHasItsShareOfTheConnections(int connections, int high, int normal, int low) {
        Shares shares = new Shares(connections, true);
        for (Priority priority : Priority.values()) {
            IntStream.range(0, 50).forEach(i -> queue.add(copy(i + 1, 0, 1, priority)));
        }
        assertThat(queue.startable(shares)).isEqualTo(high + normal + low);
        Map<Priority, Integer> sending = new TreeMap<>();
        for (Optional<QueuedCopy> next = queue.take(shares); next.isPresent(); next = queue.take(shares)) {
            sending.merge(next.get().priority(), 1, Integer::sum);
        }
        assertThat(sending)
                .isEqualTo(new TreeMap<>(Map.of(Priority.HIGH, high, Priority.NORMAL, normal, Priority.LOW, low)));
    }

    @Test
    void withoutPrioritiesAllConnectionsAreForAll() {
        IntStream.range(0, 30).forEach(i -> queue.add(letter(i + 1)));
        assertThat(queue.startable(new Shares(20, false))).isEqualTo(30);
    }

    @Test
    void whatIsTakenLastGoesBackToTheSamePlace() {
        IntStream.rangeClosed(1, 4).forEach(number -> queue.add(part(1, number)));
        queue.add(letter(2));
        QueuedCopy last = queue.takeLast();
        assertThat(last).isEqualTo(part(1, 4));
        queue.add(last);
        assertThat(IntStream.range(0, 5).mapToObj(i -> send(ONE)))
                .containsExactly(part(1, 1), letter(2), part(1, 2), part(1, 3), part(1, 4));
    }

    /** Against the plain rule: all that went in comes out once, a message's parts in order, and in turns. */
    @Test
    void randomQueuesLoseNothingAndLetNobodyWaitLong() {
        long seed = Long.getLong("queue.seed", System.nanoTime());
        System.out.println("queue.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            playOnce(random, "seed " + seed + ", round " + round);
        }
    }

    private void playOnce(Random random, String about) {
        Map<Integer, Integer> parts = new TreeMap<>();
        Map<Integer, Integer> sent = new TreeMap<>();
        ArrayDeque<QueuedCopy> letters = new ArrayDeque<>();
        int[] before = new int[6];
        for (int step = 0; step < 300; step++) {
            int message = 1 + random.nextInt(5);
            if (random.nextInt(3) > 0) {
                queue.add(part(message, parts.merge(message, 1, Integer::sum)));
            } else if (letters.isEmpty()) {
                letters.add(letter(1000 + step));
                queue.add(letters.peek());
                before = new int[6];
            }
            if (random.nextBoolean()) {
                QueuedCopy next = send(ONE);
                if (next.equals(letters.peek())) {
                    letters.remove();
                } else {
                    int its = (int) next.copy().message().value();
                    assertThat(next.copy().number()).as(about).isEqualTo(sent.merge(its, 1, Integer::sum));
                    assertThat(++before[its])
                            .as(about + ": parts of one message before a letter")
                            .isLessThan(letters.isEmpty() ? Integer.MAX_VALUE : 2);
                }
            }
        }
        assertThat(queue.takeAll().stream().map(QueuedCopy::copy)).as(about).doesNotHaveDuplicates();
        assertThat(queue.size()).isZero();
    }
}
