package org.bridgehead.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.Stage;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Topology;

/**
 * A running organisation: hubs, edges and embedded mailbox servers on real sockets, with handles for sending, looking,
 * and breaking things. Closing it stops everything and says what was left. Longer than most files: all that a test or an
 * embedding program starts from is here. Safe for any thread.
 */
public final class MailOrganization implements AutoCloseable {
    private final Plant plant;

    private MailOrganization(Plant plant) {
        this.plant = plant;
    }

    /**
     * Starts an organisation.
     *
     * @throws OrganizationStartException when a port, a folder or a file cannot be had; nothing keeps running then
     */
    public static MailOrganization start(OrganizationConfig config) {
        return start(config, Storage.DURABLE);
    }

    /**
     * Starts the organisation of a topology file for tests without a test framework: in memory, on free ports of
     * loopback, in virtual time that begins at {@link OrganizationConfig#START}.
     *
     * @throws OrganizationStartException when the file is no good, with all that is wrong with it, or a port cannot be had
     */
    public static MailOrganization start(Path topology) {
        return start(OrganizationConfig.test(topology));
    }

    /** The same with an organisation that was made in code, see {@link org.bridgehead.io.config.TopologyBuilder}. */
    public static MailOrganization start(Organization organization) {
        return start(OrganizationConfig.inMemory(organization, Path.of("").toAbsolutePath())
                .virtualFrom(OrganizationConfig.START));
    }

    static MailOrganization start(OrganizationConfig config, Storage storage) {
        Plant plant = Plant.build(config, storage);
        try {
            plant.startAll();
        } catch (RuntimeException e) {
            plant.close();
            throw new OrganizationStartException(String.valueOf(e.getMessage()), e);
        }
        return new MailOrganization(plant);
    }

    Plant plant() {
        return plant;
    }

    /** What it was started from. */
    public Organization organization() {
        return plant.organization();
    }

    /** Its servers as they are now. */
    public Topology topology() {
        return plant.network().routes().topology();
    }

    /** The routes its hubs use now. */
    public RoutingTable routes() {
        return plant.network().routes();
    }

    /**
     * A hub, edge or mailbox server that runs in this process.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public ServerHandle server(String name) {
        return plant.server(name);
    }

    /** All servers that run in this process, by name. */
    public SortedMap<String, ServerHandle> servers() {
        SortedMap<String, ServerHandle> copy = Names.map();
        copy.putAll(plant.servers());
        return Collections.unmodifiableSortedMap(copy);
    }

    /** Where the mail of a mailbox server is read; starts its view. */
    public InetSocketAddress imap(String mailboxServer) throws IOException {
        return address(plant.mailboxServer(mailboxServer).endpoints().imap());
    }

    /** As {@link #imap}, by POP3. */
    public InetSocketAddress pop3(String mailboxServer) throws IOException {
        return address(plant.mailboxServer(mailboxServer).endpoints().pop3());
    }

    private static InetSocketAddress address(HostPort at) {
        return new InetSocketAddress(at.host(), at.port());
    }

    /**
     * Where servers and mailbox nodes are reached, by name, then by protocol: {@code smtp}, {@code lmtp}, {@code imap},
     * {@code pop3}. Starts the views of all embedded nodes.
     *
     * @throws IOException when a view cannot listen
     */
    public SortedMap<String, SortedMap<String, HostPort>> endpoints() throws IOException {
        return Endpoints.of(plant);
    }

    /**
     * Where the built-in Internet takes mail ({@code smtp}), and where people outside read it ({@code imap}, {@code
     * pop3}): user and password are the address.
     *
     * @throws IOException when its view cannot listen
     */
    public SortedMap<String, HostPort> internetEndpoints() throws IOException {
        return plant.internet().endpoints();
    }

    /**
     * What programs on Spring Boot read to send by a server, as {@code @DynamicPropertySource} or a map takes it: {@code
     * org.springMail("BER-HT1").forEach((key, value) -> registry.add(key, () -> value))}.
     */
    public SortedMap<String, String> springMail(String server) {
        SortedMap<String, String> properties = new TreeMap<>();
        InetSocketAddress at = server(server).smtp();
        properties.put("spring.mail.host", at.getAddress().getHostAddress());
        properties.put("spring.mail.port", String.valueOf(at.getPort()));
        properties.put("spring.mail.protocol", "smtp");
        return properties;
    }

    /**
     * The same for a program that logs in.
     *
     * @param user an address of a mailbox
     * @throws IllegalArgumentException when the file has no such mailbox
     */
    public SortedMap<String, String> springMail(String server, String user) {
        SortedMap<String, String> properties = springMail(server);
        properties.put("spring.mail.username", user);
        properties.put(
                "spring.mail.password",
                plant.logins()
                        .password(user)
                        .orElseThrow(() -> new IllegalArgumentException("nobody logs in as " + user)));
        properties.put("spring.mail.properties.mail.smtp.auth", "true");
        return properties;
    }

    /**
     * The certificate that a server made for itself and shows at STARTTLS, for clients that shall trust it; it names the
     * server, {@code localhost} and loopback. Empty when the topology names a certificate file.
     */
    public Optional<X509Certificate> certificate(String server) {
        return plant.security().selfMade(server(server).name());
    }

    /** Where the receive connectors of the servers that run here listen, by name. */
    public SortedMap<String, HostPort> receiveConnectors() {
        SortedMap<String, HostPort> found = Names.map();
        plant.transportServers().forEach(server -> found.putAll(server.connectors()));
        return found;
    }

    /**
     * A site link, for faults.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public LinkHandle link(String name) {
        if (!topology().links().containsKey(name)) {
            throw new IllegalArgumentException("no site link " + name);
        }
        return new LostPart(plant.network(), new Item(Item.LINK, name));
    }

    /**
     * A site, for faults: its servers keep running, but nothing reaches them from other sites.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public LinkHandle site(String name) {
        if (topology().site(name).isEmpty()) {
            throw new IllegalArgumentException("no site " + name);
        }
        return new LostPart(plant.network(), new Item(Item.SITE, name));
    }

    /**
     * A machine of a mailbox server, for faults.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public NodeHandle node(String name) {
        return plant.node(name);
    }

    /**
     * How a mailbox server and its nodes stand.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public ClusterStatus cluster(String mailboxServer) {
        return plant.realMailboxes()
                .cluster(mailboxServer)
                .map(RealCluster::status)
                .orElseGet(() -> plant.mailboxServer(mailboxServer).cluster().status());
    }

    /** What failovers and handoffs of a mailbox server did so far, oldest first; what real nodes lost nobody knows. */
    public List<FailoverReport> failovers(String mailboxServer) {
        return plant.realMailboxes()
                .cluster(mailboxServer)
                .map(RealCluster::reports)
                .orElseGet(() -> plant.mailboxServer(mailboxServer).cluster().reports());
    }

    /** What failovers of an embedded mailbox server lost and is not there now: not redelivered, or not yet. */
    public List<LostMail> stillLost(String mailboxServer) {
        return plant.mailboxServer(mailboxServer).cluster().stillLost();
    }

    /** Second copies that a mailbox server has dropped so far, or was not sent because it has the message. */
    public long duplicatesDropped(String mailboxServer) {
        return plant.realMailboxes().has(mailboxServer)
                ? plant.realMailboxes().duplicatesDropped(mailboxServer)
                : plant.mailboxServer(mailboxServer).duplicatesDropped();
    }

    /** What mailbox servers asked hubs to deliver again, and what came of it. */
    public List<RedeliveryRequest> redeliveries() {
        return plant.redeliveries().all();
    }

    /** Links and sites that are lost at the moment, as {@code kind:NAME}. */
    public List<String> down() {
        return List.copyOf(plant.network().down());
    }

    /** Whether its mail is in memory only, and nobody's: then it may be looked at and everything scripted. */
    public boolean isInMemory() {
        return plant.config().data().isEmpty();
    }

    /** Its time. */
    public ClockHandle clock() {
        return new ClockHandle() {
            @Override
            public Instant now() {
                return plant.clock().now();
            }

            @Override
            public boolean isVirtual() {
                return plant.clock() instanceof VirtualClock;
            }

            @Override
            public void advance(Duration step) {
                move(clock -> clock.advance(step));
            }

            @Override
            public void runUntilIdle() {
                move(VirtualClock::runUntilIdle);
            }
        };
    }

    interface Move {
        void by(VirtualClock clock) throws InterruptedException;
    }

    void move(Move step) {
        if (!(plant.clock() instanceof VirtualClock clock)) {
            throw new IllegalStateException("this organisation runs in real time");
        }
        try {
            step.by(clock);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while time moved", e);
        }
        plant.bugs().stream().findFirst().ifPresent(bug -> {
            throw new IllegalStateException("a server stopped by a bug: " + bug);
        });
    }

    /**
     * A mailbox of the organisation.
     *
     * @throws IllegalArgumentException when nobody has that address
     */
    public MailboxHandle mailbox(String address) {
        EmailAddress wanted = EmailAddress.of(address);
        DirectoryEntry.Mailbox mailbox = plant.mailbox(wanted)
                .orElseThrow(() -> new IllegalArgumentException("no mailbox has the address " + address));
        return handle(plant.mailboxServer(mailbox.database().server()).handle(mailbox));
    }

    /** What the built-in Internet got for an address, or for all addresses of a domain, oldest first. */
    public MailboxHandle internet(String addressOrDomain) {
        return addressOrDomain.indexOf('@') >= 0
                ? handle(plant.internet().mailbox(EmailAddress.of(addressOrDomain)))
                : new OutsideDomain(this, plant.internet(), addressOrDomain);
    }

    /**
     * A message by its Message-ID, wherever it is; there need not be one (yet).
     *
     * @param messageId angle brackets included
     */
    public MessageHandle message(String messageId) {
        return new MessageHandle(this, plant, new MessageId(messageId));
    }

    /**
     * The message that {@link #send} handed in.
     *
     * @throws IllegalArgumentException when no recipient was accepted
     */
    public MessageHandle message(SendResult sent) {
        return message(sent.messageId()
                .orElseThrow(() ->
                        new IllegalArgumentException(sent.server() + " did not take the message: " + sent.outcomes())));
    }

    private MailboxHandle handle(StoredMailbox mailbox) {
        return new MailboxHandle() {
            @Override
            public EmailAddress address() {
                return mailbox.address();
            }

            @Override
            public List<ReceivedMail> messages() {
                return mailbox.messages();
            }

            @Override
            public void clear() {
                mailbox.clear();
            }

            @Override
            public MailOrganization organization() {
                return MailOrganization.this;
            }
        };
    }

    /** What the hosts of the built-in Internet shall say, see {@link Faults#replies}. */
    public Replies internetReplies() {
        return Faults.rigged("the Internet", plant.rig(InternetHosts.NAME)).replies();
    }

    /** The connections that the built-in Internet took, oldest first. */
    public List<SmtpSession> internetSessions() {
        return Faults.rigged("the Internet", plant.rig(InternetHosts.NAME)).sessions();
    }

    /** What its directory says of an address. */
    public Answer lookUp(EmailAddress address) {
        return plant.people().find(address);
    }

    /** Everything the built-in Internet got for a domain, oldest first. */
    public List<ReceivedMail> internetDomain(String domain) {
        return plant.internet().messagesOf(domain);
    }

    /** What happened so far. */
    public TrackingLog tracking() {
        return plant.tracking();
    }

    /**
     * Hands in a message by SMTP, as a mail program would.
     *
     * @return what the server said
     */
    public SendResult send(Consumer<MailBuilder> letter) {
        MailBuilder mail = new MailBuilder();
        letter.accept(mail);
        return plant.sender().send(mail);
    }

    /**
     * Hands in many messages: as {@link #send}, over connections that are kept.
     *
     * @param connections most idle ones of one kind
     * @return to be closed by the caller
     */
    public Submitter submitter(int connections) {
        return new Submitter(plant, connections);
    }

    /** Follows messages that are handed in from now on to their end; to be closed by the caller. */
    public Settlements settlements() {
        return new Settlements(plant);
    }

    /**
     * Asks {@code agent} about messages from now on, at every hub that runs here; those that were resolved before are not
     * judged again.
     *
     * @return ends it
     * @throws IllegalStateException when the stage has an agent
     */
    public Runnable agent(Stage stage, HubAgent agent, HubAgent.Terms terms) {
        plant.agents().add(stage, agent, terms);
        plant.transportServers().forEach(TransportServer::agentsChanged);
        return () -> {
            plant.agents().remove(stage, agent);
            plant.transportServers().forEach(TransportServer::agentsChanged);
        };
    }

    /** Delivers what a foreign connector carries by {@code driver} from now on; the last one counts. */
    public Runnable connector(String name, ConnectorDriver driver) {
        return plant.connectors().register(name, driver);
    }

    /**
     * Waits until {@code condition} holds, looking again whenever something has happened.
     *
     * @return whether it came to hold within {@code limit} of real time
     */
    public boolean await(BooleanSupplier condition, Duration limit) {
        return plant.activity().awaitUntil(condition, limit);
    }

    /** Waits until nothing is under way; with servers that retry in real time that is no end of all work. */
    public void awaitIdle(Duration limit) throws InterruptedException {
        plant.activity().awaitIdle(limit);
    }

    /** Uses another topology from now on: hubs route afresh what waits (BEHAVIOUR 1.9). Servers stay the same ones. */
    public void change(Topology topology) {
        Reloading.change(plant, topology);
    }

    /** An operator tells a hub or edge something; nothing happens when it does not run. */
    public void operate(String server, Operation operation) {
        plant.transportServers().stream()
                .filter(its -> Names.same(its.name(), server))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no hub or edge " + server))
                .operate(operation, false);
    }

    /** What an operator sees of it and does with it while it runs. */
    public Control control() {
        return new Control(plant);
    }

    /** Where processes that run other servers of the organisation find these; see {@link OrganizationConfig#peers}. */
    public Optional<Path> peers() {
        return plant.peers();
    }

    /** Stops taking mail, lets transactions end, stops everything; unsent mail stays in the data folder. */
    public Residue drain() {
        plant.drainAll();
        return plant.close();
    }

    /** Stops everything at once. */
    public Residue shutDown() {
        return plant.close();
    }

    @Override
    public void close() {
        plant.close();
    }

    /** The names of servers that run here and have a mailbox role. */
    public List<String> mailboxServers() {
        return new ArrayList<>(plant.mailboxServers().keySet());
    }
}
