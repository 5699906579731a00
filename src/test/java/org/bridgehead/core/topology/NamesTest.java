package org.bridgehead.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NamesTest {
    /** Letters whose two cases are odd: sharp s, micro sign and mu, dotted and dotless i, Deseret, sigma. */
    private static final List<String> LETTERS = List.of(
            "a",
            "A",
            "z",
            "Z",
            "_",
            "1",
            "ä",
            "Ä",
            "ß",
            "ẞ",
            "µ",
            "μ",
            "Μ",
            "i",
            "I",
            "İ",
            "ı",
            "\uD801\uDC00",
            "\uD801\uDC28",
            "σ",
            "ς",
            "Σ",
            "k",
            "\u212A",
            "Ÿ",
            "ÿ");

    @Test
    void foldedTextsAreEqualExactlyWhenNamesAreTheSame() {
        long seed = Long.getLong("bridgehead.seed", System.nanoTime());
        System.out.println("names: seed " + seed);
        Random random = new Random(seed);
        int same = 0;
        for (int i = 0; i < 50_000; i++) {
            String one = name(random);
            String other = name(random);
            assertThat(Names.folded(one).equals(Names.folded(other)))
                    .as("%s and %s", one, other)
                    .isEqualTo(Names.same(one, other));
            same += Names.same(one, other) ? 1 : 0;
        }
        assertThat(same).isGreaterThan(500);
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int length = 1 + random.nextInt(2); length > 0; length--) {
            name.append(LETTERS.get(random.nextInt(LETTERS.size())));
        }
        return name.toString();
    }

    @Test
    void findsNamesInAnyLetters() {
        var values = Names.<Integer>map();
        values.put("Berlin", 1);
        values.put("ROME", 2);
        Names.Lookup<Integer> lookup = Names.Lookup.of(values);
        assertThat(lookup.get("Berlin")).isEqualTo(1);
        assertThat(lookup.get("bERLIN")).isEqualTo(1);
        assertThat(lookup.get("rome")).isEqualTo(2);
        assertThat(lookup.get("Vienna")).isNull();
    }
}
