package org.bridgehead.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.topology.RetrySettings;
import org.junit.jupiter.api.Test;

/** The ladder of BEHAVIOUR 3.2. */
class RetryScheduleTest {
    @Test
    void aDeadSiteIsTriedAtTheDocumentedMinutes() {
        List<Long> minutes = new ArrayList<>();
        Duration at = Duration.ZERO;
        for (int failures = 1; failures <= 14; failures++) {
            at = at.plus(RetrySchedule.afterFailure(RetrySettings.HUB, failures));
            minutes.add(at.toMinutes());
        }
        assertThat(minutes).containsExactly(1L, 2L, 3L, 4L, 9L, 14L, 19L, 24L, 29L, 34L, 44L, 54L, 64L, 74L);
    }

    @Test
    void mailboxQueuesWaitFiveMinutes() {
        assertThat(RetrySchedule.mailbox(RetrySettings.HUB)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void withoutGlitchesAndTransientsTheLongIntervalCountsAtOnce() {
        RetrySettings hub = RetrySettings.HUB;
        RetrySettings plain = new RetrySettings(
                0,
                hub.glitchInterval(),
                0,
                hub.transientInterval(),
                hub.interval(),
                hub.mailboxInterval(),
                hub.messageInterval(),
                hub.delayNotification(),
                hub.expiration(),
                hub.idleBeforeResubmit(),
                hub.resolverInterval());
        assertThat(RetrySchedule.afterFailure(plain, 1)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void beforeTheFirstFailureThereIsNoWait() {
        assertThatThrownBy(() -> RetrySchedule.afterFailure(RetrySettings.HUB, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
