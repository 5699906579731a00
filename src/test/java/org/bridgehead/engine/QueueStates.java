package org.bridgehead.engine;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Stage;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.whatif.ImaginedStage;
import org.bridgehead.whatif.VirtualOrganization;

/** An imagined stage whose queues are looked at after each step: which states of BEHAVIOUR 3.1 a scenario shows. */
final class QueueStates implements Stage {
    private static final List<String> OWN = List.of("Submission", "Poison", "Unreachable");

    private final VirtualOrganization organization;
    private final ImaginedStage stage;
    private final SortedMap<String, Integer> seen = new TreeMap<>();

    QueueStates(VirtualOrganization organization) {
        this.organization = organization;
        this.stage = ImaginedStage.of(organization);
    }

    /** How often a queue was found in which state, and letters in an Outbox. */
    SortedMap<String, Integer> seen() {
        return seen;
    }

    private void look() {
        for (String server : organization.servers()) {
            if (organization.isRunning(server)) {
                organization.allQueues(server).forEach(this::look);
            }
        }
        organization.topology().servers().values().stream()
                .filter(server -> organization.outbox(server.name()) > 0)
                .forEach(server -> seen.merge("OUTBOX", 1, Integer::sum));
    }

    /** By its state, and what is in it by its kind where there is one of each. */
    private void look(QueueView queue) {
        boolean ofItsOwn = OWN.contains(queue.name());
        if (!ofItsOwn) {
            seen.merge(queue.status().name(), 1, Integer::sum);
        }
        if (ofItsOwn && queue.messages() > 0) {
            seen.merge(queue.name().toUpperCase(Locale.ROOT), 1, Integer::sum);
        }
    }

    @Override
    public Optional<String> send(Letter letter) {
        Optional<String> refusal = stage.send(letter);
        look();
        return refusal;
    }

    @Override
    public void perform(Step step) {
        stage.perform(step);
        look();
    }

    @Override
    public void advance(Duration time) {
        stage.advance(time);
        look();
    }

    @Override
    public List<TrackingEvent> events() {
        return stage.events();
    }

    @Override
    public List<TransportId> identities(List<Letter> taken) {
        return stage.identities(taken);
    }

    @Override
    public Losses losses() {
        return stage.losses();
    }

    @Override
    public List<Arrival> arrivals(EmailAddress address) {
        return stage.arrivals(address);
    }
}
