package org.bridgehead.render.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One style sheet for SVG and pixels. */
class StyleSheetTest {
    private static final StyleSheet SHEET = StyleSheet.parse("""
                    link.down line : stroke bad; stroke-dasharray 4 5
                    * line : stroke line; stroke-width 2
                    * cross : display none
                    link.down cross : display inline
                    link.dim - : opacity 0.3
                    """);

    @Test
    void statesWinWhereverTheyStand() {
        Group down = Group.of("link").in("down", true);
        assertThat(SHEET.properties("line", List.of(Group.of("link"))))
                .containsEntry("stroke", "line")
                .doesNotContainKey("stroke-dasharray");
        assertThat(SHEET.properties("line", List.of(down, Group.of("piece"))))
                .containsEntry("stroke", "bad")
                .containsEntry("stroke-width", "2")
                .containsEntry("stroke-dasharray", "4 5");
        assertThat(SHEET.properties("cross", List.of(Group.of("site").in("down", true))))
                .containsEntry("display", "none");
    }

    @Test
    void cssHasTheRowsOfPartsInUse() {
        assertThat(SHEET.css(".m", List.of("line"))).isEqualTo("""
                        .m .line{stroke:#6f7f8e;stroke:var(--line);stroke-width:2;}
                        .m .link.down .line{stroke:#b3261e;stroke:var(--bad);stroke-dasharray:4 5;}
                        .m .link.dim{opacity:0.3;}
                        """);
    }
}
