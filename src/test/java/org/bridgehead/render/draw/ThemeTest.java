package org.bridgehead.render.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Colours that can be told from what they lie on (WCAG 2 AA). */
class ThemeTest {
    @ParameterizedTest
    @EnumSource
    void textsContrast(Theme theme) {
        for (String[] pair : List.of(
                new String[] {"ink", "paper"},
                new String[] {"soft", "paper"},
                new String[] {"ink", "site"},
                new String[] {"pathink", "path"},
                new String[] {"heldink", "held"},
                new String[] {"letter", "hub"},
                new String[] {"letter", "edge"},
                new String[] {"letter", "mailbox"},
                new String[] {"letter", "dc"},
                new String[] {"letter", "cas"},
                new String[] {"letter", "um"})) {
            assertThat(contrast(theme, pair)).as(String.join(" on ", pair)).isGreaterThanOrEqualTo(4.5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void linesContrast(Theme theme) {
        for (String line : List.of("line", "rim", "path", "alt", "bad", "heldink")) {
            assertThat(contrast(theme, line, "paper")).as(line).isGreaterThanOrEqualTo(3);
        }
    }

    private static double contrast(Theme theme, String... pair) {
        double one = luminance(theme.color(pair[0]));
        double other = luminance(theme.color(pair[1]));
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    private static double luminance(String color) {
        int rgb = Integer.parseInt(color.substring(1), 16);
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double share = (channel & 0xFF) / 255.0;
        return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
