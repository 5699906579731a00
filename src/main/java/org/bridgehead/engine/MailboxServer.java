package org.bridgehead.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.mailbox.NodeState;
import org.bridgehead.core.mailbox.NodeStatus;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.io.mailstore.ImapView;
import org.bridgehead.io.mailstore.MailStore;
import org.bridgehead.io.mailstore.OutboxStore;

/**
 * An embedded mailbox server with all its nodes. A kill takes them all at once; what happens to single nodes is the
 * {@link MailboxCluster}'s.
 */
final class MailboxServer implements ServerHandle {
    private final String name;
    private final MailboxFront front;
    private final MailboxCluster cluster;
    private final Faults faults;
    private final MailboxOutbox outbox;
    private final AtomicLong duplicates = new AtomicLong();
    private volatile Optional<Reply> scripted = Optional.empty();
    private volatile boolean running;

    private MailboxServer(MailboxOutbox outbox, MailboxFront front, MailboxCluster cluster, Faults faults) {
        this.name = outbox.server();
        this.outbox = outbox;
        this.front = front;
        this.cluster = cluster;
        this.faults = faults;
    }

    /** The server as the topology has it, not started. */
    static MailboxServer of(Server server, MailboxCluster.Parts parts, Plant plant, MailboxFront.Views views)
            throws IOException {
        HostPort imap = server.mailbox().orElseThrow().nodes().stream()
                .filter(MailboxNode::isEmbedded)
                .findFirst()
                .flatMap(MailboxNode::imap)
                .orElse(HostPort.LOOPBACK);
        MailboxFront front = new MailboxFront(server.name(), plant.network(), imap, views);
        String listener = Network.mailboxDoor(server.name());
        OutboxStore letters = plant.config()
                .data()
                .map(data -> OutboxStore.inFolder(data.resolve("outbox").resolve(server.name())))
                .orElseGet(OutboxStore::inMemory);
        MailboxServer mailboxServer = new MailboxServer(
                MailboxOutbox.of(server.name(), letters, plant),
                front,
                MailboxCluster.of(server, parts, front),
                new Faults(listener, plant.network(), plant.rig(listener), Optional.empty()));
        front.door(Doors.mailbox(server, plant, mailboxServer));
        return mailboxServer;
    }

    /** What its mailboxes have sent and no hub has taken. */
    MailboxOutbox outbox() {
        return outbox;
    }

    MailboxCluster cluster() {
        return cluster;
    }

    /** The store of the active node; empty while there is none. */
    Optional<MailStore> store() {
        return cluster.store();
    }

    /** What its mailboxes hold of some messages, by mailbox; nothing while no node is active. */
    List<ReceivedMail> find(Set<TransportId> wanted, Function<String, EmailAddress> owners) {
        List<ReceivedMail> found = new ArrayList<>();
        store().ifPresent(store -> {
            for (String mailbox : store.mailboxes()) {
                found.addAll(new StoredMailbox(owners.apply(mailbox), mailbox, () -> store)
                        .messages(message -> wanted.contains(message.id())));
            }
        });
        return found;
    }

    /** A mailbox on this server. */
    StoredMailbox handle(DirectoryEntry.Mailbox mailbox) {
        return new StoredMailbox(
                mailbox.primaryAddress(),
                mailbox.name(),
                () -> store().orElseThrow(() -> new IllegalStateException(name + " is offline: no node is active")));
    }

    /** Where its mail can be read; the first call starts the view. */
    ImapView.Endpoints endpoints() throws IOException {
        return front.endpoints();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetSocketAddress smtp() {
        return front.address();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public synchronized void start() {
        if (running) {
            throw new IllegalStateException(name + " runs already");
        }
        try {
            cluster.startAll();
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot start: " + e.getMessage(), e);
        }
        running = true;
        outbox.start();
    }

    @Override
    public synchronized void kill() {
        running = false;
        outbox.stop();
        faults.cut();
        cluster.killAll();
    }

    @Override
    public synchronized void drain() {
        running = false;
        outbox.stop();
        cluster.stopAll();
    }

    /** Ends it for good. */
    void close() {
        running = false;
        outbox.stop();
        faults.cut();
        cluster.close();
    }

    /** Its door, if that was not free after it had been closed. */
    List<String> stuckPorts() {
        return front.isStuck() ? List.of(name + ": " + front.address()) : List.of();
    }

    /** What every new connection is answered with. */
    Optional<Reply> scripted() {
        return scripted;
    }

    @Override
    public void reply(int code, String text) {
        scripted = Optional.of(TransportServer.refusal(code, text));
    }

    @Override
    public void accept() {
        scripted = Optional.empty();
    }

    @Override
    public Faults faults() {
        return faults;
    }

    @Override
    public List<QueueView> queues() {
        return List.of();
    }

    @Override
    public int messages() {
        return outbox.size();
    }

    /** A second copy was dropped. */
    void dropped() {
        duplicates.incrementAndGet();
    }

    /** Second copies dropped so far. */
    long duplicatesDropped() {
        return duplicates.get();
    }

    /** One of its machines. */
    NodeHandle node(String node) {
        return new Node(node);
    }

    private final class Node implements NodeHandle {
        private final String node;

        private Node(String node) {
            this.node = node;
        }

        @Override
        public String name() {
            return node;
        }

        @Override
        public String server() {
            return name;
        }

        @Override
        public NodeState state() {
            return cluster.status().nodes().stream()
                    .filter(status -> Names.same(status.node(), node))
                    .map(NodeStatus::state)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void fail() {
            fail(OptionalLong.empty());
        }

        @Override
        public void lose(Unshipped logs) {
            fail(OptionalLong.of(logs.logs()));
        }

        private void fail(OptionalLong lost) {
            try {
                cluster.fail(node, lost);
            } catch (IOException e) {
                throw new IllegalStateException(node + " cannot fail that way: " + e.getMessage(), e);
            }
        }

        @Override
        public void start() {
            try {
                cluster.start(node);
            } catch (IOException e) {
                throw new IllegalStateException(node + " cannot start: " + e.getMessage(), e);
            }
        }
    }
}
