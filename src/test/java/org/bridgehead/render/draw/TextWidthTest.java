package org.bridgehead.render.draw;

import static org.assertj.core.api.Assertions.assertThat;

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
            assertThat(TextWidth.of(letter, 1000, false))
                    .as(letter)
                    .isBetween(regular.advance(c) * 1000 - 2, regular.advance(c) * 1000 + 2);
        }
        for (String word : new String[] {"Amsterdam", "São Paulo", "Zürich", "BUENOS AIRES", "Illinois"}) {
            double drawn = word.codePoints().mapToDouble(bold::advance).sum() * 1000;
            assertThat(TextWidth.of(word, 1000, true)).as(word).isBetween(drawn * 0.97, drawn * 1.15);
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
