package org.bridgehead.core.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;

/** A shell without sockets: feeds a session and keeps what it says and takes in. */
final class ReceiveDriver {
    static final Instant NOW = Instant.parse("2026-03-01T09:05:07Z");
    static final ReceiveConfig CONFIG = ReceiveConfig.smtp("BER-HT1", "Berlin", ReceiveLimits.HUB);

    /** A message that was accepted. */
    record Accepted(Envelope envelope, Facts facts, byte[] octets) {
        String text() {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }

    /** Local parts decide: {@code unknown}, {@code busy}, {@code closing}; login anna, password secret. */
    static class Policy implements ReceivePolicy {
        static final Scram.Credentials CREDENTIALS =
                Scram.Credentials.of("organization secret", "salt".getBytes(StandardCharsets.US_ASCII), 4096);

        @Override
        public Optional<Reply> sender(Peer peer, Optional<EmailAddress> sender, long declaredSize) {
            return sender.filter(a -> a.localPart().equals("spammer"))
                    .map(a -> Reply.of(554, "5.1.0", "Sender denied"));
        }

        @Override
        public Optional<Reply> recipient(
                Peer peer, Optional<EmailAddress> sender, List<Recipient> soFar, Recipient recipient) {
            switch (recipient.address().localPart()) {
                case "unknown":
                    return Optional.of(Reply.of(550, "5.1.1", "User unknown"));
                case "busy":
                    return Optional.of(Reply.of(451, "4.3.0", "Ask again"));
                case "closing":
                    return Optional.of(Reply.of(421, "4.3.2", "Going down"));
                default:
                    return Optional.empty();
            }
        }

        @Override
        public Optional<Reply> data(Peer peer, Envelope envelope) {
            boolean refused = envelope.recipients().get(0).address().localPart().equals("nodata");
            return refused ? Optional.of(Reply.of(554, "5.7.1", "Not this one")) : Optional.empty();
        }

        @Override
        public Optional<String> user(Peer peer, String login, String password) {
            return login.equals("anna") && password.equals("secret") ? Optional.of("Anna Smith") : Optional.empty();
        }

        @Override
        public Optional<Scram.Credentials> serverCredentials() {
            return Optional.of(CREDENTIALS);
        }

        @Override
        public Optional<String> server(Peer peer, String provedName) {
            return provedName.equalsIgnoreCase("ber-edge1") ? Optional.of("BER-EDGE1") : Optional.empty();
        }
    }

    final ReceiveSession session;
    final List<Accepted> accepted = new ArrayList<>();
    /** Octets the peer read. */
    final StringBuilder said = new StringBuilder();
    /** What happened: {@code begin}, {@code abort}, {@code tls}, {@code close}. */
    final List<String> events = new ArrayList<>();
    /** How often something was written. */
    int writes;

    Optional<Reply> refuseBegin = Optional.empty();
    List<Reply> endReplies = List.of(Reply.of(250, "2.0.0", "Queued"));
    List<String> certificateNames = List.of();

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private long number;

    ReceiveDriver(ReceiveConfig config) {
        this(config, new Policy());
    }

    ReceiveDriver(ReceiveConfig config, ReceivePolicy policy) {
        session = new ReceiveSession(config, policy);
        perform(session.opened("192.0.2.7", false, "nonce"));
    }

    /** Opened, greeted, and everything said so far forgotten. */
    static ReceiveDriver greeted(ReceiveConfig config) {
        ReceiveDriver driver = new ReceiveDriver(config);
        driver.send((config.isLmtp() ? "LHLO" : "EHLO") + " client.test\r\n");
        driver.said.setLength(0);
        driver.writes = 0;
        return driver;
    }

    /** Sends text, one octet per character; answers what was said to it. */
    String send(String text) {
        return send(octets(text));
    }

    String send(byte[] octets) {
        int before = said.length();
        byte[] buffer = octets.clone();
        perform(session.received(buffer, 0, buffer.length));
        // A shell may use its buffer again at once.
        java.util.Arrays.fill(buffer, (byte) 0);
        return said.substring(before);
    }

    void perform(List<ReceiveAction> actions) {
        for (ReceiveAction action : actions) {
            if (action instanceof ReceiveAction.Send send) {
                writes++;
                said.append(new String(send.octets(), StandardCharsets.US_ASCII));
            } else if (action instanceof ReceiveAction.BodyOctets octets) {
                body.write(octets.data(), octets.offset(), octets.length());
            } else if (action instanceof ReceiveAction.BeginMessage) {
                begin();
            } else if (action instanceof ReceiveAction.EndMessage end) {
                accepted.add(new Accepted(end.envelope(), end.facts(), body.toByteArray()));
                perform(session.messageEnded(endReplies));
            } else if (action instanceof ReceiveAction.AbortMessage) {
                events.add("abort");
            } else if (action instanceof ReceiveAction.StartTls) {
                events.add("tls");
                perform(session.tlsStarted(certificateNames));
            } else {
                events.add("close");
            }
        }
    }

    private void begin() {
        events.add("begin");
        body.reset();
        perform(
                refuseBegin.isPresent()
                        ? session.messageRefused(refuseBegin.get())
                        : session.messageBegun(
                                new MessageStart(new InternalId(++number), new TransportId(0, number), NOW)));
    }

    /** The one message accepted. */
    Accepted only() {
        if (accepted.size() != 1) {
            throw new AssertionError(accepted.size() + " messages, said: " + said);
        }
        return accepted.get(0);
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
