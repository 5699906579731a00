package org.bridgehead.cli.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Stage;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/**
 * What became of the letters of a scene in one world, read from its mailboxes and its tracking log alone.
 */
final class Account {
    /**
     * A letter on its way to one mailbox.
     *
     * @param letter which
     * @param recipient whose mailbox
     * @param ways per copy that arrived, the hubs and edges it passed
     */
    record Trip(Letter letter, EmailAddress recipient, List<List<String>> ways) {}

    private final Topology topology;
    private final List<Refusal> refused;
    private final List<Trip> trips = new ArrayList<>();
    private final List<TrackingEvent> events = new ArrayList<>();
    /** Messages that each hub made of its dumpster, of earlier scenes, too. */
    private final SortedMap<String, Integer> redelivered = Names.map();

    private Stage.Losses losses = new Stage.Losses(0, 0, 0);
    private int damaged;

    private Account(Topology topology, List<Refusal> refused) {
        this.topology = topology;
        this.refused = List.copyOf(refused);
    }

    /**
     * Looks at a world at rest.
     *
     * @param taken letters that were taken, in order
     * @param since number of events before the scene
     * @param others addresses that another world says got something
     */
    static Account of(
            Stage stage,
            Topology topology,
            List<Letter> taken,
            List<Refusal> refused,
            int since,
            Collection<EmailAddress> others) {
        Account account = new Account(topology, refused);
        TreeMap<TransportId, Letter> byId = new TreeMap<>();
        List<TransportId> ids = stage.identities(taken);
        for (int i = 0; i < taken.size(); i++) {
            byId.put(ids.get(i), taken.get(i));
        }
        List<TrackingEvent> all = stage.events();
        all.subList(since, all.size()).stream()
                .filter(event -> event.event() == Kind.REDELIVER)
                .forEach(event -> account.redelivered.merge(event.server(), 1, Integer::sum));
        all.subList(since, all.size()).stream()
                .filter(event -> byId.containsKey(event.transportId()))
                .forEach(account.events::add);
        TreeSet<EmailAddress> mailboxes = new TreeSet<>(others);
        mailboxes.addAll(account.reached());
        mailboxes.forEach(mailbox -> account.open(mailbox, stage.arrivals(mailbox), byId));
        return account;
    }

    /** Who was handed something for good, as the log says. */
    private TreeSet<EmailAddress> reached() {
        TreeSet<EmailAddress> reached = new TreeSet<>();
        for (TrackingEvent event : events) {
            boolean outside =
                    event.event() == Kind.SEND && server(event.nextHop()).isEmpty();
            if (event.event() == Kind.DELIVER || outside) {
                reached.addAll(event.recipients());
            }
        }
        return reached;
    }

    private void open(EmailAddress mailbox, List<Stage.Arrival> arrivals, Map<TransportId, Letter> byId) {
        TreeMap<Integer, Trip> found = new TreeMap<>();
        for (Stage.Arrival arrival : arrivals) {
            Optional<Letter> letter = Optional.ofNullable(byId.get(arrival.id()));
            letter.ifPresent(which -> {
                found.computeIfAbsent(which.number(), number -> new Trip(which, mailbox, new ArrayList<>()))
                        .ways()
                        .add(arrival.servers().stream().filter(this::routes).toList());
                damaged +=
                        arrival.octets().map(octets -> arrives(which, octets)).orElse(true) ? 0 : 1;
            });
        }
        trips.addAll(found.values());
    }

    /** A disclaimer takes the header apart; else everything has to be as it was sent. */
    private boolean arrives(Letter letter, byte[] octets) {
        return letter.endsOff(octets) || topology.settings().addsDisclaimers() && letter.isIn(octets);
    }

    private boolean routes(String name) {
        return topology.server(name)
                .filter(server -> server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT))
                .isPresent();
    }

    private Optional<Server> server(Optional<String> name) {
        return name.flatMap(topology::server);
    }

    /** The same with what dead nodes took with them in the scene. */
    Account with(Stage.Losses its) {
        losses = its;
        return this;
    }

    /** What dead nodes took with them, and what came of it. */
    Stage.Losses losses() {
        return losses;
    }

    /** Messages that hubs made of their dumpsters, by hub. */
    SortedMap<String, Integer> redelivered() {
        return redelivered;
    }

    /** The letters that were not taken. */
    List<Refusal> refused() {
        return refused;
    }

    /** What arrived, by mailbox and then by letter. */
    List<Trip> trips() {
        return trips;
    }

    /** The tracking events of the letters. */
    List<TrackingEvent> events() {
        return events;
    }

    /** The events of one kind. */
    List<TrackingEvent> events(Kind kind) {
        return events.stream().filter(event -> event.event() == kind).toList();
    }

    /** Copies in mailboxes. */
    int copies() {
        return trips.stream().mapToInt(trip -> trip.ways().size()).sum();
    }

    /** Copies beyond the first in one mailbox. */
    int twice() {
        return copies() - trips.size();
    }

    /** Copies whose octets behind the prepended fields are not those sent. */
    int damaged() {
        return damaged;
    }

    /** The mailboxes that got something. */
    List<EmailAddress> mailboxes() {
        return trips.stream().map(Trip::recipient).distinct().toList();
    }

    /** The sites of a way, edges left out, each once in a row. */
    List<String> sites(List<String> way) {
        List<String> sites = new ArrayList<>();
        for (String name : way) {
            Optional<String> site = topology.server(name).flatMap(Server::site);
            boolean again = site.isPresent()
                    && !sites.isEmpty()
                    && sites.get(sites.size() - 1).equals(site.get());
            site.filter(any -> !again).ifPresent(sites::add);
        }
        return sites;
    }

    /** Copies sent from one site to another, {@code A > B}. */
    SortedMap<String, Integer> copiesBetweenSites() {
        TreeMap<String, Integer> copies = new TreeMap<>();
        for (TrackingEvent event : events(Kind.SEND)) {
            Optional<String> to = server(event.nextHop()).flatMap(Server::site);
            if (event.site().isPresent() && to.isPresent() && !event.site().equals(to)) {
                copies.merge(event.site().get() + " > " + to.get(), 1, Integer::sum);
            }
        }
        return copies;
    }
}
