package org.bridgehead.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.bridgehead.core.topology.Position;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where sites lie. */
class LayoutTest {
    /** From another run on another JVM: arithmetic alone decides. */
    private static final String CONTOSO = """
            Amsterdam 482 97
            Berlin 312 107
            Lisbon 811 545
            London 597 129
            Lyon 564 358
            Madrid 637 467
            Munich 240 260
            Paris 476 248
            Rome 183 388
            Vienna 89 250
            Warsaw 148 115
            Zurich 334 382""";

    @Test
    void theSameOnEveryMachine() throws Exception {
        Topology contoso = Pictures.shipped("contoso");
        Layout layout = Layout.of(contoso);
        assertThat(contoso.sites().keySet().stream()
                        .map(site -> site + " " + Math.round(layout.at(site).x()) + " "
                                + Math.round(layout.at(site).y()))
                        .collect(Collectors.joining("\n")))
                .isEqualTo(CONTOSO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "contoso", "globalmail"})
    void shippedTopologiesDoNotOverlap(String name) throws Exception {
        assertThat(overlaps(Pictures.shipped(name))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "8, 3", "60, 4", "300, 5", "1000, 6"})
    void sitesDoNotOverlapWhateverTheirNumber(int sites, long seed) {
        assertThat(overlaps(Pictures.random(new Random(seed), Pictures.names(sites))))
                .as("seed " + seed)
                .isEmpty();
    }

    /** Pairs whose boxes overlap, edges included, or that leave the paper. */
    private static List<String> overlaps(Topology topology) {
        Layout layout = Layout.of(topology);
        List<String> sites = List.copyOf(topology.sites().keySet());
        List<String> found = new ArrayList<>();
        for (int i = 0; i < sites.size(); i++) {
            Point at = layout.at(sites.get(i));
            SiteBox box = layout.box(sites.get(i));
            if (at.x() < box.halfWidth()
                    || at.y() < box.halfHeight() + box.roof()
                    || at.x() + box.halfWidth() > layout.width()
                    || at.y() + box.halfHeight() > layout.height()) {
                found.add(sites.get(i) + " leaves the paper");
            }
            for (int j = 0; j < i; j++) {
                Point other = layout.at(sites.get(j));
                SiteBox its = layout.box(sites.get(j));
                if (Math.abs(at.x() - other.x()) < box.halfWidth() + its.halfWidth()
                        && at.y() - box.halfHeight() - box.roof() < other.y() + its.halfHeight()
                        && other.y() - its.halfHeight() - its.roof() < at.y() + box.halfHeight()) {
                    found.add(sites.get(i) + " on " + sites.get(j));
                }
            }
        }
        return found;
    }

    @Test
    void linesPassNoForeignSite() throws Exception {
        Topology topology = Pictures.shipped("globalmail");
        Layout layout = Layout.of(topology);
        Courses courses = new Courses(topology, layout);
        List<String> crossed = new ArrayList<>();
        for (SiteLink link : topology.links().values()) {
            for (Piece piece : courses.of(link)) {
                for (int step = 0; step <= 50; step++) {
                    Point point = piece.course().at(step / 50.0);
                    topology.sites().keySet().stream()
                            .filter(site -> !link.sites().contains(site))
                            .filter(site -> Math.abs(layout.at(site).x() - point.x())
                                            < layout.box(site).halfWidth()
                                    && Math.abs(layout.at(site).y() - point.y())
                                            < layout.box(site).halfHeight())
                            .forEach(site -> crossed.add(link.name() + " over " + site));
                }
            }
        }
        assertThat(crossed).isEmpty();
    }

    @Test
    void knownPositionsMakeAMap() {
        List<Site> sites = List.of(
                placed("Berlin", 13.4, 52.5),
                placed("Rome", 12.5, 41.9),
                placed("London", -0.1, 51.5),
                placed("Warsaw", 21.0, 52.2),
                Site.of("Somewhere"));
        Layout layout =
                Layout.of(Pictures.of(sites, List.of(SiteLink.of("L", List.of("Berlin", "Somewhere"), 1)), List.of()));
        assertThat(layout.at("Rome").y()).isGreaterThan(layout.at("Berlin").y() + 50);
        assertThat(layout.at("London").x()).isLessThan(layout.at("Berlin").x() - 50);
        assertThat(layout.at("Warsaw").x()).isGreaterThan(layout.at("Berlin").x() + 50);
        double degreesPerPixelX =
                21.1 / (layout.at("Warsaw").x() - layout.at("London").x());
        double degreesPerPixelY =
                10.6 / (layout.at("Rome").y() - layout.at("Berlin").y());
        assertThat(degreesPerPixelX / degreesPerPixelY)
                .as("a degree of longitude is shorter than one of latitude there")
                .isBetween(1.3, 1.9);
    }

    private static Site placed(String name, double x, double y) {
        return new Site(name, false, List.of(), Optional.of(new Position(x, y)));
    }

    @Test
    void partsThatNothingJoinsLieSideBySide() {
        List<SiteLink> links = List.of(
                SiteLink.of("L1", List.of("Site 0", "Site 1"), 1), SiteLink.of("L2", List.of("Site 2", "Site 3"), 1));
        Topology topology = Pictures.of(Pictures.names(9).stream().map(Site::of).toList(), links, List.of());
        assertThat(overlaps(topology)).isEmpty();
        Layout layout = Layout.of(topology);
        assertThat(layout.width() / layout.height()).isBetween(0.5, 4.0);
    }

    @Test
    void linksOfManySitesHaveABus() throws Exception {
        Layout layout = Layout.of(Pictures.shipped("contoso"));
        Point bus = layout.bus("Channel");
        assertThat(List.of("Amsterdam", "London", "Paris"))
                .allSatisfy(site -> assertThat(layout.at(site).distance(bus)).isBetween(20.0, 300.0));
        assertThatThrownBy(() -> layout.bus("Paris-Lyon")).hasMessageContaining("Paris-Lyon");
    }

    @Test
    void nothingAtAllIsAnEmptyPicture() {
        Layout layout = Layout.of(Pictures.of(List.of(), List.of(), List.of()));
        assertThat(layout.width()).isPositive();
        assertThat(layout.height()).isPositive();
    }
}
