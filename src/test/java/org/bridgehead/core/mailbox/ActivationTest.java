package org.bridgehead.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bridgehead.core.mailbox.ClusterTest.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.mailbox.Activation.Facts;
import org.bridgehead.core.topology.MailboxRole.MountDial;
import org.bridgehead.core.topology.ReplicationSettings;
import org.bridgehead.core.topology.ReplicationSettings.DialNumbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationTest {
    private static final Optional<Instant> NEVER = Optional.empty();

    /** Numbers, dial, what it allows. */
    static Stream<Arguments> dials() {
        return Stream.of(
                Arguments.of(DialNumbers.EXCHANGE_2007, MountDial.LOSSLESS, 0),
                Arguments.of(DialNumbers.EXCHANGE_2007, MountDial.GOOD_AVAILABILITY, 3),
                Arguments.of(DialNumbers.EXCHANGE_2007, MountDial.BEST_AVAILABILITY, 6),
                Arguments.of(DialNumbers.EXCHANGE_2010, MountDial.LOSSLESS, 0),
                Arguments.of(DialNumbers.EXCHANGE_2010, MountDial.GOOD_AVAILABILITY, 6),
                Arguments.of(DialNumbers.EXCHANGE_2010, MountDial.BEST_AVAILABILITY, 12));
    }

    /** {@code M}ount without loss, {@code F}etch, lossy mount {@code L}, {@code S}tay, for 0 to 13 missing logs. */
    @ParameterizedTest
    @MethodSource("dials")
    void everyDialWithEveryNumberOfLogs(DialNumbers numbers, MountDial dial, int allowed) {
        ReplicationSettings base = ReplicationSettings.DEFAULT;
        int its = new ReplicationSettings(1, numbers, Optional.empty(), Optional.empty(), base.replayLag())
                .allowedMissing(dial);
        assertThat(its).isEqualTo(allowed);
        assertThat(row(its, false, false)).isEqualTo("M" + "L".repeat(allowed) + "S".repeat(13 - allowed));
        assertThat(row(its, true, false)).isEqualTo("M" + "L".repeat(13));
        assertThat(row(its, false, true)).isEqualTo("M" + "F".repeat(13));
        assertThat(row(its, true, true)).isEqualTo("M" + "F".repeat(13));
    }

    private static String row(int allowed, boolean forced, boolean answers) {
        List<String> cells = new ArrayList<>();
        for (int missing = 0; missing <= 13; missing++) {
            int logs = missing;
            cells.add(Activation.decide(new Facts(missing, allowed, forced, answers), NEVER, NOW)
                    .match(
                            mount -> {
                                assertThat(mount.lost()).isEqualTo(logs);
                                return mount.lossy() ? "L" : "M";
                            },
                            fetch -> {
                                assertThat(fetch.missing()).isEqualTo(logs);
                                return "F";
                            },
                            stay -> "S"));
        }
        return String.join("", cells);
    }

    @Test
    void aNumberOfOnesOwnStandsInPlaceOfTheDial() {
        ReplicationSettings own =
                new ReplicationSettings(1, DialNumbers.EXCHANGE_2007, Optional.of(1), Optional.empty(), Duration.ZERO);
        assertThat(own.allowedMissing(MountDial.BEST_AVAILABILITY)).isEqualTo(1);
        assertThat(own.allowedMissing(MountDial.LOSSLESS)).isEqualTo(1);
    }

    /** Hours since the failover, hours after which it is forced; what becomes of 7 logs that are missing. */
    @ParameterizedTest
    @CsvSource({"0, 3, S", "2, 3, S", "3, 3, L", "4, 3, L", "0, 0, L", "100, , S"})
    void theTimeForcesIt(int hours, Integer after, String expected) {
        Optional<Instant> at =
                Activation.forcedAt(NOW, Optional.ofNullable(after).map(Duration::ofHours));
        Activation decision = Activation.decide(new Facts(7, 6, false, false), at, NOW.plus(Duration.ofHours(hours)));
        assertThat(decision.<String>match(mount -> "L", fetch -> "F", stay -> "S"))
                .isEqualTo(expected);
    }

    @Test
    void decisionsSayWhy() {
        Optional<Instant> at = Optional.of(NOW.plusSeconds(60));
        assertThat(Activation.decide(new Facts(7, 6, false, false), at, NOW))
                .isEqualTo(new Activation.StayDismounted(at, "7 logs missing, 6 allowed"));
        assertThat(Activation.decide(new Facts(1, 6, false, false), at, NOW))
                .isEqualTo(new Activation.Mount(1, "1 log missing, 6 allowed"));
        assertThat(Activation.decide(new Facts(7, 6, true, false), at, NOW))
                .isEqualTo(new Activation.Mount(7, "7 logs missing, 6 allowed; forced by an operator"));
        assertThat(Activation.decide(new Facts(7, 6, false, true), at, NOW))
                .isEqualTo(new Activation.FetchThenMount(7, "7 logs missing, 6 allowed; the old node answers"));
        assertThat(Activation.decide(new Facts(7, 6, false, false), at, NOW.plusSeconds(60)))
                .isEqualTo(new Activation.Mount(7, "7 logs missing, 6 allowed; forced after the time set for it"));
        assertThatThrownBy(() -> new Facts(-1, 6, false, false)).isInstanceOf(IllegalArgumentException.class);
    }
}
