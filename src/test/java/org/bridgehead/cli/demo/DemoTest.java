package org.bridgehead.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.config.LoadedScenario;
import org.bridgehead.io.config.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scenario that is shipped, played as {@code bridgehead demo} plays it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DemoTest {
    private static final Path SHIPPED = Path.of("examples/scenarios/demo.yaml");

    private final StringWriter story = new StringWriter();

    private Verdict play(Organization forecast) throws Exception {
        LoadedScenario scenario = ScenarioFile.load(SHIPPED);
        Narrator narrator = new Narrator(new PrintWriter(story), Ink.NONE);
        Organization real = scenario.topology().organization();
        try (Demo demo = Demo.start(scenario, real, forecast, Optional.empty(), narrator)) {
            Verdict verdict = demo.play();
            demo.tell(verdict);
            return verdict;
        }
    }

    private static Organization contoso() throws Exception {
        return ScenarioFile.load(SHIPPED).topology().organization();
    }

    @Test
    void whatIsPredictedHappens() throws Exception {
        Verdict verdict = play(contoso());
        assertThat(verdict.good()).as(story.toString()).isTrue();
        assertThat(verdict.sent()).isGreaterThan(70);
        assertThat(verdict.delivered()).isGreaterThan(370);
        assertThat(verdict.lost() + verdict.twice() + verdict.damaged() + verdict.refused())
                .isZero();
        assertThat(verdict.readBack()).isEqualTo(108);
        assertThat(verdict.points()).isGreaterThan(20).isEqualTo(verdict.right());
        assertThat(verdict.expectations()).isEqualTo(13).isEqualTo(verdict.met());
        assertThat(story.toString())
                .contains("way      BER-EDGE1 > BER-HT1 > MUC-HT1 > VIE-HT1 > ROM-HT1, as predicted")
                .contains("lost on name: Berlin > Munich > Zurich > Rome")
                .contains("MUC-HT2 took ", "; lost 0")
                .contains("held at  Vienna, tried 08:12 08:13")
                .contains("Vienna ────x── Rome")
                .contains("49 copies were in a log that died with its node, 0 of them lost for good, as predicted")
                .contains(
                        "15 letters redelivered from dumpsters; 26 copies dropped where the mailbox had it, as predicted")
                .contains("BER-MBX1A died; BER-MBX1B took over 5 s later")
                .contains("from BER-MBX1 as anna@contoso.test: 15 of 15 letters, each octet for octet as it was sent")
                .contains("GOOD: sent 94, delivered 406, lost 0, twice 0");
    }

    @Test
    void aWrongPredictionIsToldAndMakesItBad() throws Exception {
        Organization real = contoso();
        Topology topology = real.topology();
        Topology wrong = topology.withGraph(
                topology.sites().values().stream().toList(),
                topology.links().values().stream()
                        .filter(link -> !link.name().equals("Munich-Vienna"))
                        .toList());
        Verdict verdict = play(new Organization(wrong, real.directory()));
        assertThat(verdict.good()).isFalse();
        assertThat(verdict.right()).isLessThan(verdict.points());
        assertThat(story.toString())
                .contains("NOT as predicted:")
                .contains("predicted BER-EDGE1 > BER-HT1 > MUC-HT1 > ZRH-HT1 > ROM-HT1")
                .contains("BAD: ");
    }
}
