package org.bridgehead.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.hub.QueueView;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.Server;
import org.bridgehead.io.mailstore.ImapView;
import org.bridgehead.io.mailstore.MailStore;
import org.jspecify.annotations.Nullable;

/**
 * An embedded mailbox server: an LMTP door, the store of record behind it, and the view that mail clients read. A kill
 * cuts the door and the view; the store keeps what it has.
 */
final class MailboxServer implements ServerHandle {
    /** Makes the view of a life. */
    interface Views {
        ImapView view(HostPort imap, HostPort pop3);
    }

    private final String name;
    private final MailStore store;
    private final Network network;
    private final Views views;
    private Door door;
    private HostPort imap;
    private HostPort pop3 = HostPort.LOOPBACK;
    private @Nullable ImapView view;
    private volatile Optional<Reply> scripted = Optional.empty();
    private volatile boolean running;

    @SuppressWarnings("NullAway.Init") // server and door know each other
    private MailboxServer(String name, MailStore store, Network network, HostPort imap, Views views) {
        this.name = name;
        this.store = store;
        this.network = network;
        this.imap = imap;
        this.views = views;
    }

    /** The server as the topology has it, not started. */
    static MailboxServer of(Server server, MailStore store, Plant plant, Views views) {
        HostPort imap = server.mailbox().orElseThrow().nodes().stream()
                .filter(MailboxNode::isEmbedded)
                .findFirst()
                .flatMap(MailboxNode::imap)
                .orElse(HostPort.LOOPBACK);
        MailboxServer mailboxServer = new MailboxServer(server.name(), store, plant.network(), imap, views);
        mailboxServer.door = Doors.mailbox(server, store, plant, mailboxServer);
        return mailboxServer;
    }

    MailStore store() {
        return store;
    }

    /** A mailbox on this server. */
    StoredMailbox handle(DirectoryEntry.Mailbox mailbox) {
        return new StoredMailbox(mailbox.primaryAddress(), mailbox.name(), store);
    }

    /** Where its mail can be read; the first call of a life starts the view. */
    synchronized ImapView.Endpoints endpoints() throws IOException {
        if (!running || view == null) {
            throw new IOException(name + " does not run");
        }
        ImapView.Endpoints endpoints = view.endpoints();
        imap = endpoints.imap();
        pop3 = endpoints.pop3();
        return endpoints;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetSocketAddress smtp() {
        return door.address();
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
            door.open();
            network.listens(Network.mailboxDoor(name), door.address());
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot start: " + e.getMessage(), e);
        }
        view = views.view(imap, pop3);
        running = true;
    }

    @Override
    public synchronized void kill() {
        stop(Duration.ZERO);
    }

    @Override
    public synchronized void drain() {
        stop(Duration.ofSeconds(10));
    }

    private void stop(Duration limit) {
        running = false;
        if (limit.isZero()) {
            door.kill();
        } else {
            door.drain(limit);
        }
        if (view != null) {
            view.close();
            view = null;
        }
    }

    /** Ends it for good. */
    void close() throws IOException {
        kill();
        store.close();
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
    public List<QueueView> queues() {
        return List.of();
    }

    @Override
    public int messages() {
        return 0;
    }
}
