package org.bridgehead.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bridgehead.core.directory.Logins;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.scenario.Change;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Lag;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Membership;
import org.bridgehead.core.scenario.Operate;
import org.bridgehead.core.scenario.Perform;
import org.bridgehead.core.scenario.Poisoned;
import org.bridgehead.core.scenario.Press;
import org.bridgehead.core.scenario.Stage;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.scenario.Trouble;
import org.bridgehead.core.smtp.HeaderReader;
import org.bridgehead.core.topology.Names;

/** On the wire: a running organisation in virtual time, real sockets and stores. One thread. */
public final class LiveStage implements Stage {
    private final MailOrganization organization;
    private final Logins logins;
    private final TreeSet<TransportId> known = new TreeSet<>();
    private final TreeSet<String> killed = Names.set();
    /** By Message-ID: what mailboxes sent, and the identity that a hub gave it. */
    private final Map<String, TransportId> sent = new LinkedHashMap<>();

    private final int pace;

    /** Plays with {@code organization}, which runs in virtual time. */
    public LiveStage(MailOrganization organization) {
        this(organization, 0);
    }

    /**
     * The same with an organisation in lockstep, where things happen while letters are handed in.
     *
     * @param pace effects performed between two letters
     */
    public LiveStage(MailOrganization organization, int pace) {
        this.organization = organization;
        this.pace = pace;
        this.logins = Logins.of(organization.organization().directory());
    }

    @Override
    public Optional<String> send(Letter letter) {
        SendResult result = organization.send(mail -> {
            letter.from().ifPresent(from -> mail.from(from.toString()));
            letter.to().forEach(to -> mail.to(to.toString()));
            mail.via(letter.via()).octets(letter.octets());
            if (letter.anonymous()) {
                mail.anonymous();
            }
        });
        settle(pace);
        boolean taken = result.outcomes().stream().anyMatch(RecipientOutcome.Delivered.class::isInstance);
        return taken ? Optional.empty() : Optional.of(result.outcomes().get(0).said());
    }

    @Override
    public void perform(Step step) {
        if (step instanceof Fault fault) {
            fail(fault);
        } else if (step instanceof Change change) {
            change(change);
        } else if (step instanceof Membership membership) {
            regroup(membership);
        } else if (step instanceof Operate operate) {
            organization.operate(operate.server(), operate.operation());
        } else if (step instanceof Trouble trouble) {
            troubles().script(trouble);
        } else if (step instanceof Lag lag) {
            lag(lag);
        } else if (step instanceof Poisoned poison) {
            troubles().script(poison);
        } else if (step instanceof Press press) {
            organization.plant().transportServers().stream()
                    .filter(server -> Names.same(server.name(), press.server()))
                    .flatMap(server -> server.node().stream())
                    .forEach(node -> node.post((hub, now) -> hub.measured(press.found(), now)));
        } else if (step instanceof Perform perform) {
            take(perform.effects());
        } else {
            throw onlyImagined(step);
        }
        settle(0);
    }

    private void lag(Lag lag) {
        Network network = organization.plant().network();
        for (String listener : List.of(lag.at(), Network.mailboxDoor(lag.at()))) {
            Item item = new Item(Item.SERVER, listener);
            network.pace(item, network.pace(item).slow(lag.delay()));
        }
    }

    private static UnsupportedOperationException onlyImagined(Step step) {
        return new UnsupportedOperationException("this happens in simulations only: " + step);
    }

    private void change(Change change) {
        if (!change.topology()
                .servers()
                .keySet()
                .equals(organization.topology().servers().keySet())) {
            throw new UnsupportedOperationException(
                    "servers come and go in simulations only: " + String.join(", ", change.edits()));
        }
        organization.change(change.topology());
    }

    private void regroup(Membership membership) {
        Plant plant = organization.plant();
        Organization before = plant.people().organization();
        plant.people()
                .replace(new Organization(
                        before.topology(),
                        before.directory().withMember(membership.group(), membership.member(), membership.joins())));
    }

    private Troubles troubles() {
        return organization
                .plant()
                .troubles()
                .orElseThrow(() -> new UnsupportedOperationException("this happens in simulations and lockstep only"));
    }

    /** In lockstep all that hubs want is in its place before the next step, as everything there has its order. */
    private void settle(int turns) {
        if (organization.plant().clock().turns().isPresent()) {
            take(turns);
        }
    }

    private void take(int turns) {
        organization.move(clock -> clock.perform(turns));
    }

    private void fail(Fault fault) {
        Item item = fault.item();
        if (item.kind().equals(Item.NODE)) {
            fail(fault, organization.node(item.name()));
            return;
        }
        String started = "";
        switch (fault.action()) {
            case KILL -> killed.add(organization.server(item.name()).name());
            case START -> {
                killed.remove(item.name());
                started = item.name();
            }
            // Not by the handles: a lost link may have been edited away meanwhile, and comes back another time.
            case CUT -> organization.plant().network().cut(item);
            case MEND -> organization.plant().network().mend(item);
            case FILL_DISK -> organization.plant().disks().fill(item.name(), true);
            case FREE_DISK -> organization.plant().disks().fill(item.name(), false);
            case FAIL_SYNC -> organization.plant().disks().failSync(item.name(), true);
            case MEND_SYNC -> organization.plant().disks().failSync(item.name(), false);
            default -> throw onlyImagined(fault);
        }
        run(started);
    }

    /** A node of a server that does not run starts with it. */
    private void fail(Fault fault, NodeHandle node) {
        switch (fault.action()) {
            case KILL -> node.fail();
            case LOSE -> node.lose(NodeHandle.logs(fault.logs()));
            default -> {
                if (organization.plant().mailboxServer(node.server()).isRunning()) {
                    node.start();
                }
            }
        }
    }

    /**
     * Whoever was killed, or stands in a lost site, does not run (DECISIONS 2.1); all others do, but who has crashed starts
     * by himself, unless he is {@code started} by hand.
     */
    private void run(String started) {
        Reachability parts = Reachability.of(organization.topology(), organization.down());
        List<ServerHandle> processes =
                new ArrayList<>(organization.plant().mailboxServers().values());
        processes.addAll(organization.plant().transportServers());
        for (ServerHandle process : processes) {
            boolean may = !killed.contains(process.name()) && parts.serverUp(process.name());
            boolean waits = process instanceof TransportServer hub && hub.isFallen();
            if ((process.isRunning() || waits) && !may) {
                process.kill();
            } else if (!process.isRunning() && may && (!waits || Names.same(process.name(), started))) {
                process.start();
            }
        }
    }

    @Override
    public void advance(Duration time) {
        organization.clock().advance(time);
    }

    @Override
    public List<TrackingEvent> events() {
        return organization.tracking().events();
    }

    /**
     * Clients don't learn the identity of what they hand in. But they hand in one by one, and a server logs what it takes
     * in the order of taking. Which hub takes what a mailbox sends, and when, is open: there its Message-ID tells.
     */
    @Override
    public List<TransportId> identities(List<Letter> taken) {
        List<TrackingEvent> fresh = new ArrayList<>();
        for (TrackingEvent event : events()) {
            boolean fromClient = event.event() == TrackingEvent.Kind.RECEIVE && event.hop() == 1;
            if (fromClient && known.add(event.transportId())) {
                fresh.add(event);
            }
        }
        taken.stream()
                .filter(letter -> letter.isFromMailbox(organization.topology()))
                .forEach(letter -> sent.put(messageId(letter), letter.unsent()));
        fresh.removeIf(event -> sent.replace(event.messageId().text(), event.transportId()) != null);
        TreeMap<String, Iterator<TrackingEvent>> logs = Names.map();
        List<TransportId> ids = new ArrayList<>();
        for (Letter letter : taken) {
            ids.add(
                    letter.isFromMailbox(organization.topology())
                            ? sent.get(messageId(letter))
                            : logged(letter, fresh, logs));
        }
        return ids;
    }

    private static String messageId(Letter letter) {
        return HeaderReader.read(letter.octets(), new MessageId("<" + letter.unsent() + ">"))
                .messageId()
                .text();
    }

    private static TransportId logged(
            Letter letter, List<TrackingEvent> fresh, TreeMap<String, Iterator<TrackingEvent>> logs) {
        // One log per door and sender: reports that a hub writes have the null sender.
        String log = letter.via() + " " + letter.from();
        Iterator<TrackingEvent> rest = logs.computeIfAbsent(
                log,
                key -> fresh.stream()
                        .filter(event -> Names.same(log, event.server() + " " + event.sender()))
                        .iterator());
        if (!rest.hasNext()) {
            throw new IllegalStateException(letter.via() + " did not log " + letter.label());
        }
        return rest.next().transportId();
    }

    @Override
    public Losses losses() {
        long lost = 0;
        long dropped = 0;
        long missing = 0;
        for (String server : organization.mailboxServers()) {
            lost += organization.failovers(server).stream()
                    .mapToLong(FailoverReport::lostMessages)
                    .sum();
            dropped += organization.duplicatesDropped(server);
            missing += organization.stillLost(server).size();
        }
        return new Losses(lost, dropped, missing);
    }

    @Override
    public List<Arrival> arrivals(EmailAddress address) {
        String name = address.toString();
        if (logins.mailbox(name).isPresent()
                || organization.plant().mailbox(address).isPresent()) {
            return organization.mailbox(name).messages().stream()
                    .map(mail -> new Arrival(mail.transportId(), mail.servers(), Optional.of(mail.octets())))
                    .toList();
        }
        return organization.internet(name).messages().stream()
                .map(mail -> new Arrival(sentTo(address, mail), mail.servers(), Optional.of(mail.octets())))
                .toList();
    }

    /** Hosts outside are not told what a message is called inside: its Message-ID says it. */
    private TransportId sentTo(EmailAddress address, ReceivedMail mail) {
        MessageId id =
                HeaderReader.read(mail.octets(), List.of(), new MessageId("<>")).messageId();
        return events().stream()
                .filter(event -> event.event() == TrackingEvent.Kind.SEND
                        && event.messageId().equals(id)
                        && event.recipients().contains(address))
                .map(TrackingEvent::transportId)
                .findFirst()
                .orElse(mail.transportId());
    }
}
