package org.bridgehead.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.scenario.EventComparison;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Play;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Stage;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.engine.LiveStage;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.io.config.LoadedScenario;
import org.bridgehead.io.config.ScenarioFile;
import org.bridgehead.io.ldap.FileDirectory;
import org.bridgehead.io.ldap.LdifRecipients;
import org.bridgehead.whatif.ImaginedStage;
import org.bridgehead.whatif.VirtualOrganization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped scenarios, imagined and on the wire in lockstep: event by event the same. */
class ScenarioParityTest {
    private static final int PACE = 40;

    static Stream<Path> shipped() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("examples/scenarios"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shippedScenariosAgree(Path file) throws Exception {
        LoadedScenario scenario = ScenarioFile.load(file);
        Organization organization = LdifRecipients.complete(
                scenario.topology().organization(), scenario.topology().folder());
        Stage imagined = ImaginedStage.at(
                VirtualOrganization.of(
                        organization.topology(),
                        FileDirectory.of(organization.directory()),
                        scenario.scenario().start()),
                PACE);
        List<TrackingEvent> predicted = play(imagined, scenario);
        OrganizationConfig config = OrganizationConfig.inMemory(
                        organization, scenario.topology().folder())
                .inLockstepFrom(scenario.scenario().start());
        try (MailOrganization live = MailOrganization.start(config)) {
            List<TrackingEvent> happened = play(new LiveStage(live, PACE), scenario);
            assertThat(EventComparison.text(EventComparison.between(predicted, happened)))
                    .isEmpty();
            assertThat(happened).hasSameSizeAs(predicted).isNotEmpty();
        }
    }

    private static List<TrackingEvent> play(Stage stage, LoadedScenario scenario) throws Exception {
        Letters letters = new Letters(scenario, Optional.empty());
        for (Scene scene : scenario.scenario().scenes()) {
            List<List<Letter>> post = new ArrayList<>();
            for (Step step : scene.steps()) {
                if (step instanceof Send send) {
                    post.add(letters.of(send));
                }
            }
            Play.of(stage, scene, post, Play.Witness.NOBODY);
        }
        return stage.events();
    }
}
