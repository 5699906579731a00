package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as people write them. */
class TimeTextTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T08:00:00Z,      2026-03-02T08:00:00Z",
        "2026-03-02 08:00:00Z,      2026-03-02T08:00:00Z",
        "2026-03-02T08:00+01:00,    2026-03-02T07:00:00Z",
        "2026-03-02 08:00,          2026-03-02T07:00:00Z",
        "2026-07-02T08:00:30,       2026-07-02T06:00:30Z",
        "2026-03-02,                2026-03-01T23:00:00Z",
        "-2h,                       -2h",
        "now,                       now"
    })
    void localTimesGetTheirZoneAndRelativeOnesAreLeftToTheEngine(String typed, String meant) {
        assertThat(TimeText.parse("--from", typed, BERLIN)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "8:00", "2026-13-02", "2026-03-02T25:00", ""})
    void otherWordsAreRefusedWithWhatWouldDo(String typed) {
        assertThatThrownBy(() -> TimeText.parse("--from", typed, BERLIN))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--from " + typed)
                .hasMessageContaining("'2026-03-02 08:00'");
    }

    @Test
    void aRefusalIsTheUsersToMend() {
        assertThatThrownBy(() -> TimeText.parse("--to", "soon", BERLIN))
                .satisfies(e -> assertThat(((Failure) e).exitCode()).isEqualTo(ExitCode.USAGE));
    }
}
