package org.bridgehead.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bridgehead.cli.demo.Ink.Meaning;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Stage;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.engine.FailoverReport;
import org.bridgehead.engine.GroupLoss;
import org.bridgehead.engine.LiveStage;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.io.config.LoadedScenario;
import org.bridgehead.io.ldap.FileDirectory;
import org.bridgehead.whatif.ImaginedStage;
import org.bridgehead.whatif.VirtualOrganization;

/**
 * Plays a scenario: each scene is imagined, told, done on real sockets, and compared. The organisation keeps running
 * until {@link #close}. One thread.
 */
public final class Demo implements AutoCloseable {
    /** Effects performed between two letters: less than one letter needs, so that a stream has letters under way. */
    private static final int PACE = 40;

    private final LoadedScenario scenario;
    private final Topology topology;
    private final Letters letters;
    private final Narrator narrator;
    private final MailOrganization organization;
    private final Stage imagined;
    private final Stage live;
    private final Tally tally = new Tally();
    private final List<Letter> taken = new ArrayList<>();
    private final TreeSet<EmailAddress> readers = new TreeSet<>();
    /** Failovers told, by mailbox server; the first one of each is its start. */
    private final SortedMap<String, Integer> told = Names.map();

    private boolean concurrent;

    private Demo(
            LoadedScenario scenario,
            Letters letters,
            Narrator narrator,
            MailOrganization organization,
            Organization forecast) {
        this.scenario = scenario;
        this.topology = organization.topology();
        this.letters = letters;
        this.narrator = narrator;
        this.organization = organization;
        this.live = new LiveStage(organization);
        this.imagined = ImaginedStage.at(
                VirtualOrganization.of(
                        forecast.topology(),
                        FileDirectory.of(forecast.directory()),
                        scenario.scenario().start()),
                PACE);
    }

    /**
     * Starts the organisation of a scenario, in memory and in virtual time.
     *
     * @param organization with the recipients of its LDIF files
     * @param mail file or folder to send in place of those that the scenario names
     * @param out where the story goes
     * @throws org.bridgehead.engine.OrganizationStartException when it cannot be started
     */
    public static Demo start(
            LoadedScenario scenario, Organization organization, Optional<Path> mail, PrintWriter out, Ink ink) {
        return start(scenario, organization, organization, mail, new Narrator(out, ink));
    }

    /** As above, with another organisation to predict from. */
    static Demo start(
            LoadedScenario scenario,
            Organization organization,
            Organization forecast,
            Optional<Path> mail,
            Narrator narrator) {
        Topology topology = organization.topology();
        long hubs = count(topology, Role.HUB_TRANSPORT);
        long edges = count(topology, Role.EDGE_TRANSPORT);
        narrator.line("Starting " + topology.settings().name() + " on loopback: " + hubs + " hubs, " + edges
                + " edges, " + count(topology, Role.MAILBOX) + " mailbox servers in "
                + topology.sites().size() + " sites, "
                + organization.directory().recipients().size() + " recipients …");
        MailOrganization running = MailOrganization.start(
                OrganizationConfig.inMemory(organization, scenario.topology().folder())
                        .virtualFrom(scenario.scenario().start()));
        return new Demo(scenario, new Letters(scenario, mail), narrator, running, forecast);
    }

    private static long count(Topology topology, Role role) {
        return topology.servers().values().stream()
                .filter(server -> server.is(role))
                .count();
    }

    /** The organisation, as the scenes left it. */
    public MailOrganization organization() {
        return organization;
    }

    /**
     * Plays all scenes and reads back by IMAP what was sent from files, and to mailboxes whose node died.
     *
     * @throws IOException when mail files or the IMAP server cannot be read
     */
    public Verdict play() throws IOException {
        Instant begin = Instant.now();
        int number = 0;
        for (Scene scene : scenario.scenario().scenes()) {
            play(++number, scene);
        }
        new ReadBack(organization, narrator).read(readers, taken, tally);
        return tally.verdict(Duration.between(begin, Instant.now()));
    }

    private void play(int number, Scene scene) throws IOException {
        List<List<Letter>> post = post(scene);
        narrator.scene(number, scene, post);
        boolean calm = !scene.isConcurrent();
        concurrent |= !calm;
        Account before = Performance.of(imagined, scene, post).account(topology, List.of());
        List<Statement> predictions = new Statements(before, !concurrent, calm).all();
        narrator.predicted(predictions, !concurrent);
        decision(sends(scene), before).ifPresent(narrator::decision);
        Performance performance = Performance.of(live, scene, post);
        Account after = performance.account(topology, before.mailboxes());
        List<Statement> facts = new Statements(after, !concurrent, calm).all();
        List<Point> points = IntStream.range(0, facts.size())
                .mapToObj(i -> new Point(predictions.get(i), facts.get(i)))
                .toList();
        narrator.happened(points);
        narrator.refused(after.refused());
        int lost = missing(before, after);
        picture(scene, new Aftermath(organization.routes(), performance, after, live.events()), lost);
        tally.add(performance.taken().size(), after, lost);
        tally.addPoints(points);
        tally.addWishes(judged(scene, new Judge(after, lost)));
        taken.addAll(performance.taken());
        boolean takesLogs = scene.steps().stream()
                .anyMatch(step -> step instanceof Fault fault && fault.action() == Fault.Action.LOSE);
        sends(scene).stream()
                .filter(send -> takesLogs || send.mail().isPresent())
                .forEach(send -> readers.addAll(send.to()));
    }

    private List<List<Letter>> post(Scene scene) throws IOException {
        List<List<Letter>> post = new ArrayList<>();
        for (Send send : sends(scene)) {
            post.add(letters.of(send));
        }
        return post;
    }

    private static List<Send> sends(Scene scene) {
        return scene.steps().stream()
                .filter(Send.class::isInstance)
                .map(Send.class::cast)
                .toList();
    }

    /** What the faults did, and the map as the first one who sends sees it. */
    private void picture(Scene scene, Aftermath aftermath, int lost) {
        aftermath.stories(lost).forEach(narrator::line);
        failovers().forEach(narrator::line);
        Optional<Server> first = sends(scene).stream().findFirst().flatMap(send -> topology.server(send.via()));
        if (first.isPresent()) {
            Optional<String> edge =
                    first.filter(server -> server.is(Role.EDGE_TRANSPORT)).map(Server::name);
            String root = first.flatMap(Server::site)
                    .or(() -> first.flatMap(Server::subscribedSite))
                    .orElse("");
            narrator.map(
                    edge,
                    SiteMap.draw(organization.routes(), root, aftermath.crossed(), aftermath.lost(), narrator.ink()));
        }
    }

    /** A line per failover that was not told yet. */
    private List<String> failovers() {
        List<String> stories = new ArrayList<>();
        for (String server : organization.mailboxServers()) {
            List<FailoverReport> reports = organization.failovers(server);
            for (FailoverReport report : reports.subList(told.getOrDefault(server, 1), reports.size())) {
                stories.add("             " + Narrator.pad("node") + report.from() + " died; " + report.to()
                        + " took over " + Narrator.time(report.interruption()) + " later, at the same address");
                stories.addAll(asked(report));
            }
            told.put(server, reports.size());
        }
        return stories;
    }

    /** Who was asked for what was lost, and had it. */
    private List<String> asked(FailoverReport report) {
        SortedMap<String, Integer> made = Names.map();
        for (GroupLoss loss : report.losses()) {
            organization.redeliveries().stream()
                    .filter(request -> loss.requests().contains(request.number()))
                    .forEach(request ->
                            made.merge(request.hub(), request.messages().orElse(0), Integer::sum));
        }
        String hubs = made.entrySet().stream()
                .map(hub -> hub.getKey() + " had " + hub.getValue())
                .collect(Collectors.joining(", "));
        return made.isEmpty() ? List.of() : List.of("             " + Narrator.pad("") + "and asked the hubs: " + hubs);
    }

    private List<Point> judged(Scene scene, Judge judge) {
        List<Point> wishes = scene.expectations().stream().map(judge::point).toList();
        narrator.expected(wishes);
        return wishes;
    }

    /** Trips that were predicted and did not come about. */
    private static int missing(Account before, Account after) {
        TreeSet<String> there = new TreeSet<>();
        after.trips()
                .forEach(trip -> there.add(
                        trip.letter().number() + " " + trip.recipient().key()));
        return (int) before.trips().stream()
                .filter(trip -> !there.contains(
                        trip.letter().number() + " " + trip.recipient().key()))
                .count();
    }

    /** Of a single letter to a single mailbox in another site. */
    private Optional<Decision> decision(List<Send> sends, Account before) {
        if (concurrent || sends.size() != 1 || before.trips().size() != 1) {
            return Optional.empty();
        }
        List<String> sites = before.sites(before.trips().get(0).ways().get(0));
        return sites.size() < 2
                ? Optional.empty()
                : organization.routes().decide(sites.get(0), sites.get(sites.size() - 1));
    }

    /** The verdict in one line, coloured. */
    public void tell(Verdict verdict) {
        String figures = "sent " + verdict.sent() + ", delivered " + verdict.delivered() + ", lost " + verdict.lost()
                + ", twice " + verdict.twice() + ", predicted = happened " + verdict.right() + " of "
                + verdict.points() + ", expectations " + verdict.met() + " of " + verdict.expectations() + ", "
                + String.format(Locale.ROOT, "%.1f s", verdict.time().toMillis() / 1000.0);
        narrator.line("");
        narrator.line((verdict.good() ? narrator.mark(Meaning.GOOD, "GOOD: ") : narrator.mark(Meaning.BAD, "BAD: "))
                + narrator.mark(Meaning.STRONG, figures));
    }

    @Override
    public void close() {
        organization.close();
    }
}
