package org.bridgehead.whatif;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.bridgehead.whatif.RandomScenario.Timed;

/**
 * Draws when faults happen and how long they last.
 *
 * @param random what draws
 * @param letters of the scenario, at least one
 * @param hours of mail and faults
 */
record Moments(Random random, List<Timed> letters, Duration hours) {
    private static final int BURST_MILLIS = 1500;

    Moments {
        letters = List.copyOf(letters);
    }

    /** Most of them shortly after a burst of mail began. */
    Duration moment() {
        if (random.nextInt(5) > 0) {
            return letters.get(random.nextInt(letters.size())).at().plusMillis(random.nextInt(BURST_MILLIS));
        }
        return Duration.ofMillis((long) (random.nextDouble() * hours.toMillis()));
    }

    /** From nearly nothing to many minutes. */
    Duration aWhile() {
        return switch (random.nextInt(3)) {
            case 0 -> Duration.ofMillis(1 + random.nextInt(300));
            case 1 -> Duration.ofSeconds(1 + random.nextInt(60));
            default -> Duration.ofMinutes(1 + random.nextInt(40));
        };
    }
}
