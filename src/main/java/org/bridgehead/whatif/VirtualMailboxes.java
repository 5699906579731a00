package org.bridgehead.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mailbox.DuplicateFilter;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/**
 * Every mailbox inside and outside, and the mailbox servers of the organisation with their nodes and logs. Mailbox servers
 * drop what was delivered before (DECISIONS 5.2), strangers don't. One thread. Longer than most
 * files: how each kind of target answers is read side by side.
 */
final class VirtualMailboxes implements World.Stores, VirtualMailboxServer.Surroundings, VirtualOutboxes.Hubs {
    private static final RecipientOutcome TAKEN = new RecipientOutcome.Delivered("2.0.0 taken");
    private static final EnhancedStatus NOT_NOW = EnhancedStatus.of("4.3.2");

    private final Timeline time;
    private final World world;
    private final Pace pace;
    private final Directory directory;
    private final VirtualRedeliveries redeliveries;
    private final Observer observer;
    private final Map<String, Dice> dice = new LinkedHashMap<>();
    private final SortedMap<String, VirtualMailboxServer> servers = Names.map();
    private Names.Lookup<VirtualMailboxServer> serverNamed = Names.Lookup.of(servers);
    /** What the logs that clients see say was delivered. */
    private final TreeMap<StorageGroupId, DuplicateFilter> filters = new TreeMap<>();

    /** Storage group of each mailbox by its address; the directory does not change. */
    private final Map<String, String> groups = new LinkedHashMap<>();

    private final Map<String, List<Delivery>> byAddress = new LinkedHashMap<>();
    private final List<VirtualFailover> failovers = new ArrayList<>();
    private final Duration retention;
    private int dropped;
    private int changes;

    VirtualMailboxes(
            Timeline time,
            World world,
            Pace pace,
            Directory directory,
            VirtualRedeliveries redeliveries,
            Observer observer) {
        this.time = time;
        this.world = world;
        this.pace = pace;
        this.directory = directory;
        this.redeliveries = redeliveries;
        this.observer = observer;
        this.retention = DuplicateFilter.retentionFor(dumpster().maxTime());
    }

    private DumpsterSettings dumpster() {
        return world.topology().settings().dumpster();
    }

    // ---- servers and nodes

    /** Mailbox servers that have what they need run, the others don't; those of a changed topology come and go. */
    void run() {
        Topology topology = world.topology();
        for (Server server : topology.servers().values()) {
            if (server.mailbox().isPresent() && !servers.containsKey(server.name())) {
                servers.put(server.name(), new VirtualMailboxServer(server, this));
                serverNamed = Names.Lookup.of(servers);
            }
        }
        for (VirtualMailboxServer server : servers.values()) {
            boolean may = topology.server(server.name()).isPresent() && world.mayRun(server.name());
            if (may && !server.isRunning()) {
                server.start();
            } else if (!may && server.isRunning()) {
                server.kill();
            }
        }
    }

    /** The mailbox servers. */
    Collection<VirtualMailboxServer> servers() {
        return servers.values();
    }

    /** The server that a node belongs to. */
    VirtualMailboxServer serverOf(String node) {
        return servers.values().stream()
                .filter(server -> server.nodes().stream().anyMatch(own -> Names.same(own, node)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no mailbox node " + node));
    }

    /** A node dies; {@code lost}: as {@link VirtualMailboxServer#fail}. */
    void fail(String node, OptionalInt lost) {
        serverOf(node).fail(node, lost);
        changes++;
    }

    /** A node starts. */
    void start(String node) {
        serverOf(node).start(node);
        changes++;
    }

    /** A hub started or died: the clusters whose witness it holds count it. */
    void witness(String hub, boolean up) {
        for (VirtualMailboxServer server : servers.values()) {
            if (server.role().witness().filter(its -> Names.same(its, hub)).isPresent()) {
                server.witness(up);
                changes++;
            }
        }
    }

    @Override
    public boolean isOpen(String server) {
        VirtualMailboxServer known = serverNamed.get(server);
        return known != null && known.isOpen();
    }

    @Override
    public boolean isRunning(String server) {
        VirtualMailboxServer known = serverNamed.get(server);
        return known != null && known.isRunning();
    }

    @Override
    public int life(String server) {
        VirtualMailboxServer known = serverNamed.get(server);
        return known == null ? 0 : known.life();
    }

    // ---- deliveries

    /** A mailbox server of the organisation stores a message; says what became of each recipient. */
    List<RecipientOutcome> store(String server, Transmission mail) {
        VirtualMailboxServer at = Objects.requireNonNull(serverNamed.get(server));
        TreeMap<String, List<Delivery>> written = new TreeMap<>();
        List<RecipientOutcome> outcomes = new ArrayList<>();
        for (Recipient recipient : mail.envelope().recipients()) {
            String group = group(at, recipient.address());
            boolean mounted = at.isMounted(group);
            outcomes.add(
                    mounted
                            ? TAKEN
                            : new RecipientOutcome.Deferred(
                                    NOT_NOW, "451 4.3.2 storage group " + group + " is not mounted"));
            if (mounted) {
                take(at, group, mail, recipient.address())
                        .ifPresent(delivery -> written.computeIfAbsent(group, its -> new ArrayList<>())
                                .add(delivery));
            }
        }
        written.forEach((group, its) -> at.write(group, its, mail.body().size()));
        return outcomes;
    }

    private String group(VirtualMailboxServer server, EmailAddress address) {
        return server.groups().size() == 1
                ? server.groups().get(0)
                : groups.computeIfAbsent(address.key(), key -> inDirectory(address));
    }

    private String inDirectory(EmailAddress address) {
        return mailbox(address).map(its -> its.database().storageGroup()).orElse("");
    }

    private Optional<DirectoryEntry.Mailbox> mailbox(EmailAddress address) {
        Answer owner = directory
                .ask(List.of(new Question.ByAddress(address)), Optional.empty())
                .answers()
                .get(0);
        return owner instanceof Answer.Found found && found.entry() instanceof DirectoryEntry.Mailbox its
                ? Optional.of(its)
                : Optional.empty();
    }

    private Optional<Delivery> take(
            VirtualMailboxServer server, String group, Transmission mail, EmailAddress recipient) {
        DuplicateFilter filter = filter(new StorageGroupId(server.name(), group));
        if (filter.drops(mail.state().id(), recipient.key())) {
            dropped++;
            return Optional.empty();
        }
        Delivery delivery = delivery(server.name(), mail, recipient);
        filter.delivered(delivery.id(), recipient.key(), delivery.at());
        add(delivery, true);
        return Optional.of(delivery);
    }

    private DuplicateFilter filter(StorageGroupId group) {
        return filters.computeIfAbsent(group, fresh -> new DuplicateFilter(retention, DuplicateFilter.DEFAULT_LIMIT));
    }

    /** Somebody outside takes a message. */
    void takeOutside(String host, Transmission mail) {
        mail.envelope().recipients().forEach(recipient -> add(delivery(host, mail, recipient.address()), false));
    }

    private Delivery delivery(String store, Transmission mail, EmailAddress recipient) {
        return new Delivery(
                mail.state().id(),
                mail.envelope().sender(),
                recipient,
                time.now(),
                store,
                mail.state().has(TransferState.Flag.AGAIN),
                mail.state().trace());
    }

    private void add(Delivery delivery, boolean inside) {
        put(delivery);
        observer.arrived(delivery, inside);
    }

    private void put(Delivery delivery) {
        byAddress
                .computeIfAbsent(delivery.recipient().key(), key -> new ArrayList<>())
                .add(delivery);
    }

    // ---- for mailbox servers

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public void at(Instant when, String server, Runnable action) {
        time.at(when, server, action);
    }

    @Override
    public long shipping(String server, long octets) {
        return pace.shipping(
                dice.computeIfAbsent(server, name -> Dice.of(world.seed(), name)),
                Objects.requireNonNull(serverNamed.get(server))
                        .role()
                        .settings()
                        .logSize());
    }

    @Override
    public void changed(VirtualMailboxServer server) {
        world.changed();
        changes++;
    }

    @Override
    public void switched(VirtualMailboxServer server, String group, String from, String to) {
        StorageGroupId id = new StorageGroupId(server.name(), group);
        VirtualLog old = server.copies().log(from, group);
        VirtualLog now = server.copies().log(to, group);
        int common = old.common(now);
        List<Delivery> gone = old.behind(common);
        List<Delivery> back = now.behind(common);
        gone.forEach(delivery -> byAddress
                .getOrDefault(delivery.recipient().key(), new ArrayList<>())
                .removeIf(there -> there == delivery));
        back.forEach(this::put);
        filters.remove(id);
        now.forEach(delivery ->
                filter(id).delivered(delivery.id(), delivery.recipient().key(), delivery.at()));
        observer.switched(id, gone, back);
    }

    @Override
    public void activated(
            VirtualMailboxServer server, String from, Instant failed, List<VirtualMailboxServer.Lossy> lossy) {
        List<VirtualFailover.Loss> losses = new ArrayList<>();
        for (VirtualMailboxServer.Lossy loss : lossy) {
            losses.add(ask(server, loss));
        }
        failovers.add(
                new VirtualFailover(server.name(), from, server.serving().orElseThrow(), failed, time.now(), losses));
    }

    private VirtualFailover.Loss ask(VirtualMailboxServer server, VirtualMailboxServer.Lossy loss) {
        VirtualLog old = server.copies().log(loss.from(), loss.group());
        VirtualLog now = server.copies().log(loss.to(), loss.group());
        StorageGroupId group = new StorageGroupId(server.name(), loss.group());
        RedeliveryWindow window = RedeliveryWindow.ofLoss(
                now.lastDelivery().orElse(Instant.EPOCH),
                time.now(),
                dumpster().marginBefore(),
                dumpster().marginAfter());
        redeliveries.ask(group, window, hubs(server.name()));
        return new VirtualFailover.Loss(group, loss.logs(), old.behind(old.common(now)), window);
    }

    private List<String> hubs(String server) {
        return world.topology()
                .server(server)
                .flatMap(Server::site)
                .map(site -> List.copyOf(world.routes().hubsOf(site)))
                .orElse(List.of());
    }

    // ---- questions

    /** What arrived in a mailbox, inside by any of its addresses or outside. */
    List<Delivery> of(EmailAddress address) {
        EmailAddress primary =
                mailbox(address).map(DirectoryEntry.Mailbox::primaryAddress).orElse(address);
        return List.copyOf(byAddress.getOrDefault(primary.key(), List.of()));
    }

    /** How often something has happened to a node, a witness, or who hosts the mailboxes. */
    int changes() {
        return changes;
    }

    /** Second copies that were dropped. */
    int dropped() {
        return dropped;
    }

    /** What activations did, oldest first; the first one of each server is its start. */
    List<VirtualFailover> failovers() {
        return List.copyOf(failovers);
    }

    /** What failovers took and is not there now. */
    List<Delivery> stillLost() {
        List<Delivery> missing = new ArrayList<>();
        for (VirtualFailover failover : failovers) {
            for (VirtualFailover.Loss loss : failover.losses()) {
                DuplicateFilter there = filter(loss.group());
                loss.lost().stream()
                        .filter(mail -> !there.drops(mail.id(), mail.recipient().key()))
                        .forEach(missing::add);
            }
        }
        return missing;
    }
}
