package org.bridgehead.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.scenario.EventComparison;
import org.bridgehead.core.scenario.EventComparison.Difference;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Play;
import org.bridgehead.core.scenario.Post;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Stage;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.io.ldap.FileDirectory;
import org.bridgehead.whatif.ImaginedStage;
import org.bridgehead.whatif.VirtualOrganization;

/** One course of a scenario in one world. */
record ParityRun(List<TrackingEvent> events, List<Boolean> taken) {
    static ParityRun imagined(ParityScenario scenario, List<Step> steps) {
        return play(
                ImaginedStage.of(VirtualOrganization.of(
                        scenario.organization().topology(),
                        FileDirectory.of(scenario.organization().directory()),
                        ParityScenario.START)),
                steps);
    }

    static ParityRun live(ParityScenario scenario, List<Step> steps) {
        OrganizationConfig config = OrganizationConfig.inMemory(scenario.organization(), Path.of(""))
                .inLockstepFrom(ParityScenario.START)
                .loopbackIsUser(false);
        try (MailOrganization organization = MailOrganization.start(config)) {
            return play(new LiveStage(organization), steps);
        }
    }

    private static ParityRun play(Stage stage, List<Step> steps) {
        Post post = new Post();
        List<List<Letter>> letters = steps.stream()
                .filter(Send.class::isInstance)
                .map(step -> post.written((Send) step))
                .toList();
        List<Boolean> taken = new ArrayList<>();
        Play.of(stage, new Scene("parity", steps, List.of()), letters, new Play.Witness() {
            @Override
            public void sent(Letter letter, Optional<String> refusal) {
                taken.add(refusal.isEmpty());
            }
        });
        return new ParityRun(List.copyOf(stage.events()), taken);
    }

    /** What differs, for people; empty = nothing. */
    String against(ParityRun other) {
        List<Difference> differences = EventComparison.between(events, other.events);
        String doors = taken.equals(other.taken)
                ? ""
                : "taken at the door: " + taken + "\n               not " + other.taken + "\n";
        return doors + EventComparison.text(differences);
    }
}
