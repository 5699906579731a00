package org.bridgehead.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What stands in an SVG picture. */
class SvgMapTest {
    private static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "]]>&amp;\"'",
            "👩‍🚀 Zoë",
            "שלום עולם",
            "مرحبا بالعالم",
            "a\u0000b\u0008c\uFFFE",
            "\uD800 alone",
            "東京都千代田区丸の内一丁目",
            "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-upon-Sea",
            "line\nbreak\tand tab",
            "--><!-- ",
            " ");

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "contoso", "globalmail"})
    void showsEachPartOnce(String name) throws Exception {
        Topology topology = Pictures.shipped(name);
        Document svg = Pictures.xml(Pictures.svg(topology, MapMarks.NONE));
        List<String> expected = new ArrayList<>();
        topology.sites().keySet().forEach(site -> expected.add("site:" + site));
        topology.links().keySet().forEach(link -> expected.add("link:" + link));
        topology.servers().keySet().forEach(server -> expected.add("server:" + server));
        assertThat(Pictures.having(svg, "data-item", "").stream()
                        .map(element -> element.getAttribute("data-item"))
                        .filter(item -> !item.startsWith("node:")))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void anyNameGivesWellFormedXml() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<String> names = new ArrayList<>(HOSTILE);
        for (int i = 0; i < 30; i++) {
            names.add(i
                    + random.ints(random.nextInt(20), 0, 0x11000)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .toString());
        }
        Topology topology = Pictures.random(random, names);
        Layout layout = Layout.of(topology);
        for (SvgMap map : List.of(
                SvgMap.of(topology, layout, MapMarks.NONE),
                SvgMap.of(
                        topology,
                        layout,
                        Pictures.route(topology, names.get(0), names.get(9), "site:" + names.get(1))))) {
            assertThat(Pictures.having(Pictures.xml(map.svg()), "data-item", ""))
                    .as("seed " + seed)
                    .hasSizeGreaterThan(names.size() * 3);
            assertThat(Pictures.xml(map.interactive())
                            .getElementsByTagName("script")
                            .getLength())
                    .isZero();
        }
    }

    @Test
    void longNamesAreWholeInTheTitleOnly() throws Exception {
        String name = "A".repeat(60);
        String svg = Pictures.svg(Pictures.of(List.of(Site.of(name)), List.of(), List.of()), MapMarks.NONE);
        assertThat(svg).contains("<title>" + name).contains("A…</text>").doesNotContain(name + "</text>");
    }

    @Test
    void theWayIsMarkedWithDirectionAndStops() throws Exception {
        Topology contoso = Pictures.shipped("contoso");
        Document svg = Pictures.xml(Pictures.svg(contoso, Pictures.route(contoso, "Berlin", "Vienna")));
        assertThat(classesOfPiece(svg, "Berlin-Munich")).isEqualTo("piece path forward");
        assertThat(classesOfPiece(svg, "Berlin-Warsaw")).isEqualTo("piece alt alt1");
        assertThat(item(svg, "site:Munich").getAttribute("class")).isEqualTo("site path");
        assertThat(item(svg, "site:Munich").getTextContent()).contains("2");
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("Berlin to Vienna: Berlin > Munich > Vienna, 2 hops, cost 40")
                .contains("Not taken A: Berlin > Warsaw > Vienna, 2 hops, cost 60, lost by cost");
    }

    @Test
    void backwardsIsAgainstTheOrderOfTheLink() throws Exception {
        Topology contoso = Pictures.shipped("contoso");
        Document svg = Pictures.xml(Pictures.svg(contoso, Pictures.route(contoso, "Vienna", "Berlin")));
        assertThat(classesOfPiece(svg, "Berlin-Munich")).isEqualTo("piece path backward");
    }

    @Test
    void legsOfAManySiteLinkAreCrossedInAndOut() throws Exception {
        Topology contoso = Pictures.shipped("contoso");
        Element link = item(
                Pictures.xml(Pictures.svg(contoso, Pictures.route(contoso, "Amsterdam", "Paris"))), "link:Channel");
        assertThat(pieces(link))
                .containsExactly("Amsterdam piece path forward", "London piece alt alt1", "Paris piece path backward");
    }

    @Test
    void heldMailIsFlaggedAndTheRestOfTheWayDashed() throws Exception {
        Topology contoso = Pictures.shipped("contoso");
        MapMarks marks = Pictures.route(contoso, "Berlin", "Rome", "link:Vienna-Rome");
        Document svg = Pictures.xml(Pictures.svg(contoso, marks));
        assertThat(item(svg, "site:Vienna").getAttribute("class")).isEqualTo("site path held");
        assertThat(item(svg, "site:Vienna").getTextContent()).contains("mail waits here");
        assertThat(classesOfPiece(svg, "Vienna-Rome")).isEqualTo("piece path forward ahead");
        assertThat(item(svg, "link:Vienna-Rome").getAttribute("class")).isEqualTo("link down");
        assertThat(item(svg, "site:Rome").getTextContent()).doesNotContain("mail waits here");
        assertThat(item(svg, "site:Rome").getAttribute("class")).isEqualTo("site path nostop");
    }

    @Test
    void onlyWhatIsDownIsCrossedOut() throws Exception {
        String svg = Pictures.svg(
                Pictures.shipped("contoso"),
                MapMarks.down(List.of("site:London", "server:PAR-HT1", "node:BER-MBX1A", "link:Channel")));
        assertThat(svg.split("class=\"site-cross\"", -1)).hasSize(2);
        assertThat(svg.split("class=\"node-cross\"", -1)).hasSize(2);
        assertThat(svg.split("class=\"link-cross\"", -1)).as("one on each leg").hasSize(4);
        assertThat(Pictures.xml(svg).getDocumentElement().getTextContent())
                .contains("Down: site:London, server:PAR-HT1, node:BER-MBX1A, link:Channel");
    }

    @Test
    void theLegendNamesWhatIsThereAndNothingElse() throws Exception {
        assertThat(Pictures.svg(Pictures.shipped("minimal"), MapMarks.NONE))
                .contains(">hub transport<", ">mailbox<")
                .doesNotContain(">edge transport<", ">hub site", ">link of many sites<", ">down<", ">way of the mail<");
    }

    @Test
    void theInteractiveFormHasEverythingThatStatesBringToLight() throws Exception {
        Topology contoso = Pictures.shipped("contoso");
        Document svg = Pictures.xml(
                SvgMap.of(contoso, Layout.of(contoso), MapMarks.NONE).interactive());
        int pieces = Pictures.having(svg, "data-a", "").size();
        assertThat(pieces).isEqualTo(16);
        assertThat(Pictures.having(svg, "class", "hit")).hasSize(pieces);
        assertThat(Pictures.having(svg, "class", "flag")).hasSize(12);
        assertThat(Pictures.having(svg, "class", "stop-number")).hasSize(12);
    }

    @Test
    void itIsAPictureForScreenReadersAndForBothThemes() throws Exception {
        Topology contoso = Pictures.shipped("contoso");
        SvgMap map = SvgMap.of(contoso, Layout.of(contoso), MapMarks.NONE);
        Element root = Pictures.xml(map.svg()).getDocumentElement();
        assertThat(root.getAttribute("role")).isEqualTo("img");
        assertThat(root.getAttribute("aria-label")).isEqualTo("Contoso: 12 sites, 14 links");
        assertThat(root.hasAttribute("data-theme")).isFalse();
        assertThat(map.svg()).contains("prefers-color-scheme:dark");
        assertThat(Pictures.xml(map.svg(true)).getDocumentElement().getAttribute("data-theme"))
                .isEqualTo("dark");
    }

    private static Element item(Document svg, String item) {
        List<Element> found = Pictures.having(svg, "data-item", item);
        assertThat(found).as(item).hasSize(1);
        return found.get(0);
    }

    private static String classesOfPiece(Document svg, String link) {
        return ((Element) item(svg, "link:" + link).getElementsByTagName("g").item(0)).getAttribute("class");
    }

    private static List<String> pieces(Element link) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < link.getElementsByTagName("g").getLength(); i++) {
            Element piece = (Element) link.getElementsByTagName("g").item(i);
            pieces.add(piece.getAttribute("data-a") + " " + piece.getAttribute("class"));
        }
        return pieces;
    }
}
