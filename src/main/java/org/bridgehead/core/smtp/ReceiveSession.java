package org.bridgehead.core.smtp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.smtp.ReceiveDialogue.Next;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of one SMTP or LMTP connection (RFC 5321, RFC 2033) without socket, clock and randomness: octets
 * go in, {@link ReceiveAction}s come out, the same for the same octets however they were cut into pieces. All replies
 * to one piece of input leave in one {@link ReceiveAction.Send}, so that pipelining (RFC 2920) pays.
 *
 * <p>Documented liberties: octets above 127 are accepted without BODY=8BITMIME; blanks behind {@code FROM:} and
 * {@code TO:}; a BDAT message need not end with CR LF. Documented strictness: a bare CR, bare LF or NUL in a message is
 * {@code 550 5.6.11} when its end has been reached, in a command {@code 500 5.5.2} and the end of the connection.
 *
 * <p>Not thread-safe: one owner at a time. A call out of order is a bug and throws {@link IllegalStateException}. (Longer
 * than most files: the calls of the shell and the modes of reading belong together.)
 */
public final class ReceiveSession {
    private enum Mode {
        NEW,
        LINES,
        DATA,
        CHUNK,
        BEGINNING,
        ENDING,
        SECURING,
        CLOSED
    }

    /** Octets kept while an answer is awaited. */
    private static final int MOST_KEPT = 256 << 10;

    private static final byte[] NOTHING = {};

    private final ReceiveConfig config;
    private final ReceivePolicy policy;
    private final Outbox out = new Outbox();
    private final LineReader lines = new LineReader();
    private @Nullable ReceiveDialogue dialogue;
    private @Nullable MessageIntake intake;
    private Mode mode = Mode.NEW;
    private byte[] input = NOTHING;
    private int position;
    private int limit;
    private long chunkLeft;

    /** A session that has yet to be opened. */
    public ReceiveSession(ReceiveConfig config, ReceivePolicy policy) {
        this.config = config;
        this.policy = policy;
    }

    /**
     * The connection stands.
     *
     * @param address the peer's IP address in text form
     * @param loopback whether it is on this machine
     * @param nonce random printable ASCII without comma, used once: the server's part in AUTH SCRAM-SHA-256
     */
    public List<ReceiveAction> opened(String address, boolean loopback, String nonce) {
        expect(Mode.NEW);
        Peer peer = new Peer(address, loopback, "", false, PeerTrust.ANONYMOUS);
        ReceiveDialogue fresh = new ReceiveDialogue(config, policy, peer, nonce, out);
        dialogue = fresh;
        mode = Mode.LINES;
        follow(fresh.greet());
        return out.take(false);
    }

    /**
     * Octets have come.
     *
     * @param data not kept beyond the actions of this call
     * @throws IllegalStateException when the shell reads on and on although an answer is awaited
     */
    public List<ReceiveAction> received(byte[] data, int offset, int length) {
        if (mode == Mode.NEW) {
            throw new IllegalStateException("not opened");
        }
        if (mode == Mode.CLOSED || mode == Mode.SECURING) {
            return List.of();
        }
        if (position < limit) {
            keep(data, offset, length);
        } else {
            input = data;
            position = offset;
            limit = offset + length;
        }
        return run(input == data);
    }

    /** Answers {@link ReceiveAction.BeginMessage}: there is room. */
    public List<ReceiveAction> messageBegun(MessageStart start) {
        expect(Mode.BEGINNING);
        ReceiveDialogue talk = dialogue();
        ReceiveTransaction transaction = talk.transaction();
        intake = new MessageIntake(config, talk.peer(), talk.extended(), transaction, start, out);
        if (transaction.isChunking()) {
            mode = Mode.CHUNK;
            endEmptyChunk();
        } else {
            talk.say(Reply.plain(354, "Start mail input; end with <CRLF>.<CRLF>"));
            mode = Mode.DATA;
        }
        return run(false);
    }

    /** Answers {@link ReceiveAction.BeginMessage}: there is none, for example {@code 452 4.3.1}. */
    public List<ReceiveAction> messageRefused(Reply reply) {
        expect(Mode.BEGINNING);
        ReceiveDialogue talk = dialogue();
        if (talk.transaction().isChunking()) {
            talk.refuseChunk(reply);
            mode = Mode.CHUNK;
            endEmptyChunk();
        } else {
            talk.messageOver();
            follow(talk.say(reply));
        }
        return run(false);
    }

    /**
     * Answers {@link ReceiveAction.EndMessage}.
     *
     * @param replies LMTP: one per recipient, in order; SMTP: one. Where there are fewer, the last counts for the rest
     */
    public List<ReceiveAction> messageEnded(List<Reply> replies) {
        expect(Mode.ENDING);
        if (replies.isEmpty()) {
            throw new IllegalArgumentException("a message is answered");
        }
        int count = config.isLmtp() ? dialogue().transaction().size() : 1;
        intake = null;
        Next next = Next.COMMAND;
        for (int i = 0; i < count; i++) {
            Next said = dialogue().say(replies.get(Math.min(i, replies.size() - 1)));
            next = said == Next.CLOSE ? said : next;
        }
        dialogue().messageOver();
        follow(next);
        return run(false);
    }

    /**
     * Answers {@link ReceiveAction.StartTls}: the connection is encrypted.
     *
     * @param certificateNames DNS names and common name of the peer's certificate when it gave one that was verified;
     *     else empty
     */
    public List<ReceiveAction> tlsStarted(List<String> certificateNames) {
        expect(Mode.SECURING);
        dialogue().secured(certificateNames);
        lines.clear();
        mode = Mode.LINES;
        return out.take(false);
    }

    /** The peer was silent for too long, or the connection is too old. */
    public List<ReceiveAction> timedOut() {
        return farewell(Reply.of(421, "4.4.1", "Connection timed out"));
    }

    /** The server stops. To be called between transactions, see {@link #inTransaction()}; else the message is lost. */
    public List<ReceiveAction> stopped() {
        return farewell(Reply.of(421, "4.3.2", "Service shutting down"));
    }

    /** The connection is gone; whatever is answered from now on is of no use. */
    public List<ReceiveAction> closed() {
        abort();
        mode = Mode.CLOSED;
        return out.take(true);
    }

    /** Whether a MAIL has been accepted whose message has not got its final reply. */
    public boolean inTransaction() {
        return dialogue != null && mode != Mode.CLOSED && dialogue.transaction().isOpen();
    }

    /** Whether the session waits for an answer of the shell, and input had better not be read. */
    public boolean isWaiting() {
        return mode == Mode.BEGINNING || mode == Mode.ENDING || mode == Mode.SECURING;
    }

    /** Whether it has asked for the end of the connection, or was told of it. */
    public boolean isClosed() {
        return mode == Mode.CLOSED;
    }

    /** Who is on the other side, as far as it is known. */
    public Peer peer() {
        return dialogue().peer();
    }

    private List<ReceiveAction> farewell(Reply reply) {
        if (mode == Mode.CLOSED || mode == Mode.NEW) {
            return List.of();
        }
        abort();
        dialogue().say(reply);
        close();
        return out.take(false);
    }

    private List<ReceiveAction> run(boolean foreign) {
        while (position < limit && (mode == Mode.LINES || mode == Mode.DATA || mode == Mode.CHUNK)) {
            if (mode == Mode.LINES) {
                line();
            } else if (mode == Mode.DATA) {
                data();
            } else {
                chunk();
            }
        }
        if (position < limit && foreign) {
            input = Arrays.copyOfRange(input, position, limit);
            limit -= position;
            position = 0;
        }
        return out.take(mode == Mode.BEGINNING || mode == Mode.ENDING);
    }

    private void line() {
        LineReader.Found found = lines.read(input, position, limit, dialogue().longestLine());
        position = lines.position();
        if (found == LineReader.Found.UNTRUSTED) {
            dialogue().say(Reply.of(500, "5.5.2", "Bare CR, bare LF or NUL in a command, or a line without end"));
            close();
        } else if (found == LineReader.Found.TOO_LONG) {
            lines.clear();
            follow(dialogue().tooLong());
        } else if (found == LineReader.Found.LINE) {
            Next next = dialogue().line(lines.line(), lines.length());
            lines.clear();
            if (!dialogue().transaction().isOpen()) {
                abort();
            }
            follow(next);
        }
    }

    private void follow(Next next) {
        if (next == Next.CLOSE) {
            close();
        } else if (next == Next.TLS) {
            out.addAfterReplies(new ReceiveAction.StartTls());
            mode = Mode.SECURING;
            forgetInput();
        } else if (next == Next.DATA) {
            begin();
        } else if (next == Next.CHUNK) {
            beginChunk();
        } else {
            mode = Mode.LINES;
        }
    }

    private void begin() {
        ReceiveTransaction transaction = dialogue().transaction();
        out.add(new ReceiveAction.BeginMessage(
                dialogue().peer(), transaction.envelope(), transaction.mail().size()));
        mode = Mode.BEGINNING;
    }

    private void beginChunk() {
        ReceiveTransaction transaction = dialogue().transaction();
        chunkLeft = dialogue().chunk().size();
        if (dialogue().chunkRefusal().isEmpty() && !transaction.isChunking()) {
            transaction.beginChunking();
            begin();
        } else {
            mode = Mode.CHUNK;
            endEmptyChunk();
        }
    }

    private void data() {
        MessageIntake message = intake();
        position = message.take(input, position, limit);
        if (message.isEndless()) {
            dialogue().say(message.refusal().orElseThrow());
            close();
        } else if (message.ended()) {
            endMessage(config.isLmtp() ? dialogue().transaction().size() : 1);
        }
    }

    private void chunk() {
        int octets = (int) Math.min(chunkLeft, limit - position);
        if (dialogue().chunkRefusal().isEmpty()) {
            intake().take(input, position, position + octets);
        }
        position += octets;
        chunkLeft -= octets;
        endEmptyChunk();
    }

    private void endEmptyChunk() {
        if (chunkLeft > 0) {
            return;
        }
        ReceiveDialogue talk = dialogue();
        Optional<Reply> refusal = talk.chunkRefusal().or(() -> intake().refusal());
        if (refusal.isPresent()) {
            refuseMessage(refusal.get(), talk.chunkReplies());
        } else if (talk.chunk().last()) {
            endMessage(talk.chunkReplies());
        } else {
            follow(talk.say(Reply.of(250, "2.0.0", talk.chunk().size() + " octets received")));
        }
    }

    private void endMessage(int replies) {
        MessageIntake message = intake();
        message.finish();
        Optional<Reply> refusal = message.refusal();
        if (refusal.isPresent()) {
            refuseMessage(refusal.get(), replies);
        } else {
            out.add(message.end());
            mode = Mode.ENDING;
        }
    }

    private void refuseMessage(Reply reply, int replies) {
        Next next = Next.COMMAND;
        for (int i = 0; i < replies; i++) {
            next = dialogue().say(reply);
        }
        intake = null;
        dialogue().messageOver();
        follow(next);
    }

    private void abort() {
        if (intake != null) {
            intake.abort();
            intake = null;
        }
    }

    private void close() {
        abort();
        out.addAfterReplies(new ReceiveAction.Close());
        mode = Mode.CLOSED;
        forgetInput();
    }

    private void forgetInput() {
        input = NOTHING;
        position = 0;
        limit = 0;
    }

    private void keep(byte[] data, int offset, int length) {
        int kept = limit - position;
        if (kept + length > MOST_KEPT) {
            throw new IllegalStateException("the session awaits an answer and " + kept + " octets are kept already");
        }
        byte[] joined = Arrays.copyOfRange(input, position, limit + length);
        System.arraycopy(data, offset, joined, kept, length);
        input = joined;
        position = 0;
        limit = joined.length;
    }

    private MessageIntake intake() {
        if (intake == null) {
            throw new IllegalStateException("no message has begun");
        }
        return intake;
    }

    private ReceiveDialogue dialogue() {
        if (dialogue == null) {
            throw new IllegalStateException("not opened");
        }
        return dialogue;
    }

    private void expect(Mode expected) {
        if (mode != expected) {
            throw new IllegalStateException("the session is " + mode + ", not " + expected);
        }
    }
}
