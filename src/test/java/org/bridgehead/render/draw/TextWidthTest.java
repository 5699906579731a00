package org.bridgehead.render.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Widths that need no font. */
class TextWidthTest {
    /** Else texts would leave their boxes in pixels. */
    @Test
    void theTableIsThatOfTheFont() {
        Typeface regular = Typeface.load(false);
        Typeface bold = Typeface.load(true);
        for (int c = ' '; c <= '~'; c++) {
            String letter = Character.toString(c);
            assertThat(TextWidth.of(letter, 1, false)).as(letter).isCloseTo(regular.advance(c), within(0.001));
            assertThat(TextWidth.of(letter, 1, true)).as("bold " + letter).isCloseTo(bold.advance(c), within(0.001));
        }
        for (String word : new String[] {"São Paulo", "Zürich", "Łódź", "Москва", "Αθήνα"}) {
            double drawn = word.codePoints().mapToDouble(bold::advance).sum();
            assertThat(TextWidth.of(word, 1, true)).as(word).isBetween(drawn * 0.95, drawn * 1.25);
        }
    }

    @Test
    void whatDoesNotFitEndsInAnEllipsis() {
        assertThat(TextWidth.fit("short", 10, false, 100)).isEqualTo("short");
        String cut = TextWidth.fit("a name that is far too long", 10, false, 60);
        assertThat(cut).startsWith("a name").endsWith("…");
        assertThat(TextWidth.of(cut, 10, false)).isLessThanOrEqualTo(60);
        assertThat(TextWidth.fit("👩👩👩👩👩👩👩", 10, false, 35)).isEqualTo("👩👩…");
    }
}
