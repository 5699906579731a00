package org.bridgehead.io.mailstore;

import com.icegreen.greenmail.imap.ImapHandler;
import com.icegreen.greenmail.pop3.Pop3Handler;
import com.icegreen.greenmail.pop3.commands.Pop3CommandRegistry;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.bridgehead.core.topology.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox node as IMAP and POP3 clients see it: GreenMail's protocol servers over the store's own log. They start
 * when somebody asks for {@link #endpoints} and hold no mail of their own: a folder is filled when a user first opens
 * it, a message is read from the log when it is fetched and forgotten when memory gets short. UIDs and UIDVALIDITY are
 * the log's. What users expunge is removed from the log; flags live until the node stops.
 *
 * <p>Each mailbox has its INBOX only; APPEND, COPY, MOVE and CREATE are refused. Octets come out of
 * {@code BODY[]} as they were stored. Of GreenMail's ways, these remain: POP3 and {@code BODY[TEXT]} drop white space
 * at the very end of a message, and {@code BODY[HEADER]} is rewritten where header lines are malformed.
 *
 * <p>Safe for any thread.
 */
public final class ImapView implements Closeable {
    private static final long STARTUP_MILLIS = 10_000;

    private final Managers managers;
    private final HostPort imap;
    private final HostPort pop3;
    private @Nullable ViewServer imapServer;
    private @Nullable ViewServer pop3Server;
    private boolean closed;

    /**
     * Where to read mail.
     *
     * @param imap IMAP4rev1, without TLS
     * @param pop3 POP3, without TLS
     */
    public record Endpoints(HostPort imap, HostPort pop3) {}

    /** GreenMail's meeting point, with our users and folders in it. */
    private static final class Managers extends com.icegreen.greenmail.Managers {
        private final ViewHost host;
        private final ViewUsers users;

        private Managers(ViewHost host, ViewUsers users) {
            this.host = host;
            this.users = users;
        }

        @Override
        public ViewHost getImapHostManager() {
            return host;
        }

        @Override
        public ViewUsers getUserManager() {
            return users;
        }
    }

    /**
     * A view that has not started yet.
     *
     * @param login user and password to the mailbox they open; empty refuses
     * @param imap where to listen; port 0 = a free one
     * @param pop3 where to listen; port 0 = a free one
     * @param pushes tells clients that wait (IDLE) of new mail, so that a slow client never holds up a delivery
     */
    public ImapView(
            MailStore store,
            BiFunction<String, String, Optional<String>> login,
            HostPort imap,
            HostPort pop3,
            Executor pushes) {
        ViewHost host = new ViewHost(store, pushes);
        this.managers = new Managers(host, new ViewUsers(host, login));
        this.imap = imap;
        this.pop3 = pop3;
    }

    /**
     * Where clients connect; the first call starts the servers.
     *
     * @throws IOException when an address is in use or the view is closed
     */
    public synchronized Endpoints endpoints() throws IOException {
        if (closed) throw new IOException("the view is closed");
        if (imapServer == null) {
            imapServer = start(new ViewServer(
                    setup(imap, ServerSetup.PROTOCOL_IMAP),
                    managers,
                    socket -> new ImapHandler(managers.getUserManager(), managers.getImapHostManager(), socket)));
        }
        if (pop3Server == null) {
            pop3Server = start(new ViewServer(
                    setup(pop3, ServerSetup.PROTOCOL_POP3),
                    managers,
                    socket -> new Pop3Handler(new Pop3CommandRegistry(), managers.getUserManager(), socket)));
        }
        return new Endpoints(
                new HostPort(imap.host(), imapServer.getPort()), new HostPort(pop3.host(), pop3Server.getPort()));
    }

    /** Whether the servers run. */
    public synchronized boolean started() {
        return imapServer != null;
    }

    /** Ends all sessions and frees the ports. */
    @Override
    public synchronized void close() {
        closed = true;
        managers.getImapHostManager().close();
        if (imapServer != null) imapServer.stopService(STARTUP_MILLIS);
        if (pop3Server != null) pop3Server.stopService(STARTUP_MILLIS);
    }

    private static ServerSetup setup(HostPort address, String protocol) {
        ServerSetup setup = new ServerSetup(address.port(), address.host(), protocol);
        setup.setServerStartupTimeout(STARTUP_MILLIS);
        return setup;
    }

    private static ViewServer start(ViewServer server) throws IOException {
        server.startService();
        try {
            if (server.waitTillRunning(STARTUP_MILLIS)) return server;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stopService(STARTUP_MILLIS);
        throw new IOException("cannot listen on " + server.getName());
    }
}
