package org.bridgehead.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;

class SiteMapTest {
    /** Oslo has no hub; Rome is reached by Bern or by Nice, and Bern comes first. */
    private static RoutingTable routes() {
        return RoutingTable.of(Topology.of(
                Settings.of("Test", "test.test"),
                List.of(Site.of("Bern"), Site.of("Kiel"), Site.of("Nice"), Site.of("Oslo"), Site.of("Rome")),
                List.of(
                        SiteLink.of("K-B", List.of("Kiel", "Bern"), 10),
                        SiteLink.of("K-N", List.of("Kiel", "Nice"), 10),
                        SiteLink.of("K-O", List.of("Kiel", "Oslo"), 10),
                        SiteLink.of("B-R", List.of("Bern", "Rome"), 10),
                        SiteLink.of("N-R", List.of("Nice", "Rome"), 10)),
                List.of(
                        Server.hub("BRN1", "Bern"),
                        Server.hub("KIE1", "Kiel"),
                        Server.hub("KIE2", "Kiel"),
                        Server.hub("NCE1", "Nice"),
                        Server.hub("ROM1", "Rome"))));
    }

    private static String draw(Map<String, Integer> crossed, List<Item> lost, Ink ink) {
        return String.join("\n", SiteMap.draw(routes(), "Kiel", crossed, lost, ink));
    }

    @Test
    void mailIsDrawnDouble() {
        assertThat(draw(Map.of("Kiel > Bern", 1, "Bern > Rome", 1), List.of(), Ink.NONE))
                .isEqualTo("""
                    Kiel ═╤═════ Bern ═════════ Rome
                          ├───── Nice
                          └───── (Oslo)
                    not on any way from Kiel: N-R\
                    """);
    }

    @Test
    void theLostHaveAnXAndCopiesAreCounted() {
        assertThat(draw(
                        Map.of("Kiel > Nice", 12),
                        List.of(new Item("link", "b-r"), new Item("server", "KIE2"), new Item("link", "N-R")),
                        Ink.NONE))
                .isEqualTo("""
                    Kiel x KIE2 ═┬───── Bern ──────x── Rome
                                 ╞═12══ Nice
                                 └───── (Oslo)
                    not on any way from Kiel: N-R x\
                    """);
    }

    @Test
    void coloursChangeNoColumn() {
        Ink loud = (meaning, text) -> "\u001B[1m" + text + "\u001B[0m";
        Map<String, Integer> crossed = Map.of("Kiel > Oslo", 3);
        List<Item> lost = List.of(new Item("site", "Rome"));
        assertThat(draw(crossed, lost, loud).replaceAll("\u001B\\[[0-9]m", ""))
                .isEqualTo(draw(crossed, lost, Ink.NONE));
    }

    @Test
    void aMapThatIsTooWideIsLeftOut() {
        List<Site> sites = new ArrayList<>();
        List<SiteLink> links = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sites.add(Site.of("Site" + i));
            if (i > 0) {
                links.add(SiteLink.of("L" + i, List.of("Site" + (i - 1), "Site" + i), 1));
            }
        }
        RoutingTable chain = RoutingTable.of(Topology.of(Settings.of("Chain", "test.test"), sites, links, List.of()));
        assertThat(SiteMap.draw(chain, "Site0", Map.of(), List.of(), Ink.NONE)).isEmpty();
    }
}
