package org.bridgehead.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.io.mailstore.ImapView;
import org.bridgehead.io.mailstore.MailStore;
import org.jspecify.annotations.Nullable;

/**
 * What others see of an embedded mailbox server: the door where hubs deliver and the view that mail clients read, at the
 * same addresses whichever node is active. Safe for any thread.
 */
final class MailboxFront implements MailboxCluster.Service {
    /** Makes the view of a store. */
    interface Views {
        ImapView view(MailStore store, HostPort imap, HostPort pop3);
    }

    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final String name;
    private final Network network;
    private final Views views;
    private Door door;
    private HostPort imap;
    private HostPort pop3 = HostPort.LOOPBACK;
    private @Nullable ImapView view;
    private boolean isRead;

    /**
     * Nothing is open yet.
     *
     * @param imap where mail is to be read; {@link HostPort#LOOPBACK} = anywhere on this machine
     */
    @SuppressWarnings("NullAway.Init") // server and door know each other; the door comes right after
    MailboxFront(String name, Network network, HostPort imap, Views views) {
        this.name = name;
        this.network = network;
        this.imap = imap;
        this.views = views;
    }

    void door(Door its) {
        door = its;
    }

    boolean isStuck() {
        return door.isStuck();
    }

    InetSocketAddress address() {
        return door.address();
    }

    @Override
    public synchronized void open(MailStore store) throws IOException {
        door.open();
        network.listens(Network.mailboxDoor(name), door.address());
        view = views.view(store, imap, pop3);
        if (isRead) {
            // Clients know where it was, and come back there.
            endpoints();
        }
    }

    @Override
    public synchronized void close(boolean abrupt) {
        if (abrupt) {
            door.kill();
        } else {
            door.drain(DRAIN);
        }
        if (view != null) {
            view.close();
            view = null;
        }
    }

    /** Where mail can be read; the first call starts the view. */
    synchronized ImapView.Endpoints endpoints() throws IOException {
        if (view == null) {
            throw new IOException(name + " does not run");
        }
        ImapView.Endpoints endpoints = view.endpoints();
        imap = endpoints.imap();
        pop3 = endpoints.pop3();
        isRead = true;
        return endpoints;
    }
}
