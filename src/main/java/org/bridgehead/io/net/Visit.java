package org.bridgehead.io.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.bridgehead.core.smtp.ReceiveAction;
import org.bridgehead.core.smtp.ReceiveConfig;
import org.bridgehead.core.smtp.ReceivePolicy;
import org.bridgehead.core.smtp.ReceiveSession;
import org.bridgehead.core.smtp.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an incoming connection is from its beginning to its end, in clear and then perhaps under TLS: who comes, the
 * session, its limits and its part of the listener's counters. Owned by whoever serves the connection at the moment.
 */
final class Visit {
    /** What is said when a bug ends a connection. */
    static final Reply BUG = Reply.of(421, "4.3.0", "Internal error");

    /** So long a peer has to say something after our last words, and twice as long to be silent. */
    static final int FAREWELL_MILLIS = 500;

    /** So much of what a peer still says is read after our last words. */
    static final long FAREWELL_OCTETS = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Visit.class);

    private final ListenerSettings settings;
    private final ReceiveConfig dialogue;
    private final ReceiveSession session;
    private final InetAddress source;
    private final Tally tally;
    private final long born = System.nanoTime();
    private boolean counted;

    Visit(ListenerSettings settings, ReceiveConfig dialogue, ReceivePolicy policy, InetAddress source, Tally tally) {
        this.settings = settings;
        this.dialogue = dialogue;
        this.session = new ReceiveSession(dialogue, policy);
        this.source = source;
        this.tally = tally;
    }

    ListenerSettings settings() {
        return settings;
    }

    /** The server's. */
    String name() {
        return dialogue.serverName();
    }

    ReceiveSession session() {
        return session;
    }

    InetAddress source() {
        return source;
    }

    /** The source as the session is told. */
    String address() {
        String text = source.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    /** For how long the peer may be silent now. A transaction may go on after the connection's lifetime, not for ever. */
    long nanosLeft() {
        long age = System.nanoTime() - born;
        long lifetime = settings.lifetime().toNanos() * (session.inTransaction() ? 2 : 1);
        return Math.min(settings.idle().toNanos(), lifetime - age);
    }

    /** Keeps {@link Tally#transactions} in step with the session. */
    private void count() {
        boolean now = session.inTransaction();
        if (now != counted) {
            counted = now;
            tally.transactions.addAndGet(now ? 1 : -1);
        }
    }

    /** Who holds the connection while a session wants something of it. */
    interface Shell {
        /** Sends octets, or keeps them until they can be sent. */
        void write(byte[] octets) throws IOException;

        /** Ends the message; what the session wants next, nothing when what becomes of it is told later. */
        List<ReceiveAction> end(ReceiveAction.EndMessage end) throws IOException;

        /** The handshake of TLS is to begin. */
        void secure();

        /** Nothing more is said. */
        void close();
    }

    /** Performs what the session wants, and what that brings, as far as it does not have to wait. */
    void perform(List<ReceiveAction> first, Intake intake, Shell shell) throws IOException {
        count();
        List<ReceiveAction> actions = first;
        while (!actions.isEmpty()) {
            actions = performed(actions, intake, shell);
        }
        count();
    }

    private List<ReceiveAction> performed(List<ReceiveAction> actions, Intake intake, Shell shell) throws IOException {
        for (ReceiveAction action : actions) {
            if (action instanceof ReceiveAction.BodyOctets octets) {
                intake.write(octets);
            } else if (action instanceof ReceiveAction.Send send) {
                shell.write(send.octets());
            } else if (action instanceof ReceiveAction.BeginMessage begin) {
                return intake.begin(begin, session);
            } else if (action instanceof ReceiveAction.EndMessage end) {
                return shell.end(end);
            } else if (action instanceof ReceiveAction.AbortMessage) {
                intake.abort();
            } else if (action instanceof ReceiveAction.StartTls) {
                shell.secure();
            } else {
                shell.close();
            }
        }
        return List.of();
    }

    /** A bug has ended the connection. */
    void failed(Object connection, RuntimeException bug) {
        tally.failures.increment();
        LOG.error("{}: a bug ends the connection of {}", name(), connection, bug);
    }

    /** TLS over a connection, its handshake yet to come. */
    SSLSocket tls(Socket raw) throws IOException {
        SSLSocket secure = (SSLSocket) settings.tls()
                .orElseThrow()
                .get()
                .getSocketFactory()
                .createSocket(raw, source.getHostAddress(), raw.getPort(), true);
        secure.setUseClientMode(false);
        secure.setWantClientAuth(settings.mutual() && dialogue.servers());
        secure.setSoTimeout((int) Math.min(Integer.MAX_VALUE, settings.idle().toMillis()));
        return secure;
    }

    /** The connection has ended. */
    void ended() {
        if (counted) {
            counted = false;
            tally.transactions.decrementAndGet();
        }
    }
}
