package org.bridgehead.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;

/** Pictures for Graphviz. */
class DotMapTest {
    private static String dot(Topology topology, MapMarks marks) {
        return DotMap.of(topology, Layout.of(topology), marks).dot();
    }

    @Test
    void theSmallestTopology() throws Exception {
        assertThat(dot(Pictures.shipped("minimal"), MapMarks.NONE)).isEqualTo("""
                        graph "Minimal" {
                          graph [label="Minimal: 2 sites, 1 link\\nmetric: hops · relay: everySite · onFailure: hold", labelloc=t, inputscale=72, splines=true];
                          graph [fontname="Helvetica"]; node [fontname="Helvetica"]; edge [fontname="Helvetica"];
                          node [shape=box, style=rounded, fontsize=9, margin="0.08,0.04"]; edge [fontsize=9];
                          "Berlin" [label="Berlin\\nBER-HT1\\nBER-MBX1", pos="95.6,92.7!"];
                          "Munich" [label="Munich\\nMUC-HT1\\nMUC-MBX1", pos="266.7,92.5!"];
                          "Berlin" -- "Munich" [label="100", tooltip="Berlin-Munich: Berlin, Munich, cost 100"];
                        }
                        """);
    }

    @Test
    void quotesBackslashesAndReferencesStayWhatTheyAre() {
        String name = "a\"b\\N &amp; c";
        assertThat(dot(Pictures.of(List.of(Site.of(name)), List.of(), List.of()), MapMarks.NONE))
                .contains("  \"a\\\"b\\\\N &amp; c\" [label=\"a\\\"b\\\\N &amp;amp; c\"");
    }

    @Test
    void statesAreLegibleWithoutColour() throws Exception {
        Topology contoso = Pictures.shipped("contoso");
        String dot = dot(contoso, Pictures.route(contoso, "Berlin", "Rome", "link:Vienna-Rome"));
        assertThat(dot).containsPattern("\"Berlin\" -- \"Munich\" .*penwidth=3, dir=forward");
        assertThat(dot).containsPattern("\"Vienna\" -- \"Rome\" .*label=\"✕ 40\".*style=dashed");
        assertThat(dot).contains("mail waits here").contains("\"London\" -- \"link Channel\"");
    }

    @Test
    void linksOfManySitesHaveANodeOfTheirOwn() {
        Topology topology = Pictures.of(
                List.of(Site.of("A"), Site.of("B"), Site.of("C")),
                List.of(SiteLink.of("Ring", List.of("A", "B", "C"), 7)),
                List.of());
        assertThat(dot(topology, MapMarks.NONE))
                .contains("\"link Ring\" [shape=point")
                .contains("\"A\" -- \"link Ring\"")
                .contains("\"C\" -- \"link Ring\"");
    }
}
