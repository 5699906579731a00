package org.bridgehead.core.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NumberedTest {
    @Test
    void itIsAMapOfNumbers() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Numbered<String> numbered = new Numbered<>();
            TreeMap<Long, String> expected = new TreeMap<>();
            int spread = 1 + random.nextInt(300);
            for (int i = 0; i < 500; i++) {
                // Numbers that share a slot, and numbers in a row.
                long number = 1 + random.nextInt(spread) * (random.nextInt(4) == 0 ? 64L : 1L);
                if (random.nextInt(3) > 0) {
                    String value = "value " + i;
                    assertThat(numbered.put(number, value)).as("seed %d", seed).isEqualTo(expected.put(number, value));
                } else {
                    assertThat(numbered.remove(number)).as("seed %d", seed).isEqualTo(expected.remove(number));
                }
                assertThat(numbered.get(number)).as("seed %d", seed).isEqualTo(expected.get(number));
                assertThat(numbered.size()).isEqualTo(expected.size());
            }
            assertThat(numbered.values()).as("seed %d", seed).isEqualTo(List.copyOf(expected.values()));
            String sought = "value " + random.nextInt(500);
            assertThat(numbered.anyMatch(sought::equals)).as("seed %d", seed).isEqualTo(expected.containsValue(sought));
            numbered.clear();
            assertThat(numbered.isEmpty()).isTrue();
            assertThat(numbered.values()).isEmpty();
        }
    }

    @Test
    void aNumberThatWasNeverGivenHasNoValue() {
        Numbered<String> numbered = new Numbered<>();
        assertThat(numbered.get(7)).isNull();
        assertThat(numbered.get(0)).isNull();
        assertThat(numbered.remove(7)).isNull();
        assertThatThrownBy(() -> numbered.put(0, "none")).isInstanceOf(IllegalArgumentException.class);
    }
}
