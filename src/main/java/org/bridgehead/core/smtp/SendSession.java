package org.bridgehead.core.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.SendAction.Stage;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one SMTP (RFC 5321) or LMTP (RFC 2033) connection as a state machine over octets: it is told
 * what happened and answers with {@link SendAction}s. Life: {@link #opened()}, then {@link #received} until
 * {@link #handshake()} has a result; when that is {@link Handshake.Ready}, any number of {@link #transmit}, each
 * followed by {@code received} until {@link #outcomes()} has a result; {@link #quit()} at the end. Whenever the
 * connection breaks: {@link #lost}. Deterministic: no sockets, no clock, no randomness. Not thread-safe.
 */
public final class SendSession {
    private static final EnhancedStatus LOST = EnhancedStatus.of("4.4.2");

    private final SendConfig config;
    private final ReplyReader reader = new ReplyReader();
    private final HandshakeDialogue handshake;
    private @Nullable Transaction transaction;
    private boolean reset;
    private boolean quitting;
    private boolean ended;

    /** A session before its first octet. */
    public SendSession(SendConfig config) {
        this.config = config;
        this.handshake = new HandshakeDialogue(config);
    }

    /** The connection is open. */
    public List<SendAction> opened() {
        return List.of(new SendAction.Await(Stage.BANNER));
    }

    /** Answers {@link SendAction.StartTls}: what came of it. */
    public List<SendAction> tlsEnded(TlsOutcome outcome) {
        List<SendAction> actions = handshake.tlsEnded(outcome);
        ended |= handshake.isOver();
        return awaiting(actions);
    }

    /** Octets have arrived; they may be cut anywhere. */
    public List<SendAction> received(byte[] octets, int offset, int length) {
        reader.feed(octets, offset, length);
        List<SendAction> actions = new ArrayList<>();
        while (isWaiting()) {
            Optional<PeerReply> reply = reader.next();
            if (reply.isEmpty()) {
                reader.fault().ifPresent(fault -> actions.addAll(malformed(fault)));
                break;
            }
            List<SendAction> next = replied(reply.get());
            if (next.stream().anyMatch(action -> action instanceof SendAction.StartTls)) {
                // Said in clear behind the 220, to be read as if it had been said under TLS (CVE-2011-0411, client
                // side).
                boolean intruded = !reader.isEmpty();
                reader.clear();
                actions.addAll(intruded ? tlsEnded(new TlsOutcome.Intruded()) : next);
                return actions;
            }
            actions.addAll(next);
        }
        // Nobody asked: the peer says good-bye, or the dialogue is out of step.
        ended |= !isWaiting() && handshake.result().isPresent() && !reader.isEmpty();
        return awaiting(actions);
    }

    /**
     * Starts a transaction. What the peer cannot take by what it offers, or everything when the connection is no longer
     * {@link #usable()}, has its outcomes at once and nothing is sent.
     *
     * @param mail envelope and what is known of the message
     * @param size octets of the message
     * @throws IllegalStateException before the handshake is ready or while a transaction is running
     */
    public List<SendAction> transmit(Outgoing mail, long size) {
        if (!(handshake.result().orElse(null) instanceof Handshake.Ready ready) || isTransmitting()) {
            throw new IllegalStateException("not ready for a message");
        }
        ended |= !reader.isEmpty();
        transaction = new Transaction(
                new TransactionPlan(config, ready.capabilities(), mail, size, reset),
                config.protocol() == Protocol.LMTP);
        if (ended) {
            String words = reader.next().map(reply -> ": " + reply.text()).orElse("");
            transaction.lost(LOST, "the connection was closed before" + words, false);
            return List.of();
        }
        List<SendAction> actions = transaction.begin();
        reset |= !actions.isEmpty();
        return awaiting(actions);
    }

    /** As {@link #lost(EnhancedStatus, String, boolean)} with 4.4.2, connection dropped. */
    public void lost(String reason, boolean complete) {
        lost(LOST, reason, complete);
    }

    /**
     * The connection is gone: closed by the peer, broken, cut by us or too slow.
     *
     * @param status for recipients that surely did not get the message
     * @param reason one line
     * @param complete whether the last octet of the message may have left: then its fate is unknown
     */
    public void lost(EnhancedStatus status, String reason, boolean complete) {
        ended = true;
        if (handshake.result().isEmpty()) {
            handshake.lost(reason);
        } else if (transaction != null && transaction.outcomes().isEmpty()) {
            transaction.lost(status, reason, complete);
        }
    }

    /** Says good-bye. */
    public List<SendAction> quit() {
        if (!usable() || isTransmitting()) {
            ended = true;
            return List.of(new SendAction.Close());
        }
        quitting = true;
        return awaiting(List.of(HandshakeDialogue.line("QUIT")));
    }

    /** How opening the connection ended; empty while it lasts. */
    public Optional<Handshake> handshake() {
        return handshake.result();
    }

    /** The outcomes of the last transaction in the order of its recipients; empty while it is running. */
    public Optional<List<RecipientOutcome>> outcomes() {
        return transaction == null ? Optional.empty() : transaction.outcomes();
    }

    /** Whether another message may be transmitted over this connection. */
    public boolean usable() {
        return !ended
                && !quitting
                && handshake.result().orElse(null) instanceof Handshake.Ready
                && (transaction == null || !transaction.isBroken());
    }

    /** What was derived from the organisation's secret; handing it to the next connection makes that one cheaper. */
    public Optional<Scram.Salted> salted() {
        return handshake.salted();
    }

    private List<SendAction> replied(PeerReply reply) {
        if (quitting) {
            ended = true;
            return List.of(new SendAction.Close());
        }
        if (handshake.result().isEmpty()) {
            List<SendAction> actions = handshake.replied(reply);
            ended = handshake.isOver();
            return actions;
        }
        Transaction running = transaction;
        if (running == null || running.outcomes().isPresent()) {
            throw new IllegalStateException("no reply is due");
        }
        return settled(running, running.replied(reply));
    }

    private List<SendAction> malformed(String fault) {
        ended = true;
        if (quitting) {
            return List.of(new SendAction.Close());
        }
        Transaction running = transaction;
        return running == null ? handshake.malformed(fault) : settled(running, running.malformed(fault));
    }

    private List<SendAction> settled(Transaction running, List<SendAction> actions) {
        if (running.outcomes().isPresent()) {
            ended |= running.isBroken();
            reset = !running.isFinished();
        }
        return actions;
    }

    private boolean isTransmitting() {
        return transaction != null && transaction.outcomes().isEmpty();
    }

    private boolean isWaiting() {
        return !ended && (quitting || handshake.result().isEmpty() || isTransmitting());
    }

    private List<SendAction> awaiting(List<SendAction> actions) {
        if (!isWaiting()) {
            return actions;
        }
        List<SendAction> all = new ArrayList<>(actions);
        all.add(new SendAction.Await(stage()));
        return all;
    }

    private Stage stage() {
        if (quitting) {
            return Stage.QUIT;
        }
        return transaction == null ? handshake.stage() : transaction.stage();
    }
}
