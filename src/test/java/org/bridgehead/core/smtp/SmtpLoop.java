package org.bridgehead.core.smtp;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransportId;

/** A sending and a receiving session joined by two pipes that cut the octets anywhere. */
final class SmtpLoop {
    static final TransportId ID = new TransportId(47, 11);

    /** A message that the receiving side took. */
    record Arrived(Envelope envelope, Facts facts, byte[] octets) {}

    final SendSession sender;
    final ReceiveSession receiver;
    final List<Arrived> messages = new ArrayList<>();
    /** Whether the receiving side had no room for the last message. */
    boolean refusesMessage;

    private final SendConfig sending;
    private final Random random;
    private final ByteArrayOutputStream arriving = new ByteArrayOutputStream();
    private byte[] body = {};
    private byte[] toReceiver = {};
    private byte[] toSender = {};
    private long number;

    SmtpLoop(SendConfig sending, ReceiveConfig receiving, ReceivePolicy policy, Random random) {
        this.sending = sending;
        this.sender = new SendSession(sending);
        this.receiver = new ReceiveSession(receiving, policy);
        this.random = random;
    }

    static boolean full(EmailAddress address) {
        return address.localPart().startsWith("full");
    }

    boolean isLmtp() {
        return sending.protocol() == SendConfig.Protocol.LMTP;
    }

    void open() {
        receive(receiver.opened("127.0.0.1", true, "s" + random.nextLong()));
        send(sender.opened());
        run();
    }

    List<RecipientOutcome> transmit(Outgoing mail, byte[] octets) {
        body = octets;
        refusesMessage = random.nextInt(10) == 0;
        send(sender.transmit(mail, octets.length));
        run();
        return sender.outcomes().orElseThrow(() -> new AssertionError("stuck"));
    }

    void quit() {
        send(sender.quit());
        run();
    }

    private void run() {
        while (toReceiver.length + toSender.length > 0) {
            if (toSender.length == 0 || (toReceiver.length > 0 && random.nextBoolean())) {
                byte[] part = part(toReceiver);
                toReceiver = rest(toReceiver, part.length);
                receive(receiver.received(part, 0, part.length));
            } else {
                byte[] part = part(toSender);
                toSender = rest(toSender, part.length);
                send(sender.received(part, 0, part.length));
            }
        }
    }

    private void send(List<SendAction> actions) {
        for (SendAction action : actions) {
            if (action instanceof SendAction.Write write) {
                toReceiver = joined(toReceiver, write.octets());
            } else if (action instanceof SendAction.WriteBody message) {
                DotStuffer stuffer = new DotStuffer();
                toReceiver = joined(toReceiver, message.dotted() ? stuffer.encode(body, 0, body.length) : body);
                toReceiver = joined(toReceiver, message.dotted() ? stuffer.end() : new byte[0]);
            } else if (action instanceof SendAction.StartTls) {
                receive(receiver.tlsStarted(List.of()));
                send(sender.tlsEnded(new TlsOutcome.Secured()));
            }
        }
    }

    private void receive(List<ReceiveAction> actions) {
        for (ReceiveAction action : actions) {
            if (action instanceof ReceiveAction.Send reply) {
                toSender = joined(toSender, reply.octets());
            } else if (action instanceof ReceiveAction.BeginMessage) {
                arriving.reset();
                receive(
                        refusesMessage
                                ? receiver.messageRefused(Reply.of(452, "4.3.1", "no room"))
                                : receiver.messageBegun(new MessageStart(new InternalId(++number), ID, Instant.EPOCH)));
            } else if (action instanceof ReceiveAction.BodyOctets octets) {
                arriving.write(octets.data(), octets.offset(), octets.length());
            } else if (action instanceof ReceiveAction.EndMessage end) {
                messages.add(new Arrived(end.envelope(), end.facts(), arriving.toByteArray()));
                receive(receiver.messageEnded(replies(end.envelope())));
            }
        }
    }

    private List<Reply> replies(Envelope envelope) {
        List<Reply> replies = new ArrayList<>();
        for (Recipient recipient : envelope.recipients()) {
            boolean no = isLmtp() && full(recipient.address());
            replies.add(no ? Reply.of(452, "4.2.2", "full") : Reply.of(250, "2.0.0", "taken"));
        }
        return isLmtp() ? replies : replies.subList(0, 1);
    }

    private byte[] part(byte[] pipe) {
        int most = pipe.length > 2_000 ? 20_000 : 40;
        return Arrays.copyOf(pipe, Math.min(pipe.length, 1 + random.nextInt(most)));
    }

    private static byte[] rest(byte[] pipe, int from) {
        return Arrays.copyOfRange(pipe, from, pipe.length);
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
