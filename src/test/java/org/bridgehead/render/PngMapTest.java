package org.bridgehead.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pictures in pixels. */
class PngMapTest {
    @BeforeAll
    static void withoutADisplay() {
        System.setProperty("java.awt.headless", "true");
    }

    private static PngMap map(Topology topology) {
        return PngMap.of(topology, Layout.of(topology), MapMarks.NONE);
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    /** How often each colour occurs. */
    private static TreeMap<Integer, Integer> colors(BufferedImage image) {
        TreeMap<Integer, Integer> colors = new TreeMap<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colors.merge(image.getRGB(x, y) & 0xFFFFFF, 1, Integer::sum);
            }
        }
        return colors;
    }

    @Test
    void hasTheWidthAskedForAndColoursOfTheTheme() throws Exception {
        PngMap map = map(Pictures.shipped("contoso"));
        BufferedImage light = read(map.png(false, 900));
        assertThat(light.getWidth()).isEqualTo(900);
        assertThat(light.getHeight()).isBetween(400, 1500);
        TreeMap<Integer, Integer> colors = colors(light);
        int pixels = light.getWidth() * light.getHeight();
        assertThat(colors.get(0xFFFFFF)).isBetween(pixels / 2, pixels - 5000);
        assertThat(colors).containsKeys(0x1D5FA8, 0x2C7031, 0x8A3A86, 0x17212B);
        assertThat(colors(read(map.png(true, 900))))
                .containsKeys(0x11181F, 0x8FC4FF)
                .doesNotContainKey(0xFFFFFF);
    }

    @Test
    void lettersAreDrawnWhereTheyShouldBe() throws Exception {
        BufferedImage one = read(map(Pictures.of(List.of(Site.of("IIIIIIII")), List.of(), List.of()))
                .png(false, 600));
        BufferedImage other = read(map(Pictures.of(List.of(Site.of("HHHHHHHH")), List.of(), List.of()))
                .png(false, 600));
        assertThat(colors(other).get(0x17212B)).isGreaterThan(colors(one).get(0x17212B) + 50);
    }

    @Test
    void charactersThatNoFontHasAreBoxes() throws Exception {
        Topology topology = Pictures.of(
                List.of(Site.of("👩‍🚀"), Site.of("مرحبا"), Site.of("שלום"), Site.of("Ångström")),
                List.of(),
                List.of());
        assertThat(colors(read(map(topology).png(false, 800))).get(0x17212B)).isGreaterThan(200);
    }

    @Test
    void sizesThatNobodyCanStoreAreRefused() throws Exception {
        PngMap map = map(Pictures.shipped("minimal"));
        assertThatThrownBy(() -> map.png(false, 40_000)).hasMessageContaining("at most 120 megapixels");
        assertThatThrownBy(() -> map.png(false, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** These ask the machine for fonts, and fail where it has none. */
    @Test
    void nothingAsksForInstalledFonts() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false); // names suffice
        List<JavaClass> classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.bridgehead.render").stream()
                        .toList();
        assertThat(classes).hasSizeGreaterThan(30);
        assertThat(classes.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getName())
                        .filter(name -> name.matches(
                                "java\\.awt\\.(Font|FontMetrics|GraphicsEnvironment|font\\..*)|javax\\.swing\\..*")))
                .isEmpty();
        assertThat(classes.stream()
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .map(call -> call.getTarget().getName())
                        .filter(name -> name.matches("drawString|drawGlyphVector|drawChars")))
                .isEmpty();
    }
}
