package org.bridgehead.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;

/** Pictures for Mermaid. */
class MermaidMapTest {
    private static String mermaid(Topology topology, MapMarks marks) {
        return MermaidMap.of(topology, Layout.of(topology), marks).mermaid();
    }

    @Test
    void theSmallestTopology() throws Exception {
        assertThat(mermaid(Pictures.shipped("minimal"), MapMarks.NONE)).isEqualTo("""
                        flowchart LR
                          s1["Berlin<br/>BER-HT1<br/>BER-MBX1"]
                          s2["Munich<br/>MUC-HT1<br/>MUC-MBX1"]
                          s1 ---|"100"| s2
                          classDef hub stroke-width:4px
                          classDef path stroke:#0b57c2,stroke-width:3px
                          classDef down stroke:#b3261e,stroke-dasharray:6 4
                          classDef held stroke:#6b3a00,stroke-width:4px
                        """);
    }

    @Test
    void namesThatMermaidTripsOverAreNumbersAndCodes() {
        Topology topology = Pictures.of(
                List.of(Site.of("end"), Site.of("a\"]-->b;<c>#1`{}")),
                List.of(SiteLink.of("L", List.of("end", "a\"]-->b;<c>#1`{}"), 1)),
                List.of());
        assertThat(mermaid(topology, MapMarks.NONE))
                .contains("s2[\"end\"]")
                .contains("s1[\"a#34;#93;--#62;b#59;#60;c#62;#35;1#96;#123;#125;\"]")
                .contains("s2 ---|\"1\"| s1");
    }

    @Test
    void theWayHasArrowsAndHeldMailANote() throws Exception {
        Topology contoso = Pictures.shipped("contoso");
        String text = mermaid(contoso, Pictures.route(contoso, "Vienna", "Berlin", "link:Berlin-Munich"));
        assertThat(text).containsPattern("s\\d+ ==>\\|\"20\"\\| s\\d+").containsPattern("-\\.->\\|\"✕ 20\"\\|");
        assertThat(text).contains("mail waits here").containsPattern("class s\\d+ held");
        assertThat(text).contains("[[\"Paris<br/>");
    }
}
