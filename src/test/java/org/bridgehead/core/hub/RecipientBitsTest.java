package org.bridgehead.core.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RecipientBitsTest {
    @Test
    void itIsASetOfIndices() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            TreeSet<Integer> one = indices(random);
            TreeSet<Integer> other = indices(random);
            TreeSet<Integer> both = new TreeSet<>(one);
            both.addAll(other);
            RecipientBits bits = RecipientBits.of(one).or(RecipientBits.of(other));
            assertThat(bits.stream().boxed().toList()).as("seed %d", seed).isEqualTo(List.copyOf(both));
            assertThat(bits.count()).isEqualTo(both.size());
            assertThat(bits).isEqualTo(RecipientBits.of(both)).hasSameHashCodeAs(RecipientBits.of(both));
            assertThat(RecipientBits.ofWords(bits.words())).isEqualTo(bits);
            for (int i = 0; i < 300; i++) {
                assertThat(bits.has(i)).isEqualTo(both.contains(i));
            }
        }
    }

    private static TreeSet<Integer> indices(Random random) {
        TreeSet<Integer> set = new TreeSet<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            set.add(random.nextInt(1 + random.nextInt(300)));
        }
        return set;
    }

    @Test
    void trailingZeroWordsDoNotMatter() {
        assertThat(RecipientBits.ofWords(new long[] {5, 0, 0})).isEqualTo(RecipientBits.of(List.of(0, 2)));
        assertThat(RecipientBits.none()).isEqualTo(RecipientBits.of(List.of()));
        assertThat(RecipientBits.firstOf(65).count()).isEqualTo(65);
        assertThat(RecipientBits.firstOf(3)).hasToString("{0, 1, 2}");
    }
}
