package org.bridgehead.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.hub.Admission.Trust;
import org.bridgehead.core.hub.ConnectOutcome;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.hub.Target;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.scenario.Advance;
import org.bridgehead.core.scenario.Conditions;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Membership;
import org.bridgehead.core.scenario.Operate;
import org.bridgehead.core.scenario.Post;
import org.bridgehead.core.scenario.Press;
import org.bridgehead.core.scenario.Scenario;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.topology.JournalRule;
import org.bridgehead.core.topology.Topology;

/**
 * Plays a scenario in an imagined organisation and checks the invariants at every step: nothing accepted is ever
 * nowhere, no mailbox gets a message twice, no message travels beyond the hop limit, the books of every server agree with
 * its disk, no mailbox server has two active nodes, what a dead node takes with it is asked for again, and in the end
 * everything has drained. Stops at the first violation. One thread; one play.
 */
public final class Simulation implements Observer {
    /** By then whatever can go has gone: the longest waits of retries add up to less. */
    private static final Duration PROMPT = Duration.ofHours(6);

    /** In a page, so that a server may die between two. */
    private static final int MEMBERS = 3;

    private final Scenario scenario;
    private final List<Violation> violations = new ArrayList<>();
    private final Custody custody;
    private final Books books;
    private final PoisonWatch poison;
    private final PressureWatch pressure;
    private final RotationWatch rotation;
    private final OutboxWatch outboxes;
    private final VirtualOrganization organization;
    private final Map<Moment, Integer> moments = new EnumMap<>(Moment.class);
    private boolean last;
    private int letters;
    private int crashes;
    private int redelivered;
    /** The state of mailbox servers that was looked at last. */
    private int looked = -1;

    private Simulation(Topology topology, Directory directory, Scenario scenario) {
        this.scenario = scenario;
        LivingGroups groups = new LivingGroups(directory, MEMBERS);
        this.custody = new Custody(groups, topology.settings(), this::now, this::requests, violations);
        this.poison = new PoisonWatch(violations);
        this.books = new Books(poison, violations);
        this.pressure = new PressureWatch(violations);
        this.rotation = new RotationWatch(violations);
        this.outboxes = new OutboxWatch(violations);
        Conditions conditions = scenario.conditions().orElse(Conditions.IDEAL);
        this.organization = VirtualOrganization.observed(topology, groups, scenario.start(), conditions, this);
    }

    /**
     * Plays a scenario whose letters are all written for it; its expectations are not judged.
     *
     * @param directory of the organisation; changes through steps of the scenario alone
     * @throws IllegalArgumentException when a letter comes from a file
     */
    public static SimulationResult run(Topology topology, Directory directory, Scenario scenario) {
        return new Simulation(topology, directory, scenario).play();
    }

    private SimulationResult play() {
        try {
            ImaginedStage stage = ImaginedStage.of(organization);
            Post post = new Post();
            for (Scene scene : scenario.scenes()) {
                last = scene == scenario.scenes().get(scenario.scenes().size() - 1);
                for (Step step : scene.steps()) {
                    if (violations.isEmpty()) {
                        play(stage, post, step);
                    }
                }
            }
            organization.runUntilIdle();
            if (violations.isEmpty()) {
                custody.ended();
                custody.losses().ended(organization.stillLost());
                custody.readBack(organization.mailboxes().servers());
                books.ended(organization);
                outboxes.ended(organization.overdueOutboxes());
            }
        } catch (IllegalStateException e) {
            violations.add(new Violation("contradiction", chain(e)));
        }
        return new SimulationResult(
                custody.hops(),
                letters,
                crashes,
                moments,
                failovers(),
                violations.stream().findFirst());
    }

    private Instant now() {
        return organization.now();
    }

    private List<VirtualRedeliveries.Request> requests() {
        return organization.redeliveries().open();
    }

    private Failovers failovers() {
        List<VirtualFailover> all = organization.failovers().stream()
                .filter(failover -> !failover.from().equals(failover.to()))
                .toList();
        int lossy = (int)
                all.stream().filter(failover -> !failover.losses().isEmpty()).count();
        return new Failovers(
                all.size(),
                lossy,
                custody.losses().lost(),
                redelivered,
                organization.duplicatesDropped(),
                custody.losses().missing());
    }

    private void play(ImaginedStage stage, Post post, Step step) {
        if (step instanceof Send send) {
            if (send.mail().isPresent()) {
                throw new IllegalArgumentException(
                        "a simulation sends no mail from files: " + send.mail().get());
            }
            for (Letter letter : post.written(send)) {
                letters += stage.send(letter).isEmpty() ? 1 : 0;
            }
        } else if (step instanceof Advance advance) {
            Duration first = isQuiet(advance) ? PROMPT : advance.time();
            int scripted = organization.mishaps().left();
            stage.advance(first);
            books.check(organization, first);
            if (isQuiet(advance)) {
                // What was scripted for a server waits for the next one who turns to it, be that hours later.
                if (organization.mishaps().left() == scripted) {
                    books.prompt(organization);
                }
                Duration rest = advance.time().minus(first);
                stage.advance(rest);
                books.check(organization, rest);
            }
        } else {
            about(step);
            stage.perform(step);
            if (step instanceof Membership) {
                custody.regrouped();
            }
        }
    }

    /** Whoever looks on has to know before it happens. */
    private void about(Step step) {
        if (step instanceof Press press && organization.isRunning(press.server())) {
            pressure.pressed(press.server(), press.level());
        } else if (step instanceof Operate operate && operate.operation().equals(Operation.ResumeQueue.POISON)) {
            organization.hubs().stream()
                    .filter(hub -> hub.name().equals(operate.server()) && hub.isRunning())
                    .forEach(poison::freeing);
        }
    }

    /** A long time at the end, when everything works. */
    private boolean isQuiet(Advance advance) {
        return last && advance.time().compareTo(PROMPT) > 0;
    }

    private static String chain(Throwable e) {
        StringBuilder text = new StringBuilder(String.valueOf(e.getMessage()));
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            text.append(" <- ").append(cause);
        }
        return text.toString();
    }

    @Override
    public void acknowledged(TransportId id) {
        custody.acknowledged(id);
    }

    @Override
    public void stays(String mailboxServer, long number) {
        outboxes.stays(mailboxServer, number);
    }

    @Override
    public void left(String mailboxServer, long number, boolean taken) {
        outboxes.left(mailboxServer, number, taken);
    }

    @Override
    public void keptUnheard(VirtualServer server, SpoolRecord.Accepted message) {
        custody.keptUnheard(server, message);
    }

    @Override
    public void unanswered(TransportId id, List<Recipient> recipients) {
        custody.unanswered(id, recipients);
    }

    @Override
    public void written(VirtualServer server, List<SpoolRecord> batch) {
        custody.written(server, batch);
        if (server.isRunning()) {
            books.memory(server, organization.room());
        }
    }

    @Override
    public void judged(VirtualServer server, Trust trust, Door.Replies replies) {
        pressure.judged(server, trust, replies);
    }

    @Override
    public void crashed(VirtualServer server, InternalId message, Optional<InternalId> suspect) {
        poison.crashed(server.name(), message, suspect);
    }

    @Override
    public void connecting(VirtualServer server, Target target) {
        rotation.connecting(server, target, now(), organization.topology());
    }

    @Override
    public void connected(VirtualServer server, Target target, ConnectOutcome outcome) {
        rotation.connected(server, target, outcome instanceof ConnectOutcome.Ready, now());
    }

    @Override
    public void pressed(VirtualServer server, Target target) {
        rotation.pressed(server, target, now());
    }

    @Override
    public void reported(TransportId id, TransportId subject, DeliveryReport report) {
        custody.reported(id, subject, report);
    }

    @Override
    public void journaled(VirtualServer server, TransportId id, JournalRule rule, SpoolRecord.Accepted about) {
        custody.journaled(server, id, rule, about);
    }

    @Override
    public void arrived(Delivery delivery, boolean inside) {
        custody.arrived(delivery, inside);
    }

    @Override
    public void tracked(TrackingEvent event) {
        custody.tracked(event);
        poison.tracked(event);
    }

    @Override
    public void switched(StorageGroupId group, List<Delivery> gone, List<Delivery> back) {
        custody.switched(group, gone, back);
    }

    @Override
    public void redelivered(VirtualServer server, long request, int messages) {
        redelivered += messages;
    }

    @Override
    public void paused() {
        custody.paused();
        if (organization.mailboxes().changes() != looked) {
            looked = organization.mailboxes().changes();
            organization.mailboxes().servers().forEach(books::activity);
        }
    }

    @Override
    public void dying(VirtualServer server) {
        crashes++;
        momentsOf(server).forEach(moment -> moments.merge(moment, 1, Integer::sum));
        custody.dying(server);
    }

    @Override
    public void died(VirtualServer server) {
        custody.died(server);
        pressure.died(server.name());
        rotation.died(server);
    }

    private List<Moment> momentsOf(VirtualServer server) {
        List<Moment> now = new ArrayList<>();
        boolean data = false;
        boolean answering = false;
        boolean settling = server.unsettled() > 0;
        for (Passage passage : organization.passages()) {
            boolean mine = passage.isFrom(server) || passage.isTo(server);
            data |= mine && passage.state() == Passage.State.DATA;
            answering |= passage.isTo(server) && passage.state() == Passage.State.REPLYING;
            settling |= passage.isFrom(server) && passage.state() == Passage.State.REPLYING;
        }
        add(now, answering, Moment.SYNCED_UNANSWERED);
        add(now, settling, Moment.ANSWERED_UNSETTLED);
        add(now, data, Moment.MID_DATA);
        add(now, server.disk().isExpanding(), Moment.MID_EXPANSION);
        add(now, server.recovering() > 0, Moment.RECOVERING);
        return now;
    }

    private static void add(List<Moment> moments, boolean holds, Moment moment) {
        if (holds) {
            moments.add(moment);
        }
    }
}
