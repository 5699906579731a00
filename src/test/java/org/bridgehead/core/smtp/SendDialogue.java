package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.SendAction.Await;
import org.bridgehead.core.smtp.SendAction.Close;
import org.bridgehead.core.smtp.SendAction.StartTls;
import org.bridgehead.core.smtp.SendAction.Write;
import org.bridgehead.core.smtp.SendAction.WriteBody;

/** A {@link SendSession} with a person at the other end: what it sends is checked, what it hears is typed in. */
final class SendDialogue {
    final SendSession session;
    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private byte[] body = new byte[0];
    boolean closed;
    boolean tlsWanted;
    boolean bodySent;

    SendDialogue(SendConfig config) {
        session = new SendSession(config);
        perform(session.opened());
    }

    /** Open and ready at a peer that offers {@code keywords}. */
    static SendDialogue ready(SendConfig config, String... keywords) {
        SendDialogue dialogue = new SendDialogue(config);
        dialogue.server("220 peer ESMTP");
        dialogue.client((config.protocol() == SendConfig.Protocol.LMTP ? "LHLO " : "EHLO ") + "me.example");
        dialogue.server(ehlo(keywords));
        assertThat(dialogue.session.handshake()).containsInstanceOf(Handshake.Ready.class);
        return dialogue;
    }

    static String[] ehlo(String... keywords) {
        String[] lines = new String[keywords.length + 1];
        lines[0] = (keywords.length == 0 ? "250 " : "250-") + "peer greets you";
        for (int i = 0; i < keywords.length; i++) {
            lines[i + 1] = (i == keywords.length - 1 ? "250 " : "250-") + keywords[i];
        }
        return lines;
    }

    static Envelope envelope(String sender, String... recipients) {
        return Envelope.of(
                EmailAddress.tryParse(sender),
                List.of(recipients).stream()
                        .map(EmailAddress::of)
                        .map(Recipient::of)
                        .toList());
    }

    SendDialogue transmit(Outgoing mail, String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        bodySent = false;
        perform(session.transmit(mail, body.length));
        return this;
    }

    SendDialogue server(String... lines) {
        byte[] octets = (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
        perform(session.received(octets, 0, octets.length));
        return this;
    }

    /** Checks that since the last call exactly these lines were sent. */
    SendDialogue client(String... lines) {
        String expected = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
        assertThat(sent.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
        sent.reset();
        return this;
    }

    SendDialogue secured() {
        assertThat(tlsWanted).isTrue();
        tlsWanted = false;
        perform(session.tlsEnded(new TlsOutcome.Secured()));
        return this;
    }

    List<RecipientOutcome> outcomes() {
        return session.outcomes().orElseThrow(() -> new AssertionError("still running"));
    }

    Handshake handshake() {
        return session.handshake().orElseThrow(() -> new AssertionError("still shaking hands"));
    }

    void perform(List<SendAction> actions) {
        for (SendAction action : actions) {
            if (action instanceof Write write) {
                sent.writeBytes(write.octets());
            } else if (action instanceof WriteBody message) {
                bodySent = true;
                DotStuffer stuffer = new DotStuffer();
                sent.writeBytes(message.dotted() ? stuffer.encode(body, 0, body.length) : body);
                sent.writeBytes(message.dotted() ? stuffer.end() : new byte[0]);
            } else {
                tlsWanted |= action instanceof StartTls;
                closed |= action instanceof Close;
                assertThat(action instanceof Await && closed).isFalse();
            }
        }
    }
}
