package org.bridgehead.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.LdapAccess;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.hub.Admission.Refusal;
import org.bridgehead.core.hub.Admission.Trust;
import org.bridgehead.core.hub.DumpsterView;
import org.bridgehead.core.hub.Hub;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.OutboxMail;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.hub.Resources;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.hub.StoredMessage;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.DsnReturn;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.scenario.Conditions;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.scenario.Mishaps;
import org.bridgehead.core.topology.RetrySettings;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Topology;

/**
 * A whole organisation in virtual time: every hub and edge is the {@link Hub} that the live engine runs; networks, disks,
 * mailboxes and the Internet are imagined. What is due is done in the order of virtual time, server name and effect
 * number, so that the same calls give the same log, on any machine; where nothing takes time, each effect is answered
 * before the next is performed, and elsewhere all that a hub wants at once is begun at once.
 *
 * <p>Nothing happens by itself: {@link #runUntilIdle} performs what is due, {@link #advance} lets time pass. Throws
 * {@link IllegalStateException} when a hub contradicts itself. Not thread-safe. Longer than most files: one question or
 * order to the organisation after the other, each passed on to the part that knows.
 */
public final class VirtualOrganization {
    /** What the log says of clients; they are on the same machine. */
    private static final String CLIENT = "smtp 127.0.0.1";

    /** Until a server that a bug has stopped starts again, as in the live engine. */
    private static final Duration RESTART = Duration.ofSeconds(1);

    private final World world;
    private final LivingGroups directory;
    private final VirtualControllers controllers;
    private final Timeline time;
    private final Pace pace;
    private final VirtualRedeliveries redeliveries;
    private final VirtualMailboxes mailboxes;
    private final Carrier carrier;
    private final VirtualOutboxes outboxes;
    private final EventLog log = new EventLog();
    private final Observer observer;
    private final int room;
    private final Map<TransportId, List<Optional<Refusal>>> replies = new LinkedHashMap<>();
    private long lastTransportId;

    /** About the octets of a report on a letter in an Outbox, what it quotes left out. */
    private static final long REPORT_SIZE = 2000;

    private VirtualOrganization(
            Topology topology,
            LivingGroups directory,
            Instant start,
            Conditions conditions,
            int room,
            Optional<LdapAccess> controllers,
            Optional<Observer> watcher) {
        this.world = new World(topology, conditions.seed());
        this.directory = directory;
        this.observer = watcher.orElse(log);
        this.time = new Timeline(start, conditions.equals(Conditions.IDEAL), this.observer, world::server);
        this.pace = new Pace(conditions);
        Door door = new Door(world, directory);
        this.controllers = new VirtualControllers(world, pace, directory, controllers);
        this.redeliveries = new VirtualRedeliveries(time, this::ask);
        this.mailboxes = new VirtualMailboxes(time, world, pace, directory, redeliveries, this.observer);
        world.stores(mailboxes);
        this.carrier = new Carrier(time, world, pace, door, mailboxes, this::crashed, this.observer);
        this.outboxes = new VirtualOutboxes(
                time, world, mailboxes, this.observer, watcher.isPresent() ? event -> {} : log::tracked);
        time.performBy(new Performer(
                time, world, pace, this.controllers, carrier, redeliveries, this.observer, this::newTransportId));
        this.room = room;
        startServers();
    }

    /** An organisation with everything up and no mail; nothing takes time or fails by chance. */
    public static VirtualOrganization of(Topology topology, Directory directory, Instant start) {
        return of(topology, directory, start, Hub.ROOM);
    }

    /** The same, each server with room for that many messages in memory. */
    public static VirtualOrganization of(Topology topology, Directory directory, Instant start, int room) {
        return new VirtualOrganization(
                topology, living(directory), start, Conditions.IDEAL, room, Optional.empty(), Optional.empty());
    }

    /** The same, where things take time and fail by chance. */
    public static VirtualOrganization of(Topology topology, Directory directory, Instant start, Conditions conditions) {
        return new VirtualOrganization(
                topology, living(directory), start, conditions, room(conditions), Optional.empty(), Optional.empty());
    }

    /** The same, with somebody who looks on; nothing is logged then. Hubs ask domain controllers that have an address. */
    static VirtualOrganization observed(
            Topology topology, LivingGroups directory, Instant start, Conditions conditions, Observer observer) {
        return new VirtualOrganization(
                topology,
                directory,
                start,
                conditions,
                room(conditions),
                Optional.of(LdapAccess.DEFAULT),
                Optional.of(observer));
    }

    private static LivingGroups living(Directory directory) {
        return new LivingGroups(directory, LivingGroups.AS_WRITTEN);
    }

    private static int room(Conditions conditions) {
        return conditions.room() == 0 ? Hub.ROOM : conditions.room();
    }

    /** The virtual time. */
    public Instant now() {
        return time.now();
    }

    /** The topology as it is now. */
    public Topology topology() {
        return world.topology();
    }

    /**
     * A client hands in a message. Where nothing takes time, {@link #replies} says who is refused at the door when this
     * returns, and the message is on the server's disk if somebody is not; elsewhere both come as time passes.
     *
     * @param server a hub or edge
     * @param envelope sender and recipients
     * @param size octets
     * @param authenticated whether the client is a user of the organisation
     * @return its identity, also when all was refused
     * @throws IllegalStateException when the server does not run
     */
    public TransportId submit(String server, Envelope envelope, long size, boolean authenticated) {
        MessageId messageId = new MessageId("<" + new TransportId(0, lastTransportId + 1) + "@client>");
        HeaderFacts header = new HeaderFacts(messageId, "", 0, false, envelope.smtpUtf8(), Optional.empty());
        return submit(server, envelope, header, size, authenticated);
    }

    /** The same, with a header that says what {@code header} tells. */
    public TransportId submit(String server, Envelope envelope, HeaderFacts header, long size, boolean authenticated) {
        return submit(server, envelope, substitute -> header, Priority.NORMAL, size, authenticated);
    }

    /** The same, with a header that may need a Message-ID in place of the missing one. */
    TransportId submit(
            String server,
            Envelope envelope,
            Function<MessageId, HeaderFacts> headerWith,
            Priority priority,
            long size,
            boolean authenticated) {
        return handIn(server, new Draft(envelope, headerWith, priority, size, authenticated), said -> {});
    }

    /** What a client hands in. */
    private record Draft(
            Envelope envelope,
            Function<MessageId, HeaderFacts> header,
            Priority priority,
            long size,
            boolean authenticated) {}

    private TransportId handIn(String server, Draft draft, Consumer<List<RecipientOutcome>> said) {
        VirtualServer at = world.server(server);
        TransportId id = newTransportId();
        Optional<String> user = draft.authenticated()
                ? Optional.of(
                        draft.envelope().sender().map(EmailAddress::toString).orElse("postmaster"))
                : Optional.empty();
        carrier.fromClient(
                at,
                draft.authenticated() ? Trust.USER : Trust.ANONYMOUS,
                new Door.Incoming(
                        draft.envelope(),
                        TransferState.fresh(id, time.clock(at), draft.size(), user)
                                .with(draft.priority()),
                        draft.header().apply(new MessageId("<" + id + "@" + at.name() + ">")),
                        draft.size(),
                        CLIENT),
                new Carrier.Client() {
                    @Override
                    public void judged(List<Optional<Refusal>> all) {
                        replies.put(id, all);
                    }

                    @Override
                    public void heard(List<RecipientOutcome> outcomes) {
                        said.accept(outcomes);
                    }

                    @Override
                    public void cut() {
                        said.accept(Lists.map(
                                draft.envelope().recipients(),
                                recipient -> new RecipientOutcome.Unknown(at.name() + " died")));
                    }
                });
        return id;
    }

    /**
     * Somebody sends from a mailbox: the hubs beside its server are tried in turn, and while none of them answers the
     * letter stays in the Outbox there. Where nothing takes time, what becomes of it now is known when this returns.
     *
     * @param taken is told the identity by which a hub has taken it, now or later
     * @return why it was refused; empty = it was taken or stays
     */
    Optional<String> send(String mailboxServer, Writing writing, Consumer<TransportId> taken) {
        List<RecipientOutcome> heard = new ArrayList<>();
        Draft draft = new Draft(writing.envelope(), writing.header(), writing.priority(), writing.size(), true);
        Optional<String> refusal =
                outboxes.send(mailboxServer, new Sent(draft, writing.unnamed(), taken), heard::addAll);
        boolean no = !heard.isEmpty() && heard.stream().noneMatch(RecipientOutcome.Delivered.class::isInstance);
        return no ? Optional.of(VirtualOutboxes.words(heard.get(0))) : refusal;
    }

    /**
     * A letter from a mailbox.
     *
     * @param unnamed octets that a Message-ID adds; 0 = it has one
     */
    record Writing(
            Envelope envelope,
            Function<MessageId, HeaderFacts> header,
            Priority priority,
            long size,
            ToLongFunction<MessageId> unnamed) {}

    private final class Sent implements VirtualOutboxes.Letter {
        private final Draft draft;
        private final ToLongFunction<MessageId> unnamed;
        private final Consumer<TransportId> taken;

        private Sent(Draft draft, ToLongFunction<MessageId> unnamed, Consumer<TransportId> taken) {
            this.draft = draft;
            this.unnamed = unnamed;
            this.taken = taken;
        }

        @Override
        public Envelope envelope() {
            return draft.envelope();
        }

        @Override
        public long size() {
            return draft.size();
        }

        @Override
        public MessageId messageId() {
            return draft.header().apply(new MessageId("<>")).messageId();
        }

        @Override
        public Priority priority() {
            return draft.priority();
        }

        @Override
        public VirtualOutboxes.Letter to(Envelope rest) {
            return new Sent(new Draft(rest, draft.header(), draft.priority(), draft.size(), true), unnamed, taken);
        }

        @Override
        public VirtualOutboxes.Letter named(MessageId id) {
            long added = unnamed.applyAsLong(id);
            if (added == 0) {
                return this;
            }
            HeaderFacts header = draft.header().apply(id);
            Draft named = new Draft(draft.envelope(), any -> header, draft.priority(), draft.size() + added, true);
            return new Sent(named, any -> 0, taken);
        }

        @Override
        public VirtualOutboxes.Letter report(DeliveryReport report, MessageId id) {
            boolean eightBit = draft.header().apply(id).eightBit();
            Envelope envelope = OutboxMail.envelope(report, eightBit);
            HeaderFacts header = new HeaderFacts(
                    id,
                    "Undeliverable mail",
                    0,
                    envelope.body() == BodyType.EIGHT_BIT_MIME,
                    envelope.smtpUtf8(),
                    Optional.of("auto-replied"));
            long quoted = report.returns() == DsnReturn.FULL ? draft.size() : 0;
            return new Sent(
                    new Draft(envelope, any -> header, Priority.NORMAL, REPORT_SIZE + quoted, true),
                    any -> 0,
                    any -> {});
        }

        @Override
        public void handIn(String hub, Consumer<List<RecipientOutcome>> said) {
            TransportId id = VirtualOrganization.this.handIn(hub, draft, said);
            taken.accept(id);
        }
    }

    /** Letters that wait in the Outbox of a mailbox server. */
    public int outbox(String mailboxServer) {
        return outboxes.waiting(mailboxServer);
    }

    /** Mailbox servers with whom letters wait although their site has hubs. */
    List<String> overdueOutboxes() {
        return outboxes.overdue();
    }

    /** What the door said to each recipient of a message, in their order; empty = taken. */
    public List<Optional<Refusal>> replies(TransportId id) {
        return List.copyOf(replies.getOrDefault(id, List.of()));
    }

    /**
     * A part fails: {@code link:NAME}, {@code site:NAME}, {@code server:NAME}, {@code node:NAME}, or {@code host:NAME} for
     * a host outside. Down is not removed (DECISIONS 2.1): routes stay, transfers fail. Servers that lose their power
     * crash.
     */
    public void down(String item) {
        Optional<String> node = node(item);
        if (node.isPresent()) {
            mailboxes.fail(node.get(), OptionalInt.empty());
            return;
        }
        world.down(item);
        mailboxes.run();
        outboxes.look();
        for (VirtualServer server : world.servers().values()) {
            if (server.isRunning() && !world.mayRun(server.name())) {
                stop(server, false);
            } else if (!world.mayRun(server.name())) {
                server.rise();
            }
        }
    }

    /** A part works again; servers that can run again start and recover. */
    public void up(String item) {
        Optional<String> node = node(item);
        if (node.isPresent()) {
            mailboxes.start(node.get());
            return;
        }
        world.up(item);
        // Who starts a server by hand does not wait until it does so by itself.
        world.servers().values().stream()
                .filter(server -> item.equals(new Item(Item.SERVER, server.name()).toString()))
                .forEach(VirtualServer::rise);
        startServers();
    }

    /**
     * A node of a mailbox server dies, and the other one lacks exactly so many of its logs. On a node that does not host
     * the mailboxes the same as {@code down("node:NAME")}.
     *
     * @param logs the open one included; 0 = nothing is lost
     */
    public void lose(String node, int logs) {
        mailboxes.fail(node, OptionalInt.of(logs));
    }

    private void stop(VirtualServer server, boolean power) {
        observer.dying(server);
        server.stop();
        world.changed();
        time.forget(server);
        VirtualDisk disk = server.disk();
        Optional<List<SpoolRecord>> doubtful = disk.resurrect();
        if (power) {
            disk.losePower(pace.isIdeal() ? 0 : server.dice().below(disk.unsynced() + 1));
        } else if (doubtful.isPresent() && !pace.isIdeal() && server.dice().below(2) == 0) {
            unheard(server, doubtful.get());
        }
        carrier.died(server);
        observer.died(server);
        mailboxes.witness(server.name(), false);
    }

    /** Refused because it could not be synced, and not deleted in time: it is there, and comes twice. */
    private void unheard(VirtualServer server, List<SpoolRecord> batch) {
        server.disk().write(batch, true);
        observer.written(server, batch);
        for (SpoolRecord record : batch) {
            if (record instanceof SpoolRecord.Accepted message) {
                observer.unanswered(
                        message.facts().state().id(), message.envelope().recipients());
                observer.keptUnheard(server, message);
            }
        }
    }

    /** A bug has stopped a server: that is counted with the message it worked on, and it starts again by itself. */
    private void crashed(VirtualServer server, InternalId message, Optional<InternalId> suspect) {
        observer.crashed(server, message, suspect);
        stop(server, false);
        server.crashed(suspect);
        time.at(now().plus(RESTART), server.name(), () -> {
            server.rise();
            startServers();
        });
    }

    /** The process of a hub or edge dies; what it wrote survives, synced or not. */
    public void crash(String server) {
        down("server:" + world.server(server).name());
    }

    /**
     * The machine of a hub or edge loses its power: what was not synced is lost, or where things take time, perhaps only
     * the last part of it.
     */
    public void losePower(String server) {
        VirtualServer machine = world.server(server);
        if (machine.isRunning()) {
            stop(machine, true);
        } else {
            machine.disk().losePower(0);
            observer.died(machine);
        }
        crash(server);
    }

    /** A crashed server starts again and recovers what its disk has. */
    public void restart(String server) {
        up("server:" + world.server(server).name());
    }

    /** From now on the disk of a server refuses writes, or takes them again. */
    public void refuseWrites(String server, boolean refuse) {
        world.server(server).refuseWrites(refuse);
    }

    /** From now on the disk of a server cannot bring to stable storage what it takes, or can again. */
    public void failSync(String server, boolean fail) {
        world.server(server).failSync(fail);
    }

    /** The next message that a server takes in crashes it so often, when it is to be sent on; 0 = none does any more. */
    public void poison(String server, int times) {
        world.server(server).poisons().script(times);
    }

    /** From now on each answer of a hub, edge or mailbox server to other servers takes so much longer. */
    public void lag(String server, Duration delay) {
        world.lag(server, delay);
    }

    /** What goes wrong at the next contact with a server, mailbox server or host; several are used up in turn. */
    public void script(String target, Mishap mishap) {
        world.script(target, mishap);
    }

    /** What was scripted to go wrong; clients that connect meet it too. */
    Mishaps mishaps() {
        return world.mishaps();
    }

    /** The topology changes: all servers learn it at once, and those that it does not have end. */
    public void change(Topology other) {
        for (VirtualServer server : world.servers().values()) {
            if (server.isRunning() && other.server(server.name()).isEmpty()) {
                stop(server, false);
            }
        }
        world.topology(other);
        for (VirtualServer server : world.servers().values()) {
            if (server.isRunning()) {
                time.call(server, (hub, now) -> hub.changed(world.snapshot(server.name()), now));
            }
        }
        startServers();
    }

    /**
     * Somebody joins or leaves a group, which may be under expansion.
     *
     * @throws IllegalArgumentException when {@code group} is no address of a group
     */
    public void regroup(EmailAddress group, EmailAddress member, boolean joins) {
        directory.change(group, member, joins, now());
    }

    /** An operator wants something of a server. */
    public void operate(String server, Operation operation) {
        time.call(world.server(server), (hub, now) -> hub.operated(operation, now));
    }

    /** A look at the machine of a running server finds this. */
    public void press(String server, Resources found) {
        time.call(world.server(server), (hub, now) -> hub.measured(found, now));
    }

    /** From now on each access of a server to its disk, or an answer of a domain controller, takes {@code delay} more. */
    public void slowDisk(String server, Duration delay) {
        if (isController(server)) {
            controllers.slow(server, delay);
        } else {
            world.server(server).slowDisk(delay);
        }
    }

    private boolean isController(String server) {
        return topology()
                .server(server)
                .filter(known -> known.is(Role.DOMAIN_CONTROLLER))
                .isPresent();
    }

    /** The clock of a server is set: that much ahead of true time, or behind when negative. */
    public void setClock(String server, Duration ahead) {
        world.server(server).setClock(ahead);
    }

    /** Performs one effect, or wakes one server, that is due now; false when nothing is. */
    public boolean step() {
        return time.step();
    }

    /** Performs everything that is due now. */
    public void runUntilIdle() {
        time.runUntilIdle();
        checkAnswers();
    }

    /** Lets time pass: to whatever is due next, performing what it brings, and at last to the end. */
    public void advance(Duration step) {
        time.advance(step);
        checkAnswers();
    }

    /**
     * As {@link #advance(Duration)}, looking after each step whether it is {@code enough}.
     *
     * @return whether it was: then time stands still, and what else is due now has not been done yet
     */
    public boolean advance(Duration step, BooleanSupplier enough) {
        return time.advance(step, enough);
    }

    private void checkAnswers() {
        for (VirtualServer server : world.servers().values()) {
            if (time.isAtRest() && server.unanswered() != 0) {
                throw new IllegalStateException(server.name() + " waits for " + server.unanswered() + " answers");
            }
        }
    }

    /** The time by the clock of a server. */
    Instant clock(VirtualServer server) {
        return time.clock(server);
    }

    /** By which ladder a server retries. */
    RetrySettings retry(String server) {
        return world.snapshot(server).retry();
    }

    /** Messages that each server has room for in memory. */
    int room() {
        return room;
    }

    /** When a server wants to be woken; empty = never. */
    Optional<Instant> waking(VirtualServer server) {
        return time.waking(server);
    }

    /** Messages on their way into hubs and edges. */
    List<Passage> passages() {
        return carrier.passages();
    }

    /** The hubs and edges. */
    Collection<VirtualServer> hubs() {
        return world.servers().values();
    }

    /** All tracking events so far; a view. */
    public List<TrackingEvent> log() {
        return log.all();
    }

    /** The tracking events of one message; a view. */
    public List<TrackingEvent> log(TransportId id) {
        return log.of(id);
    }

    /** What arrived in a mailbox, inside by any of its addresses or outside. */
    public List<Delivery> mailbox(EmailAddress address) {
        return mailboxes.of(address);
    }

    /** The mailbox servers with their nodes and logs. */
    VirtualMailboxes mailboxes() {
        return mailboxes;
    }

    /** What hubs are asked for, and have not answered. */
    VirtualRedeliveries redeliveries() {
        return redeliveries;
    }

    /** The activations of mailbox servers, oldest first; the first one of each is its start. */
    public List<VirtualFailover> failovers() {
        return mailboxes.failovers();
    }

    /** What failovers took out of mailboxes and is not there now: not redelivered, or not yet. */
    public List<Delivery> stillLost() {
        return mailboxes.stillLost();
    }

    /** Second copies that mailbox servers dropped. */
    public int duplicatesDropped() {
        return mailboxes.dropped();
    }

    /** The queues of a running server. */
    public List<QueueView> queues(String server) {
        return world.server(server).hub().queues();
    }

    /** The same with what is not routed yet and what was set aside. */
    public List<QueueView> allQueues(String server) {
        return world.server(server).hub().allQueues();
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
        return new Journey(log.of(id)).to(recipient);
    }

    /** What a running server keeps of delivered mail, by storage group. */
    public List<DumpsterView> dumpsters(String server) {
        return world.server(server).hub().dumpsters();
    }

    /**
     * A newly active mailbox node asks a running hub for what it may have lost.
     *
     * @param request a number that nobody has used at this hub before
     */
    public void redeliver(String server, long request, StorageGroupId group, RedeliveryWindow window) {
        time.call(world.server(server), (hub, now) -> hub.redeliver(request, group, window.from(), window.to(), now));
    }

    private boolean ask(VirtualRedeliveries.Request request) {
        boolean runs = isRunning(request.hub());
        if (runs) {
            redeliver(request.hub(), request.number(), request.group(), request.window());
        }
        return runs;
    }

    /** The records on the disk of a server, of messages that it has not released. */
    public List<SpoolRecord> disk(String server) {
        return world.server(server).disk().records();
    }

    private TransportId newTransportId() {
        return new TransportId(0, ++lastTransportId);
    }

    private void startServers() {
        mailboxes.run();
        outboxes.look();
        for (VirtualServer server : world.servers().values()) {
            if (!server.isRunning() && !server.isFallen() && world.mayRun(server.name())) {
                server.start(world.snapshot(server.name()), room);
                world.changed();
                recover(server);
                mailboxes.witness(server.name(), true);
                outboxes.hubUp(server.name());
            }
        }
    }

    /** What the disk has is read back message by message. */
    private void recover(VirtualServer server) {
        recoverDumpster(server);
        for (StoredMessage message : server.disk().recover()) {
            server.recovering(1);
            time.onDisk(pace.disk(server, false), server, () -> {
                server.recovering(-1);
                time.call(server, (hub, now) -> hub.recovered(message, now));
            });
        }
    }

    private void recoverDumpster(VirtualServer server) {
        VirtualDumpster dumpster = server.disk().dumpster();
        List<SpoolRecord.Held> items = dumpster.items();
        List<SpoolRecord.Requested> requests = dumpster.requests();
        if (items.isEmpty() && requests.isEmpty()) {
            time.call(server, Hub::dumpsterRecovered);
            return;
        }
        time.onDisk(pace.disk(server, false), server, () -> {
            items.forEach(held -> time.call(server, (hub, now) -> hub.recovered(held, now)));
            requests.forEach(request -> time.call(server, (hub, now) -> hub.recovered(request, now)));
            time.call(server, Hub::dumpsterRecovered);
        });
    }

    /** The name of a node; empty when something else is meant. */
    private static Optional<String> node(String text) {
        Item item = Item.tryParse(text).orElseThrow(() -> new IllegalArgumentException("no item: " + text));
        return item.kind().equals(Item.NODE) ? Optional.of(item.name()) : Optional.empty();
    }
}
