package org.bridgehead.core.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.bridgehead.core.hub.Pressure.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackPressureTest {
    private static final long GB = 1L << 30;

    /** Rises at the first two marks, falls at the last two: percent of a volume of 10 GB that is in use. */
    @ParameterizedTest
    @CsvSource({
        "NORMAL, 95.9, NORMAL",
        "NORMAL, 96, MEDIUM",
        "NORMAL, 99, HIGH",
        "MEDIUM, 98.9, MEDIUM",
        "MEDIUM, 99, HIGH",
        "MEDIUM, 94.1, MEDIUM",
        "MEDIUM, 93.9, NORMAL",
        "HIGH, 97, HIGH",
        "HIGH, 96.9, MEDIUM",
        "HIGH, 93.9, NORMAL",
    })
    void theDiskHasFourMarks(Level before, double used, Level after) {
        assertThat(reached(before).after(disk(used)).pressure().level()).isEqualTo(after);
    }

    private static BackPressure reached(Level level) {
        double used = level == Level.NORMAL ? 0 : level == Level.MEDIUM ? 96 : 99;
        BackPressure reached = BackPressure.none().after(disk(used));
        assertThat(reached.pressure().level()).isEqualTo(level);
        return reached;
    }

    private static Resources disk(double used) {
        return Resources.PLENTY.withDisk(10 * GB, (long) (10 * GB * (100 - used) / 100));
    }

    @Test
    void aLargeVolumeIsShortOnlyWhenLittleIsLeft() {
        BackPressure none = BackPressure.none();
        assertThat(none.after(Resources.PLENTY.withDisk(4_000 * GB, 40 * GB))
                        .pressure()
                        .level())
                .isEqualTo(Level.NORMAL);
        assertThat(none.after(Resources.PLENTY.withDisk(4_000 * GB, GB))
                        .pressure()
                        .level())
                .isEqualTo(Level.MEDIUM);
        assertThat(none.after(Resources.PLENTY.withDisk(4_000 * GB, 400L << 20)).pressure())
                .isEqualTo(new Pressure(Level.HIGH, "disk of the spool 100.0 % full, 400 MB free"));
    }

    @ParameterizedTest
    @CsvSource({"84.9, NORMAL", "85, MEDIUM", "92, HIGH"})
    void theHeap(double used, Level level) {
        assertThat(BackPressure.none()
                        .after(Resources.PLENTY.withHeap(GB, (long) Math.ceil(GB * used / 100)))
                        .pressure()
                        .level())
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"1999, NORMAL", "2000, MEDIUM", "10000, HIGH"})
    void slowWrites(long millis, Level level) {
        assertThat(BackPressure.none()
                        .after(Resources.PLENTY.withSync(Duration.ofMillis(millis)))
                        .pressure()
                        .level())
                .isEqualTo(level);
    }

    @Test
    void aLongSubmissionQueueIsBorneForTenMinutes() {
        BackPressure pressure = BackPressure.none();
        for (int look = 1; look < BackPressure.PATIENCE; look++) {
            pressure = pressure.after(Resources.PLENTY.withSubmissions(look == 1 ? 9_999 : 2_000));
            assertThat(pressure.pressure()).isEqualTo(Pressure.NORMAL);
        }
        pressure = pressure.after(Resources.PLENTY.withSubmissions(2_000));
        assertThat(pressure.pressure()).isEqualTo(new Pressure(Level.MEDIUM, "2000 messages in the submission queue"));
        assertThat(pressure.after(Resources.PLENTY.withSubmissions(1_999)).pressure())
                .isEqualTo(Pressure.NORMAL);
        assertThat(BackPressure.none()
                        .after(Resources.PLENTY.withSubmissions(15_000))
                        .pressure()
                        .level())
                .isEqualTo(Level.HIGH);
    }

    @Test
    void aSpoolThatRefusesIsTheWorst() {
        BackPressure refused = BackPressure.none()
                .after(Resources.PLENTY.withRefusal("No space left on device").withSync(Duration.ofSeconds(3)));
        assertThat(refused.pressure())
                .isEqualTo(new Pressure(Level.HIGH, "the spool refuses: No space left on device"));
        assertThat(refused.after(Resources.PLENTY).pressure()).isEqualTo(Pressure.NORMAL);
    }

    /** Whatever came before, a value beyond a rising mark means its level, one below all marks means normal. */
    @Test
    void neverStuck() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        BackPressure pressure = BackPressure.none();
        for (int i = 0; i < 5_000; i++) {
            double used = random.nextDouble() * 100;
            pressure = pressure.after(disk(used));
            Level level = pressure.pressure().level();
            if (used >= 99) {
                assertThat(level).as("seed %d", seed).isEqualTo(Level.HIGH);
            } else if (used >= 96) {
                assertThat(level).as("seed %d", seed).isNotEqualTo(Level.NORMAL);
            } else if (used < 94) {
                assertThat(level).as("seed %d", seed).isEqualTo(Level.NORMAL);
            }
        }
    }
}
