package org.bridgehead.io.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.Handshake;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.smtp.Scram;
import org.bridgehead.core.smtp.SendAction;
import org.bridgehead.core.smtp.SendAction.Stage;
import org.bridgehead.core.smtp.SendConfig;
import org.bridgehead.core.smtp.SendConfig.Tls;
import org.bridgehead.core.smtp.SendSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SMTP or LMTP client connection: performs what its {@link SendSession} decides. Failures are values, never
 * exceptions. Used by one thread at a time, except {@link #abort()}, which any thread may call. Starts no threads: the
 * caller's waits for the peer, unless {@linkplain #isInClear in clear} the connection is given to an {@link EventLoop} for
 * the rest of its life.
 */
public final class SmtpConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpConnection.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final EnhancedStatus LOCAL_TROUBLE = EnhancedStatus.of("4.3.0");

    /**
     * How to connect.
     *
     * @param dialogue what is said
     * @param peerName the peer's name, for TLS (SNI, verification)
     * @param tls where TLS may be used: whom we trust
     * @param limits time limits
     * @param watchdog cuts the connection when the peer stops reading; without it, only {@link #abort()} does
     */
    public record Settings(
            SendConfig dialogue,
            String peerName,
            Optional<ClientTls> tls,
            TimeLimits limits,
            Optional<ScheduledExecutorService> watchdog) {
        /** Without TLS and watchdog. */
        public static Settings of(SendConfig dialogue) {
            return new Settings(dialogue, "", Optional.empty(), TimeLimits.rfc5321(), Optional.empty());
        }

        /** Checks that a policy that wants TLS has a context for it. */
        public Settings {
            if (dialogue.tls() != Tls.NONE && tls.isEmpty()) {
                throw new IllegalArgumentException("TLS policy " + dialogue.tls() + " without a context");
            }
        }

        Settings with(SendConfig other) {
            return new Settings(other, peerName, tls, limits, watchdog);
        }
    }

    /** How connecting ended. */
    public sealed interface ConnectResult {
        /**
         * Messages may be transmitted.
         *
         * @param connection open; the caller closes it
         * @param ready what the peer offers
         */
        record Connected(SmtpConnection connection, Handshake.Ready ready) implements ConnectResult {}

        /**
         * The peer answered, but does not want us or lacks what our policy asks for.
         *
         * @param why in the peer's words
         */
        record Refused(Handshake.Refused why) implements ConnectResult {}

        /**
         * No connection, or it broke.
         *
         * @param why one line
         */
        record Lost(Handshake.Lost why) implements ConnectResult {}
    }

    private final SendSession session;
    private final Wire wire;
    private final Settings settings;
    /** Who has taken over. */
    private volatile @Nullable SendLine line;

    private SmtpConnection(Settings settings) {
        this.session = new SendSession(settings.dialogue());
        this.wire = new Wire(settings);
        this.settings = settings;
    }

    /** Connects and shakes hands within the time limits. */
    public static ConnectResult connect(InetSocketAddress peer, Settings settings) {
        return connect(peer, settings, connection -> {});
    }

    /**
     * As {@link #connect(InetSocketAddress, Settings)}.
     *
     * @param dialing is told of the connection before the first packet, so that it can be {@link #abort() aborted};
     *     told twice when TLS fails and the policy has the dialogue start again in clear
     */
    public static ConnectResult connect(InetSocketAddress peer, Settings settings, Consumer<SmtpConnection> dialing) {
        SmtpConnection first = new SmtpConnection(settings);
        Handshake handshake = first.dial(peer, dialing);
        if (!(handshake instanceof Handshake.ClearAgain again)) {
            return result(first, handshake);
        }
        if (first.wire.isAborted()) {
            return new ConnectResult.Lost(new Handshake.Lost(again.why(), Stage.STARTTLS));
        }
        LOG.debug("{}: {}; once more in clear", peer, again.why());
        SmtpConnection second =
                new SmtpConnection(settings.with(settings.dialogue().with(Tls.NONE)));
        return result(second, second.dial(peer, dialing));
    }

    /** A nonce for {@link SendConfig.Credentials.Organization}. */
    public static String newNonce() {
        byte[] octets = new byte[18];
        RANDOM.nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }

    private Handshake dial(InetSocketAddress peer, Consumer<SmtpConnection> dialing) {
        dialing.accept(this);
        Handshake handshake = open(peer);
        if (!(handshake instanceof Handshake.Ready)) {
            wire.cut();
        }
        return handshake;
    }

    private static ConnectResult result(SmtpConnection connection, Handshake handshake) {
        if (handshake instanceof Handshake.Ready ready) {
            return new ConnectResult.Connected(connection, ready);
        }
        return handshake instanceof Handshake.Refused refused
                ? new ConnectResult.Refused(refused)
                : new ConnectResult.Lost((Handshake.Lost) handshake);
    }

    private Handshake open(InetSocketAddress peer) {
        try {
            wire.connect(peer);
        } catch (IOException e) {
            return new Handshake.Lost(
                    "connecting to " + peer.getHostString() + ":" + peer.getPort() + ": " + wire.reason(e),
                    Stage.CONNECT);
        }
        perform(session.opened(), BodySource.of(new byte[0]));
        return session.handshake().orElseGet(() -> new Handshake.Lost("connection closed", Stage.BANNER));
    }

    /**
     * Sends one message and waits for what the peer says. Not for the thread of a loop.
     *
     * @param mail envelope and what is known of the message
     * @param body streamed in parts; read only when the peer wants it or it is small
     * @return one outcome per recipient, in order
     */
    public List<RecipientOutcome> transmit(Outgoing mail, BodySource body) {
        SendLine mine = line;
        if (mine != null) {
            return mine.transmit(mail, body);
        }
        heedFarewell();
        perform(session.transmit(mail, body.size()), body);
        return session.outcomes().orElseThrow(() -> new IllegalStateException("a transaction without outcomes"));
    }

    /** Whether nothing is encrypted, so that an event loop may take over. */
    public boolean isInClear() {
        return line != null || wire.inClear().isPresent();
    }

    /** Whether an event loop has taken over. */
    public boolean isInLoop() {
        return line != null;
    }

    /**
     * As {@link #transmit(Outgoing, BodySource)}, in a loop that the connection belongs to from the first call on. To be
     * called by that loop, when the transaction before has ended.
     *
     * @param body is read in the loop
     * @param then is told one outcome per recipient, in order, by the loop
     * @throws IllegalStateException when the connection is not in clear
     */
    public void transmit(Outgoing mail, BodySource body, EventLoop loop, Consumer<List<RecipientOutcome>> then) {
        SendLine mine = line;
        if (mine == null) {
            mine = new SendLine(
                    wire.inClear().orElseThrow(() -> new IllegalStateException("under TLS")), session, settings, loop);
            line = mine;
            if (wire.isAborted()) {
                mine.abort();
            }
        }
        mine.transmit(mail, body, then);
    }

    /**
     * As {@link #close()}, for a connection that may have been given to a loop: then by that loop, which also calls.
     *
     * @param then is told when it is closed
     */
    public void close(Runnable then) {
        SendLine mine = line;
        if (mine == null) {
            close();
            then.run();
        } else {
            mine.quit(then);
        }
    }

    /** Whether another message may be transmitted; false after {@link #close()} and {@link #abort()}. */
    public boolean usable() {
        SendLine mine = line;
        return session.usable() && (mine == null ? wire.isOpen() : mine.isOpen());
    }

    /** Whether the peer sees to the reports that senders ask for (RFC 3461). */
    public boolean reports() {
        return session.handshake().orElse(null) instanceof Handshake.Ready ready
                && ready.capabilities().offers("DSN");
    }

    /** To be kept for the next {@link SendConfig.Credentials.Organization} with the same secret. */
    public Optional<Scram.Salted> salted() {
        return session.salted();
    }

    /**
     * Says QUIT if the peer still listens, then closes. Does nothing the second time. Not for the thread of a loop, see
     * {@link #close(Runnable)}.
     */
    @Override
    public void close() {
        SendLine mine = line;
        if (mine != null) {
            mine.close();
            return;
        }
        if (usable()) {
            perform(session.quit(), BodySource.of(new byte[0]));
        }
        wire.end();
    }

    /** Cuts the connection at once; a call blocked in another thread returns with what is certain. Any thread. */
    public void abort() {
        wire.abort();
        SendLine mine = line;
        if (mine != null) {
            mine.abort();
        }
    }

    /** An idle connection may have got a 421 or an end of stream by now; better to know before a message leaves. */
    private void heedFarewell() {
        if (!wire.isOpen()) {
            session.lost("the connection was closed before", false);
            return;
        }
        try {
            byte[] words = wire.unasked();
            if (words.length > 0) {
                session.received(words, 0, words.length);
            }
        } catch (IOException e) {
            session.lost(wire.reason(e), false);
        }
    }

    private void perform(List<SendAction> actions, BodySource body) {
        wire.begin();
        try {
            List<SendAction> next = actions;
            while (!next.isEmpty()) {
                next = performed(next, body);
            }
        } catch (BodyException e) {
            wire.cut();
            session.lost(LOCAL_TROUBLE, String.valueOf(e.getMessage()), false);
        } catch (IOException e) {
            hearLastWords(e);
        }
    }

    private List<SendAction> performed(List<SendAction> actions, BodySource body) throws IOException {
        for (SendAction action : actions) {
            if (action instanceof SendAction.Write write) {
                wire.write(write.octets());
            } else if (action instanceof SendAction.WriteBody message) {
                wire.writeBody(body, message.dotted());
            } else if (action instanceof SendAction.StartTls start) {
                return session.tlsEnded(wire.startTls(start.judged()));
            } else if (action instanceof SendAction.Await await) {
                int length = wire.read(await.stage());
                return session.received(wire.input(), 0, length);
            } else {
                wire.flush();
                wire.end();
            }
        }
        return List.of();
    }

    /** A peer that refuses while we are still writing has said why; its replies are in the receive buffer. */
    private void hearLastWords(IOException trouble) {
        String reason = wire.reason(trouble);
        if (wire.isWriting()) {
            try {
                int length = wire.readWhatIsThere();
                session.received(wire.input(), 0, length);
            } catch (IOException e) {
                reason = wire.reason(trouble);
            }
        }
        session.lost(reason, wire.isBodyComplete());
        wire.cut();
    }
}
