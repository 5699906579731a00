package org.bridgehead.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.bridgehead.core.directory.LookUpFigures;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.hub.Hub;
import org.bridgehead.core.hub.MessageFilter;
import org.bridgehead.core.hub.MessageView;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.Pressure;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.io.spool.LoadedMessage;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.SpoolStatus;

/**
 * What operators see of a running organisation and do with it. Safe for any thread; questions to hubs are answered when
 * the hub has time, within {@value #PATIENCE} seconds or not at all. Names of servers and queues are compared ignoring
 * case.
 */
public final class Control {
    private static final int PATIENCE = 10;

    private final Plant plant;

    Control(Plant plant) {
        this.plant = plant;
    }

    /** The time by the clock of the organisation. */
    public Instant now() {
        return plant.clock().now();
    }

    /** All servers of the topology and all that run here, by name. */
    public List<ServerState> servers() {
        Map<String, CompletableFuture<int[]>> figures = new LinkedHashMap<>();
        plant.transportServers()
                .forEach(server -> server.node()
                        .ifPresent(node -> figures.put(server.name(), node.ask(hub ->
                                new int[] {hub.messages(), hub.inMemory(), hub.transmitting(), hub.connections()}))));
        Map<String, ServerState> states = Names.map();
        plant.topology().servers().values().forEach(server -> states.put(server.name(), elsewhere(server)));
        plant.people()
                .controllers()
                .forEach(controller -> states.put(controller.name(), ControllerHandle.state(plant, controller)));
        plant.mailboxServers().forEach((name, server) -> states.put(name, state(name, server)));
        for (TransportServer server : plant.transportServers()) {
            states.put(server.name(), state(server, Optional.ofNullable(figures.get(server.name()))));
        }
        return List.copyOf(states.values());
    }

    private static ServerState elsewhere(Server server) {
        return new ServerState(
                server.name(),
                server.roles(),
                server.site(),
                false,
                false,
                Pressure.NORMAL,
                0,
                0,
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty());
    }

    private ServerState state(String name, MailboxServer server) {
        Optional<Server> known = plant.topology().server(name);
        return new ServerState(
                name,
                known.map(Server::roles).orElse(List.of()),
                known.flatMap(Server::site),
                true,
                server.isRunning(),
                Pressure.NORMAL,
                server.messages(),
                0,
                0,
                0,
                0,
                Optional.of(Endpoints.at(server.smtp())),
                Optional.empty());
    }

    private ServerState state(TransportServer server, Optional<CompletableFuture<int[]>> asked) {
        Optional<Server> known = plant.topology().server(server.name());
        int[] figures = asked.map(answer -> await(server.name(), answer)).orElse(new int[4]);
        return new ServerState(
                server.name(),
                known.map(Server::roles).orElse(List.of()),
                known.flatMap(Server::site),
                true,
                server.isRunning(),
                server.admission().pressure(),
                figures[0],
                figures[1],
                figures[2],
                server.openSessions(),
                figures[3],
                Optional.of(Endpoints.at(server.smtp())),
                server.trouble());
    }

    /** What waits in the Outboxes of the embedded mailbox servers that run here, by server. */
    public List<OutboxState> outboxes() {
        return plant.mailboxServers().values().stream()
                .map(server -> server.outbox().state())
                .toList();
    }

    /** The letters in Outboxes that go by a Message-ID, with or without angle brackets, or by an identity. */
    public List<OutboxLetter> outboxLetters(String id) {
        return plant.mailboxServers().values().stream()
                .flatMap(server -> server.outbox().letters(id).stream())
                .toList();
    }

    /** The queues of all hubs and edges that run, or of one; by server, then by name. */
    public List<QueueView> queues(Optional<String> server) {
        List<QueueView> all = new ArrayList<>();
        askAll(server, Hub::allQueues).values().forEach(all::addAll);
        return all;
    }

    /** The messages in the queues of all hubs and edges that run, or of one; the filter's limit counts for each. */
    public List<MessageView> messages(Optional<String> server, MessageFilter filter) {
        List<MessageView> all = new ArrayList<>();
        askAll(server, hub -> hub.messageViews(filter))
                .forEach((name, views) -> views.forEach(view -> all.add(completed(name, view))));
        return all;
    }

    /** A message out of memory is looked up in the spool. */
    private MessageView completed(String server, MessageView view) {
        try {
            return view.accepted().isPresent()
                    ? view
                    : plant.spool()
                            .load(new Shard(server), view.id())
                            .map(LoadedMessage::accepted)
                            .map(view::with)
                            .orElse(view);
        } catch (IOException e) {
            return view;
        }
    }

    /** Mailbox servers, their nodes and databases. */
    public MailboxControl mailboxes() {
        return new MailboxControl(plant);
    }

    /** What hubs keep of delivered mail, and have delivered again. */
    public DumpsterControl dumpsters() {
        return new DumpsterControl(plant, this);
    }

    <T> Map<String, T> askAll(Optional<String> only, Function<Hub, T> question) {
        Map<String, CompletableFuture<T>> asked = new LinkedHashMap<>();
        for (TransportServer server : plant.transportServers()) {
            if (only.isEmpty() || Names.same(only.get(), server.name())) {
                server.node().ifPresent(node -> asked.put(server.name(), node.ask(question)));
            }
        }
        Map<String, T> answers = new LinkedHashMap<>();
        asked.forEach((name, answer) -> answers.put(name, await(name, answer)));
        return answers;
    }

    private static <T> T await(String server, CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + server + " was asked", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(server + " does not answer", e);
        }
    }

    /**
     * Does what an operator wants with a queue or a message of a hub or edge. What stands over a restart is on the disk
     * before this returns.
     *
     * @return how many queues or messages it named; 0 = nothing happened
     * @throws IllegalArgumentException when there is no such hub or edge here
     * @throws IOException when the disk refuses what stands; it was done all the same, but a restart undoes it
     */
    public int operate(String server, Operation operation) throws IOException {
        TransportServer named = transport(server);
        int concerned = await(server, named.operate(operation, true));
        if (concerned > 0) {
            named.orders().save();
        }
        return concerned;
    }

    private TransportServer transport(String server) {
        return plant.transportServers().stream()
                .filter(its -> Names.same(its.name(), server))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no hub or edge " + server + " runs here"));
    }

    /** How a message of a server was accepted; empty = it is not there (any more). */
    public Optional<SpoolRecord.Accepted> message(String server, InternalId id) throws IOException {
        return plant.spool().load(new Shard(transport(server).name()), id).map(LoadedMessage::accepted);
    }

    /**
     * Writes the octets of a message as they were accepted.
     *
     * @throws IOException when the spool cannot read them or {@code out} does not take them
     */
    public void export(SpoolRecord.Accepted message, OutputStream out) throws IOException {
        try (var body = plant.spool().read(message.body())) {
            body.transferTo(out);
        }
    }

    /** What look-ups at domain controllers came to; empty where none is asked. */
    public Optional<LookUpFigures> lookUps() {
        return plant.people().figures();
    }

    /** The spool of this process. */
    public SpoolState spool() {
        SpoolStatus status = plant.spool().status();
        return new SpoolState(status.messages(), status.bytes(), status.failure());
    }

    /** How long synced writes took; stays at zero in memory. */
    public SyncTimes syncs() {
        return plant.syncs();
    }

    /** The events of a message on the servers of this process, oldest first: those in memory, or the log's. */
    public MessageHistory history() {
        return new MessageHistory(plant.tracking());
    }

    /**
     * Puts an organisation that was read anew in the place of the present one: hubs route afresh what waits, people are
     * the new ones.
     *
     * @return what of it only shows after a restart
     * @throws IllegalArgumentException when that cannot be; nothing has changed then, and the message says why
     */
    public List<String> reload(Organization organization) {
        List<String> obstacles = Reloading.obstacles(plant, organization.topology());
        if (!obstacles.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", obstacles));
        }
        List<String> pending = Reloading.afterRestart(plant, organization.topology());
        Reloading.change(plant, organization);
        return pending;
    }

    /**
     * Threads for a face of this organisation: {@code threads} at most, then {@code waiting} tasks, then the caller does
     * the work itself. Whoever asks shuts them down, before the organisation is closed.
     */
    public ExecutorService workers(String role, int threads, int waiting) {
        return plant.threads().bounded(role, threads, waiting);
    }
}
