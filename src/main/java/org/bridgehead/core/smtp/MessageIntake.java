package org.bridgehead.core.smtp;

import java.util.Optional;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.TransferState;
import org.jspecify.annotations.Nullable;

/**
 * One message while it arrives: looks at it, prepends our header fields once its own header is known, passes it on.
 * After something that may not be, the rest is read and thrown away, so that the reply comes where the peer expects
 * it. Owned by one session.
 */
final class MessageIntake {
    private final ReceiveConfig config;
    private final ReceiveLimits limits;
    private final Peer peer;
    private final boolean extended;
    private final Envelope envelope;
    private final Optional<TransferState> believed;
    private final Optional<Handover.Mark> mark;
    private final MessageStart start;
    private final Outbox out;
    private final DataScanner scanner;
    private final HeaderScanner header;
    private long size;
    private long read;
    private boolean headerSent;
    private @Nullable Reply refusal;

    MessageIntake(
            ReceiveConfig config,
            Peer peer,
            boolean extended,
            ReceiveTransaction transaction,
            MessageStart start,
            Outbox out) {
        this.config = config;
        this.peer = peer;
        this.extended = extended;
        this.envelope = transaction.envelope();
        this.believed = transaction.told().map(XState.Told::state);
        this.mark = transaction.told().flatMap(XState.Told::handover);
        this.start = start;
        this.out = out;
        this.limits = peer.trust().isServer() ? config.limits().betweenServers() : config.limits();
        this.scanner = new DataScanner(!transaction.isChunking(), limits.maxTextLine());
        this.header = new HeaderScanner(limits.maxHeaderSize(), start.headerFields());
    }

    /** Reads on, up to the end of the message; answers where it stopped. */
    int take(byte[] data, int from, int to) {
        int stopped = scanner.scan(data, from, to, this::octets);
        read += stopped - from;
        scanner.problem().ifPresent(this::refuse);
        return stopped;
    }

    /** Whether CR LF . CR LF has been seen. */
    boolean ended() {
        return scanner.ended();
    }

    /** No more octets come. */
    void finish() {
        scanner.finish();
        scanner.problem().ifPresent(this::refuse);
        if (refusal == null && !headerSent) {
            header.finish();
            sendHeader();
        }
    }

    /** Why the message cannot be accepted; empty so far = it can. */
    Optional<Reply> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Whether a refused message has gone on for so long that waiting for its end makes no sense. */
    boolean isEndless() {
        return refusal != null && read > endless(config);
    }

    /** Octets that nobody sends in good faith. */
    static long endless(ReceiveConfig config) {
        long most = config.limits().maxMessageSize();
        return most > Long.MAX_VALUE / 4 ? Long.MAX_VALUE : 2 * most + (1 << 20);
    }

    /** Tells the shell to forget the message, unless that has been told. */
    void abort() {
        if (refusal == null) {
            out.add(new ReceiveAction.AbortMessage());
        }
    }

    /** Everything known of a message that has come to its end. */
    ReceiveAction.EndMessage end() {
        Optional<String> user = peer.trust() instanceof PeerTrust.User u ? Optional.of(u.name()) : Optional.empty();
        TransferState state = believed.orElseGet(() -> TransferState.fresh(start.transportId(), start.now(), size, user)
                .with(header.priority()));
        String source = peer.trust() instanceof PeerTrust.Server server
                ? "server " + server.name()
                : (config.isLmtp() ? "lmtp " : "smtp ") + peer.address();
        Facts facts =
                new Facts(state, header.facts(this::substitute, scanner.eightBit()), start.now(), source, handover());
        return new ReceiveAction.EndMessage(envelope, facts);
    }

    /** A mark counts for the server that has proved who it is: nobody can speak of what another one handed over. */
    private Optional<Handover> handover() {
        return peer.trust() instanceof PeerTrust.Server server
                ? mark.map(said -> new Handover(server.name(), said))
                : Optional.empty();
    }

    private void octets(byte[] data, int from, int to) {
        long room = limits.maxMessageSize() - size;
        int end = to - from > room ? from + (int) room : to;
        int pos = refusal == null && !headerSent ? header(data, from, end) : from;
        if (refusal == null && pos < end) {
            out.add(new ReceiveAction.BodyOctets(data, pos, end - pos));
        }
        size += end - from;
        if (end < to) {
            refuse(tooBig(limits));
        }
    }

    private int header(byte[] data, int from, int to) {
        int pos = header.take(data, from, to);
        if (header.tooLong()) {
            refuse(Reply.of(552, "5.3.4", "Header exceeds " + limits.maxHeaderSize() + " octets"));
        } else if (header.complete()) {
            sendHeader();
        }
        return pos;
    }

    private void sendHeader() {
        headerSent = true;
        if (header.receivedLines() >= config.limits().maxHops()) {
            refuse(Reply.of(
                    554,
                    "5.4.6",
                    "Mail loop: " + header.receivedLines() + " Received fields, maximum "
                            + config.limits().maxHops() + " hops"));
            return;
        }
        byte[] prefix = TraceHeaders.octets(prefix());
        out.add(new ReceiveAction.BodyOctets(prefix, 0, prefix.length));
        if (header.length() > 0) {
            out.add(new ReceiveAction.BodyOctets(header.octets(), 0, header.length()));
        }
    }

    private String prefix() {
        String received = TraceHeaders.received(config, peer, extended, envelope, start);
        boolean ours = peer.trust().isServer() || header.hasMessageId();
        return received + (ours ? "" : TraceHeaders.messageId(substitute())) + (header.needsSeparator() ? "\r\n" : "");
    }

    /** What stands for a Message-ID that the sender did not give. */
    private MessageId substitute() {
        return new MessageId(
                "<" + believed.map(TransferState::id).orElse(start.transportId()) + "@" + config.serverName() + ">");
    }

    static Reply tooBig(ReceiveLimits limits) {
        return Reply.of(552, "5.3.4", "Message size exceeds " + limits.maxMessageSize() + " octets");
    }

    private void refuse(Reply reply) {
        if (refusal == null) {
            abort();
            refusal = reply;
        }
    }
}
