package org.bridgehead.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.hub.Admission.Refusal;
import org.bridgehead.core.hub.Admission.Trust;
import org.bridgehead.core.hub.Hub;
import org.bridgehead.core.hub.HubEffect;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StoredMessage;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.topology.Topology;

/**
 * A whole organisation in virtual time: every hub and edge is the {@link Hub} that the live engine runs; networks, disks,
 * mailboxes and the Internet are imagined. Effects are performed one by one in the order of virtual time, server name
 * and effect number, each answered before the next, so that the same calls give the same log, on any machine.
 *
 * <p>Nothing happens by itself: {@link #runUntilIdle} performs what is due, {@link #advance} lets time pass. Throws
 * {@link IllegalStateException} when a hub contradicts itself. Not thread-safe.
 */
public final class VirtualOrganization {
    /** Effects performed at one instant before it is called an endless loop. */
    private static final int ENDLESS = 50_000_000;

    private final World world;
    private final Agenda agenda = new Agenda();
    private final Door door;
    private final VirtualMailboxes mailboxes;
    private final Performer performer;
    private final int room;
    private final List<TrackingEvent> log = new ArrayList<>();
    private final TreeMap<TransportId, List<TrackingEvent>> byMessage = new TreeMap<>();
    private final TreeMap<TransportId, List<Optional<Refusal>>> replies = new TreeMap<>();
    private Instant now;
    private long lastTransportId;

    private VirtualOrganization(Topology topology, Directory directory, Instant start, int room) {
        this.world = new World(topology);
        this.door = new Door(world, directory);
        this.mailboxes = new VirtualMailboxes(topology.settings().dumpster().maxTime());
        this.performer = new Performer(new Inside(), world, directory, door, mailboxes);
        this.now = start;
        this.room = room;
        startServers();
    }

    /** An organisation with everything up and no mail. */
    public static VirtualOrganization of(Topology topology, Directory directory, Instant start) {
        return new VirtualOrganization(topology, directory, start, Hub.ROOM);
    }

    /** The same, each server with room for that many messages in memory. */
    public static VirtualOrganization of(Topology topology, Directory directory, Instant start, int room) {
        return new VirtualOrganization(topology, directory, start, room);
    }

    /** The virtual time. */
    public Instant now() {
        return now;
    }

    /** The topology as it is now. */
    public Topology topology() {
        return world.topology();
    }

    /**
     * A client hands in a message. Who is refused at the door is in {@link #replies}; if somebody is not, the message is
     * on the server's disk when this returns, and moves at the next {@link #runUntilIdle}.
     *
     * @param server a hub or edge
     * @param envelope sender and recipients
     * @param size octets
     * @param authenticated whether the client is a user of the organisation
     * @return its identity, also when all was refused
     * @throws IllegalStateException when the server does not run
     */
    public TransportId submit(String server, Envelope envelope, long size, boolean authenticated) {
        return submit(
                server,
                envelope,
                size,
                authenticated,
                id -> new HeaderFacts(
                        new MessageId("<" + id + "@client>"), "", 0, false, envelope.smtpUtf8(), Optional.empty()));
    }

    /**
     * As {@link #submit(String, Envelope, long, boolean)}, with what a real header says.
     *
     * @param facts for the identity that the message gets
     */
    public TransportId submit(
            String server,
            Envelope envelope,
            long size,
            boolean authenticated,
            Function<TransportId, HeaderFacts> facts) {
        VirtualServer at = world.server(server);
        TransportId id = newTransportId();
        Optional<String> user = authenticated
                ? Optional.of(envelope.sender().map(EmailAddress::toString).orElse("postmaster"))
                : Optional.empty();
        HeaderFacts header = facts.apply(id);
        Door.Replies answer = door.take(
                at,
                authenticated ? Trust.USER : Trust.ANONYMOUS,
                new Door.Incoming(envelope, TransferState.fresh(id, now, size, user), header, size, "client"),
                now);
        replies.put(id, answer.byRecipient());
        answer.accepted().ifPresent(message -> call(at, hub -> hub.submitted(message, now)));
        return id;
    }

    /** What the door said to each recipient of a message, in their order; empty = taken. */
    public List<Optional<Refusal>> replies(TransportId id) {
        return List.copyOf(replies.getOrDefault(id, List.of()));
    }

    /**
     * A part fails: {@code link:NAME}, {@code site:NAME}, {@code server:NAME}, or {@code host:NAME} for a host outside.
     * Down is not removed (DECISIONS 2.1): routes stay, transfers fail. Servers that lose their power crash.
     */
    public void down(String item) {
        requireItem(item);
        world.down(item);
        for (VirtualServer server : world.servers().values()) {
            if (server.isRunning() && !world.mayRun(server.name())) {
                server.stop();
            }
        }
    }

    /** A part works again; servers that can run again start and recover. */
    public void up(String item) {
        requireItem(item);
        world.up(item);
        startServers();
    }

    /** The process of a hub or edge dies; what it wrote survives, synced or not. */
    public void crash(String server) {
        down("server:" + world.server(server).name());
    }

    /** The machine of a hub or edge loses its power; what was not synced is lost. */
    public void losePower(String server) {
        crash(server);
        world.server(server).disk().losePower();
    }

    /** A crashed server starts again and recovers what its disk has. */
    public void restart(String server) {
        up("server:" + world.server(server).name());
    }

    /** From now on the disk of a server refuses writes, or takes them again. */
    public void refuseWrites(String server, boolean refuse) {
        world.server(server).refuseWrites(refuse);
    }

    /** What goes wrong at the next contact with a server, mailbox server or host; several are used up in turn. */
    public void script(String target, Mishap mishap) {
        world.script(target, mishap);
    }

    /** The topology changes: all servers learn it at once. */
    public void change(Topology other) {
        world.topology(other);
        for (VirtualServer server : world.servers().values()) {
            if (server.isRunning()) {
                call(server, hub -> hub.changed(world.snapshot(server.name()), now));
            }
        }
        startServers();
    }

    /** An operator wants something of a server. */
    public void operate(String server, Operation operation) {
        call(world.server(server), hub -> hub.operated(operation, now));
    }

    /** Performs one effect, or wakes one server, that is due now; false when nothing is. */
    public boolean step() {
        Optional<Agenda.Entry> next = agenda.takeFirst();
        if (next.isPresent()) {
            perform(next.get());
            return true;
        }
        Optional<VirtualServer> sleeper = world.nextToWake()
                .filter(server -> !server.wakeAt().orElseThrow().isAfter(now));
        sleeper.ifPresent(server -> {
            server.wakeAt(null);
            call(server, hub -> hub.ticked(now));
        });
        return sleeper.isPresent();
    }

    /** Performs everything that is due now. */
    public void runUntilIdle() {
        int steps = 0;
        while (step()) {
            if (++steps > ENDLESS) {
                throw new IllegalStateException("endless work at " + now);
            }
        }
        for (VirtualServer server : world.servers().values()) {
            if (server.unanswered() != 0) {
                throw new IllegalStateException(server.name() + " waits for " + server.unanswered() + " answers");
            }
        }
    }

    /** Lets time pass: to each waking in turn, performing what it brings, and at last to the end. */
    public void advance(Duration time) {
        Instant end = now.plus(time);
        runUntilIdle();
        Optional<Instant> next = nextWaking(end);
        while (next.isPresent()) {
            now = next.get();
            runUntilIdle();
            next = nextWaking(end);
        }
        now = end;
    }

    /**
     * As {@link #advance(Duration)}, looking after each step whether it is {@code enough}.
     *
     * @return whether it was: then time stands still, and what is due now has not been done yet
     */
    public boolean advance(Duration time, BooleanSupplier enough) {
        Instant end = now.plus(time);
        Optional<Instant> next = Optional.of(now);
        while (next.isPresent()) {
            now = next.get();
            while (step()) {
                if (enough.getAsBoolean()) {
                    return true;
                }
            }
            next = nextWaking(end);
        }
        now = end;
        return false;
    }

    private Optional<Instant> nextWaking(Instant end) {
        return world.nextToWake().flatMap(VirtualServer::wakeAt).filter(at -> !at.isAfter(end));
    }

    /** All tracking events so far; a view. */
    public List<TrackingEvent> log() {
        return Collections.unmodifiableList(log);
    }

    /** The tracking events of one message; a view. */
    public List<TrackingEvent> log(TransportId id) {
        return Collections.unmodifiableList(byMessage.getOrDefault(id, List.of()));
    }

    /** What arrived in a mailbox, inside or outside. */
    public List<Delivery> mailbox(EmailAddress address) {
        return mailboxes.of(address);
    }

    /** Second copies that mailbox servers dropped. */
    public int duplicatesDropped() {
        return mailboxes.dropped();
    }

    /** The queues of a running server. */
    public List<QueueView> queues(String server) {
        return world.server(server).hub().queues();
    }

    /** Messages that a server is responsible for; none while it does not run. */
    public int messages(String server) {
        VirtualServer at = world.server(server);
        return at.isRunning() ? at.hub().messages() : 0;
    }

    /** Messages that a running server has in memory. */
    public int inMemory(String server) {
        return world.server(server).hub().inMemory();
    }

    /** The hubs and edges by name. */
    public List<String> servers() {
        return List.copyOf(world.servers().keySet());
    }

    /** Whether a hub or edge runs. */
    public boolean isRunning(String server) {
        return world.server(server).isRunning();
    }

    /** The servers that handled a message on its way to a recipient, by its final address, as far as it got. */
    public List<String> path(TransportId id, EmailAddress recipient) {
        return new Journey(byMessage.getOrDefault(id, List.of())).to(recipient);
    }

    /** The records on the disk of a server, of messages that it has not released. */
    public List<SpoolRecord> disk(String server) {
        return world.server(server).disk().records();
    }

    private TransportId newTransportId() {
        return new TransportId(0, ++lastTransportId);
    }

    /** Calls a hub; what it wants done is due now. */
    private void call(VirtualServer server, Function<Hub, List<HubEffect>> call) {
        List<HubEffect> effects = call.apply(server.hub());
        server.asked(effects);
        for (HubEffect effect : effects) {
            agenda.add(new Agenda.Entry(now, server.name(), server.nextEffect(), server.life(), effect));
        }
    }

    /** What the performer may do here. */
    private final class Inside implements Performer.Host {
        @Override
        public Instant now() {
            return now;
        }

        @Override
        public TransportId newTransportId() {
            return VirtualOrganization.this.newTransportId();
        }

        @Override
        public void tracked(TrackingEvent event) {
            log.add(event);
            byMessage
                    .computeIfAbsent(event.transportId(), id -> new ArrayList<>())
                    .add(event);
        }

        @Override
        public void call(VirtualServer server, Function<Hub, List<HubEffect>> call) {
            VirtualOrganization.this.call(server, call);
        }
    }

    private void perform(Agenda.Entry entry) {
        Optional<VirtualServer> server =
                world.find(entry.server()).filter(its -> its.isRunning() && its.life() == entry.life());
        server.ifPresent(its -> {
            its.answered(entry.effect());
            try {
                performer.perform(its, entry.effect());
            } catch (RuntimeException e) {
                throw new IllegalStateException(entry.server() + " at " + now + ": " + entry.effect(), e);
            }
        });
    }

    private void startServers() {
        for (VirtualServer server : world.servers().values()) {
            if (!server.isRunning() && world.mayRun(server.name())) {
                server.start(world.snapshot(server.name()), room);
                for (StoredMessage message : server.disk().recover()) {
                    call(server, hub -> hub.recovered(message, now));
                }
            }
        }
    }

    private static void requireItem(String item) {
        if (Item.tryParse(item).isEmpty()) {
            throw new IllegalArgumentException("no item: " + item);
        }
    }
}
