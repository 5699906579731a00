package org.bridgehead.cli.demo;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.scenario.Change;
import org.bridgehead.core.scenario.Conditions;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Perform;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Stage;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.io.config.LoadedScenario;
import org.bridgehead.io.ldap.FileDirectory;
import org.bridgehead.whatif.Forecast;
import org.bridgehead.whatif.ImaginedStage;
import org.bridgehead.whatif.VirtualOrganization;
import org.bridgehead.whatif.trace.Incident;
import org.bridgehead.whatif.trace.Trace;
import org.bridgehead.whatif.trace.TracePlan;
import org.bridgehead.whatif.trace.TracedMail;

/** A scenario played in the imagined world alone, its expectations judged there. One thread; played once. */
public final class ImaginedPlay {
    /**
     * One expectation and what came of it.
     *
     * @param scene title of the scene
     * @param about what it is about
     * @param wanted what the file expects
     * @param found what there is
     */
    public record Wish(String scene, String about, String wanted, String found) {
        /** Whether it came true. */
        public boolean isMet() {
            return wanted.equals(found);
        }
    }

    /** Effects performed between two letters: less than one letter needs, so that a stream has letters under way. */
    private static final int PACE = 40;

    private final LoadedScenario scenario;
    private final Organization people;
    private final VirtualOrganization organization;
    private final Letters letters;
    private final Watched stage;
    private final List<Letter> taken = new ArrayList<>();
    private final List<Letter> all = new ArrayList<>();
    private final List<Trace.Refused> refused = new ArrayList<>();
    private final List<Wish> wishes = new ArrayList<>();

    private ImaginedPlay(LoadedScenario scenario, Organization people) {
        this.scenario = scenario;
        this.people = people;
        this.organization = VirtualOrganization.of(
                people.topology(),
                FileDirectory.of(people.directory()),
                scenario.scenario().start(),
                scenario.scenario().conditions().orElse(Conditions.IDEAL));
        this.letters = new Letters(scenario, Optional.empty());
        this.stage = new Watched(ImaginedStage.at(organization, PACE));
    }

    /**
     * Plays all scenes.
     *
     * @param organization of the scenario, with the recipients of its LDIF files
     * @throws IOException when mail files cannot be read
     */
    public static ImaginedPlay of(LoadedScenario scenario, Organization organization) throws IOException {
        ImaginedPlay play = new ImaginedPlay(scenario, organization);
        for (Scene scene : scenario.scenario().scenes()) {
            play.play(scene);
        }
        return play;
    }

    private void play(Scene scene) throws IOException {
        List<List<Letter>> post = new ArrayList<>();
        for (Step step : scene.steps()) {
            if (step instanceof Send send) {
                post.add(letters.of(send));
            }
        }
        post.forEach(all::addAll);
        Performance performance = Performance.of(stage, scene, post);
        Account account = performance.account(organization.topology(), List.of());
        account.refused()
                .forEach(no -> no.letter()
                        .to()
                        .forEach(recipient ->
                                refused.add(new Trace.Refused(recipient, no.why(), Trace.Refused.Kind.FOR_GOOD))));
        Judge judge = new Judge(account, missing(performance.taken()));
        scene.expectations().stream()
                .map(judge::point)
                .forEach(point -> wishes.add(new Wish(
                        scene.title(),
                        point.predicted().about(),
                        point.predicted().text(),
                        point.happened().text())));
        taken.addAll(performance.taken());
    }

    /** Recipients who neither have their letter nor a sender who was told. */
    private int missing(List<Letter> of) {
        return (int) stage.identities(of).stream()
                .flatMap(id -> Forecast.read(organization.topology(), organization.log(id)).recipients().stream())
                .filter(fate -> fate.outcome() == Forecast.Outcome.HELD)
                .count();
    }

    /** The expectations in order. */
    public List<Wish> wishes() {
        return List.copyOf(wishes);
    }

    /** What became of all letters. */
    public Trace trace() {
        Instant start = scenario.scenario().start();
        List<TransportId> ids = stage.identities(taken);
        return new Trace(
                TracePlan.of(people.topology(), FileDirectory.of(people.directory()), List.of(), start, mail())
                        .with(stage.incidents())
                        .lasting(Duration.between(start, organization.now())),
                organization.now(),
                organization.topology(),
                List.of(),
                ids,
                organization.log(),
                ids.stream()
                        .map(id -> Forecast.read(organization.topology(), organization.log(id)))
                        .toList(),
                refused,
                Optional.of(scenario.scenario().name()));
    }

    /** All of them have their own sender and way; the first one stands for them. */
    private TracedMail mail() {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("the scenario sends nothing");
        }
        Letter first = all.get(0);
        return new TracedMail(
                first.from(), first.to(), first.octets().length, Optional.empty(), first.via(), !first.anonymous());
    }

    /** Notes what is done beside sending, and when. */
    private final class Watched implements Stage {
        private final Stage stage;
        private final List<Incident> incidents = new ArrayList<>();

        Watched(Stage stage) {
            this.stage = stage;
        }

        List<Incident> incidents() {
            return incidents;
        }

        @Override
        public Optional<String> send(Letter letter) {
            return stage.send(letter);
        }

        @Override
        public void perform(Step step) {
            if (!(step instanceof Perform)) {
                incidents.add(incident(Duration.between(scenario.scenario().start(), organization.now()), step));
            }
            stage.perform(step);
        }

        @Override
        public void advance(Duration time) {
            stage.advance(time);
        }

        @Override
        public List<TrackingEvent> events() {
            return stage.events();
        }

        @Override
        public List<TransportId> identities(List<Letter> of) {
            return stage.identities(of);
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

    private static Incident incident(Duration at, Step step) {
        if (step instanceof Fault fault) {
            String item = fault.item().toString();
            return switch (fault.action()) {
                case KILL, CUT, LOSE_POWER -> new Incident.Down(at, item);
                case START, MEND -> new Incident.Up(at, item);
                case LOSE -> new Incident.Other(at, item + " dies, " + fault.logs() + " of its logs with it");
                default -> new Incident.Other(at, fault.action().keyword() + " of " + item);
            };
        }
        if (step instanceof Change change) {
            return new Incident.Change(at, String.join(", ", change.edits()), change.topology());
        }
        return new Incident.Other(at, StepWords.of(step));
    }
}
