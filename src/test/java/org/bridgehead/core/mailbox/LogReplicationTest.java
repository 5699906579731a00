package org.bridgehead.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bridgehead.core.mailbox.ClusterTest.NOW;

import java.time.Duration;
import org.bridgehead.core.mailbox.LogReplication.CopyState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogReplicationTest {
    private static final LogReplication EVEN = LogReplication.even(4);

    @Test
    void aLogIsMissingUntilItWasInspected() {
        assertThat(EVEN.missingLogs()).isZero();
        LogReplication open = EVEN.wrote();
        assertThat(open.missingLogs()).isEqualTo(1);
        LogReplication closed = open.closedLog();
        assertThat(closed.missingLogs()).isEqualTo(1);
        assertThat(closed.wrote().missingLogs()).isEqualTo(2);
        assertThat(closed.copiedUpTo(5).missingLogs()).isEqualTo(1);
        LogReplication inspected = closed.copiedUpTo(5).inspectedUpTo(5);
        assertThat(inspected.missingLogs()).isZero();
        assertThat(inspected.replayQueue()).isEqualTo(1);
        assertThat(inspected.replayedUpTo(5).replayQueue()).isZero();
    }

    @Test
    void noStepIsAheadOfTheOneBefore() {
        assertThatThrownBy(() -> EVEN.copiedUpTo(5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EVEN.closedLog().copiedUpTo(5).replayedUpTo(5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EVEN.suspended("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFailedCopyIsNotResumed() {
        assertThat(EVEN.suspended("backup").resumed()).isEqualTo(EVEN);
        LogReplication failed = EVEN.failed("log 5 is broken");
        assertThat(failed.resumed()).isEqualTo(failed);
        assertThat(failed.trouble()).contains("the copy is failed (log 5 is broken)");
        assertThat(EVEN.trouble()).isEmpty();
    }

    /** Generations 5 to 8 were inspected an hour apart, 5 at the hour 0. */
    @ParameterizedTest
    @CsvSource({"0, 0, 5", "0, 3, 8", "2, 1, 4", "2, 2, 5", "2, 4, 7", "2, 9, 8", "100, 9, 4"})
    void theLagHoldsReplayBack(int lag, int hour, long expected) {
        LogReplication behind = new LogReplication(8, false, 8, 8, 4, CopyState.HEALTHY, "");
        assertThat(behind.replayable(
                        Duration.ofHours(lag),
                        generation -> NOW.plus(Duration.ofHours(generation - 5)),
                        NOW.plus(Duration.ofHours(hour))))
                .isEqualTo(expected);
    }

    @Test
    void anOpenLogIsClosedAfterNinetySecondsOfSilenceUnlessItIsEmpty() {
        assertThat(EVEN.wrote().rollDue(NOW, NOW.plusSeconds(89))).isFalse();
        assertThat(EVEN.wrote().rollDue(NOW, NOW.plusSeconds(90))).isTrue();
        assertThat(EVEN.rollDue(NOW, NOW.plusSeconds(90))).isFalse();
    }

    @Test
    void aLossyActivationMakesTheOldOneDiverge() {
        LogReplication lossy = EVEN.closedLog().closedLog().wrote();
        assertThat(lossy.activated().closed()).isEqualTo(4);
        assertThat(lossy.activated().trouble()).contains("the copy is failed (it diverges from generation 5 on)");
        assertThat(lossy.reseed()).isEqualTo(new Reseed.Incremental(5));
        assertThat(EVEN.activated()).isEqualTo(EVEN);
        assertThat(EVEN.reseed()).isEqualTo(new Reseed.None());
    }

    /** Divergent generations, depth, what is needed. */
    @ParameterizedTest
    @CsvSource({"0, 10, none", "1, 10, from 5", "10, 10, from 5", "11, 10, full", "1, 0, full", "0, 0, none"})
    void lostLogResilienceDecidesHowMuchIsCopied(long divergent, int depth, String expected) {
        assertThat(Reseed.of(divergent, 5, depth)
                        .<String>match(none -> "none", part -> "from " + part.from(), full -> "full"))
                .isEqualTo(expected);
    }

    @Test
    void aFullReseedSaysWhy() {
        assertThat(Reseed.of(11, 5)).isEqualTo(new Reseed.Full("11 logs diverge, lost log resilience covers 10"));
    }
}
