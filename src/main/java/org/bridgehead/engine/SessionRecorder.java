package org.bridgehead.engine;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bridgehead.core.smtp.Peer;
import org.bridgehead.core.smtp.PeerTrust;
import org.bridgehead.core.smtp.ReceiveAction;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.core.smtp.Scribe;

/**
 * Writes down one connection for tests; what is too long is cut. Written by the session's thread, read by any.
 */
final class SessionRecorder implements Scribe {
    private static final int MOST_LINES = 5_000;
    private static final int MOST_HEADER = 64 << 10;

    private final String server;
    private final Instant opened;
    private Peer peer;
    private final List<SmtpSession.Line> lines = new ArrayList<>();
    /** The header of the message behind the line at the same place; empty for other lines. */
    private final List<String> headers = new ArrayList<>();

    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private long octets;

    SessionRecorder(String server, Instant opened, Peer peer) {
        this.server = server;
        this.opened = opened;
        this.peer = peer;
    }

    @Override
    public synchronized void heard(Peer as, byte[] line, int length, boolean secret) {
        peer = as;
        add(true, secret ? hidden(SmtpSession.text(line, length)) : SmtpSession.text(line, length), "");
    }

    /** The mechanism may be seen, what follows may not. */
    private static String hidden(String line) {
        boolean command = line.toUpperCase(Locale.ROOT).matches("(?s)AUTH [^ ]+.*");
        return command
                ? line.replaceFirst("(?s)^(AUTH [^ ]+).*", "$1") + (line.indexOf(' ', 5) > 0 ? " (hidden)" : "")
                : "(hidden)";
    }

    @Override
    public synchronized void said(Reply reply) {
        String status = reply.status().map(s -> s + " ").orElse("");
        for (int i = 0; i < reply.lines().size(); i++) {
            String dash = i < reply.lines().size() - 1 ? "-" : " ";
            add(false, reply.code() + dash + status + reply.lines().get(i), "");
        }
    }

    @Override
    public synchronized void wants(ReceiveAction action) {
        if (action instanceof ReceiveAction.BeginMessage begin) {
            peer = begin.peer();
            header.reset();
            octets = 0;
        } else if (action instanceof ReceiveAction.BodyOctets body) {
            octets += body.length();
            header.write(body.data(), body.offset(), Math.min(body.length(), MOST_HEADER - header.size()));
        } else if (action instanceof ReceiveAction.EndMessage || action instanceof ReceiveAction.AbortMessage) {
            add(
                    true,
                    "(" + octets + " octets"
                            + (action instanceof ReceiveAction.EndMessage ? ")" : ", not all of them)"),
                    head());
        }
    }

    private String head() {
        String text = SmtpSession.text(header.toByteArray(), header.size());
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? text : text.substring(0, end + 2);
    }

    private void add(boolean byClient, String text, String head) {
        if (lines.size() < MOST_LINES) {
            lines.add(new SmtpSession.Line(byClient, text));
            headers.add(head);
        }
    }

    /** As far as it has come. */
    synchronized SmtpSession session() {
        return new SmtpSession(
                server,
                opened,
                peer.address(),
                peer.hello(),
                peer.tls(),
                identity(),
                lines,
                new TranscriptReader(lines, headers).mails());
    }

    private String identity() {
        if (peer.trust() instanceof PeerTrust.User user) {
            return user.name();
        }
        return peer.trust() instanceof PeerTrust.Server its ? its.name() : "";
    }
}
